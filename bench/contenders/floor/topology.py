"""The queues of the floor, as the platform's: quorum queues with one active consumer."""

from collections.abc import Iterator
from typing import Any, NamedTuple

from pika.adapters.blocking_connection import BlockingChannel

from bench.contenders.floor.hops import FROM_PARTNERS, HOPS, TO_PARTNERS

EXCHANGE = "floor"
INGRESS, MAILBOX = "floor.ingress", "floor.partners"
QUORUM = {"x-queue-type": "quorum"}
ONE_ACTIVE_CONSUMER = {**QUORUM, "x-single-active-consumer": True}


class Binding(NamedTuple):
    """A queue and the routing key of what comes into it."""

    queue: str
    routing_key: str


def queues_of(service: str) -> list[str]:
    """Those that it consumes."""
    return sorted({queue for queue, _ in _consumed(service)})


def declare(channel: BlockingChannel) -> None:
    """All queues, and the one exchange."""
    channel.exchange_declare(EXCHANGE, "direct", durable=True)
    for queue, arguments in _queues().items():
        channel.queue_declare(queue, durable=True, arguments=arguments)
    for binding in _bindings():
        channel.queue_bind(binding.queue, EXCHANGE, binding.routing_key)


def delete(channel: BlockingChannel) -> None:
    """All of it."""
    for queue in _queues():
        channel.queue_delete(queue)
    channel.exchange_delete(EXCHANGE)


def are_consumed(channel: BlockingChannel) -> bool:
    """Whether every queue of a service has its consumer."""
    consumed = [queue for service in HOPS for queue in queues_of(service)]
    return all(channel.queue_declare(queue, passive=True).method.consumer_count for queue in consumed)


def _queues() -> dict[str, dict[str, Any]]:
    consumed = {queue: ONE_ACTIVE_CONSUMER for service in HOPS for queue in queues_of(service)}
    return {**consumed, MAILBOX: QUORUM}


def _bindings() -> Iterator[Binding]:
    for service in HOPS:
        yield from _consumed(service)
    for routing_key in TO_PARTNERS:
        yield Binding(MAILBOX, routing_key)


def _consumed(service: str) -> Iterator[Binding]:
    for routing_key in HOPS[service]:
        yield Binding(INGRESS if routing_key in FROM_PARTNERS else f"floor.{service}", routing_key)
