"""The broker is away, in need, full, or not as it was deployed."""

import time
from collections.abc import Iterator
from contextlib import contextmanager
from random import Random

from pika import BasicProperties
from pika.adapters.blocking_connection import BlockingChannel

from tests.fault.arena import Arena
from tests.fault.faults.registry import BLOW_SECONDS, down, down_for_a_while, fault, freeze, see


@fault
def broker_killed(arena: Arena, random: Random) -> None:
    arena.kill("broker")
    _broker_comes_back(arena)


@fault
def broker_stopped_and_started(arena: Arena, random: Random) -> None:
    down_for_a_while(arena, "broker")
    _broker_comes_back(arena)


@fault
def broker_frozen(arena: Arena, random: Random) -> None:
    freeze(arena, "broker")


@fault
def connections_closed_by_the_broker(arena: Arena, random: Random) -> None:
    for _ in range(3):
        arena.control("close_all_connections", "fault test")
        time.sleep(0.5)


@fault
def memory_alarm(arena: Arena, random: Random) -> None:
    """The broker takes nothing more from who publishes."""
    arena.control("set_vm_memory_high_watermark", "absolute", "1MB")
    time.sleep(BLOW_SECONDS)
    arena.control("set_vm_memory_high_watermark", "absolute", "512MiB")


@fault
def disk_alarm(arena: Arena, random: Random) -> None:
    arena.control("set_disk_free_limit", "100000GB")
    time.sleep(BLOW_SECONDS)
    arena.control("set_disk_free_limit", "256MiB")


@fault
def service_queue_full(arena: Arena, random: Random) -> None:
    """The relay is told no, and holds its events back."""
    before = arena.metric("intake-relay", "messaging_published_retries_total")
    with _bounded(arena, "^weighing$"), down(arena, "weighing"):
        see(
            lambda: arena.metric("intake-relay", "messaging_published_retries_total") > before,
            "the broker to refuse an event",
        )


@fault
def partners_queue_full(arena: Arena, random: Random) -> None:
    """Partners are told no, and send again."""
    with _bounded(arena, "^intake[.]from[.]"), down(arena, "intake"):
        time.sleep(BLOW_SECONDS)


@fault
def dead_letter_target_missing(arena: Arena, random: Random) -> None:
    """A message that a partner lets expire has nowhere to go, and is kept until it has."""
    user = f"{arena.house}.halt"
    expiring = BasicProperties(expiration="100", delivery_mode=2)
    with down(arena, "intake"), arena.administrator() as channel:
        channel.exchange_delete("dead-letters")
        channel.confirm_delivery()
        channel.basic_publish(f"partner.{user}.in", "", b"expires", expiring, mandatory=True)
        time.sleep(BLOW_SECONDS / 2)
        channel.exchange_declare("dead-letters", "fanout", durable=True)
        channel.queue_bind("dead-letters", "dead-letters")
        see(lambda: _waiting(channel, "dead-letters") == 1, "the dead letter to arrive")
        channel.queue_purge("dead-letters")
    arena.wait_until_ready("intake")


@fault
def unroutable(arena: Arena, random: Random) -> None:
    """Bindings are missing; what has no queue is given back to the relay and kept."""
    lost = [("weighing", "information-requests.issued.v1", "intake")]
    lost += [
        ("partners", f"{arena.house}.{partner}", f"partner.{arena.house}.{partner}.out")
        for partner in ("dji", "gemeente-gouda")
    ]
    with arena.administrator() as channel:
        for exchange, key, queue in lost:
            channel.queue_unbind(queue, exchange, key)
        time.sleep(BLOW_SECONDS)
        for exchange, key, queue in lost:
            channel.queue_bind(queue, exchange, key)
    assert arena.metric("intake-relay", "messaging_published_returned_total") > 0


@contextmanager
def _bounded(arena: Arena, queues: str) -> Iterator[None]:
    """Room for one message."""
    name = "fault-bounded"
    limits = '{"max-length": 1, "overflow": "reject-publish"}'
    arena.control(
        "set_policy", "-p", arena.virtual_host, "--priority", "9", "--apply-to", "queues", name, queues, limits
    )
    try:
        yield
    finally:
        arena.control("clear_policy", "-p", arena.virtual_host, name)


def _broker_comes_back(arena: Arena) -> None:
    see(arena.stack.broker_is_ready, "the broker to come back")
    arena.wait_until_ready(*arena.services, *arena.relays)


def _waiting(channel: BlockingChannel, queue: str) -> int:
    return int(channel.queue_declare(queue, passive=True).method.message_count)
