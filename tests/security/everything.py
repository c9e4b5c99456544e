"""Everything that a user could try at the broker: each operation on all that is there, and on nothing."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

from pika import spec

from shared.testing.setup import BrokerSetup
from tests.security.attempts import Attempt
from tests.security.promised import EVENTS

TO_AND_FROM_PARTNERS = (
    "arrest-notices.submitted.v1",
    "detention-notices.submitted.v1",
    "current-referrals.submitted.v1",
    "information-answers.submitted.v1",
    "messages.accepted.v1",
    "messages.refused.v1",
    "information-requests.sent.v1",
    "feedback.given.v1",
)
MADE_UP = "made.up"
ALL_KEYS = {*(key for keys in EVENTS.values() for key in keys), *TO_AND_FROM_PARTNERS, MADE_UP, "", "#"}
OF_THE_BROKER = {
    "amq.direct": "direct",
    "amq.fanout": "fanout",
    "amq.headers": "headers",
    "amq.match": "headers",
    "amq.rabbitmq.trace": "topic",
    "amq.topic": "topic",
}
ANSWER_ADDRESS = "amq.rabbitmq.reply-to.made-up"
"""Anybody may ask the broker for an address like this. It is of no use while nobody may write past the exchanges."""

Attempts = dict[Attempt, Sequence[Any]]


def attempts(setup: BrokerSetup) -> Attempts:
    """Everything, with the AMQP methods that do it."""
    exchanges = {each["name"]: each["type"] for each in setup.definitions["exchanges"]} | OF_THE_BROKER
    users = sorted(setup.passwords)
    return {
        **dict(_publishing(exchanges, [*setup.queues, *users])),
        **dict(_at_queues(setup.queues)),
        **dict(_at_exchanges(exchanges)),
        **dict(_binding(setup.queues, exchanges)),
        **dict(_unbinding(setup.definitions["bindings"], exchanges)),
    }


def publishing(exchange: str, key: str, **properties: Any) -> Sequence[Any]:
    """A message without a body. The broker confirms it, so that there is an answer if it is not refused."""
    return spec.Confirm.Select(), (spec.Basic.Publish(exchange=exchange, routing_key=key), properties)


def with_names_like(queues: Iterable[str], exchanges: Iterable[str]) -> Attempts:
    """A right that goes by pattern may match more than the name that was meant."""
    reading = {Attempt("get", name): [spec.Basic.Get(queue=name)] for queue in queues for name in _like(queue)}
    writing = {
        Attempt("publish", name, MADE_UP): publishing(name, MADE_UP)
        for exchange in exchanges
        for name in _like(exchange)
    }
    return reading | writing


def _like(name: str) -> set[str]:
    return {f"{name}x", f"x{name}", name.replace(".", "x", 1), name.upper()} - {name}


def _publishing(exchanges: Mapping[str, str], names: Sequence[str]) -> Iterator[tuple[Attempt, Sequence[Any]]]:
    """A key decides on a right only at a topic exchange; at the default exchange it is the name of a queue."""
    keys = {exchange: ALL_KEYS if kind == "topic" else {MADE_UP, ""} for exchange, kind in exchanges.items()}
    keys |= {"": {*names, ANSWER_ADDRESS, MADE_UP}, "partners": {*names, *ALL_KEYS}, MADE_UP: {MADE_UP}}
    for exchange, used in keys.items():
        for key in sorted(used):
            yield Attempt("publish", exchange, key), publishing(exchange, key)


def _at_queues(queues: Sequence[str]) -> Iterator[tuple[Attempt, Sequence[Any]]]:
    for queue in [*queues, MADE_UP]:
        yield Attempt("consume", queue), [spec.Basic.Consume(queue=queue)]
        yield Attempt("get", queue), [spec.Basic.Get(queue=queue)]
        yield Attempt("purge", queue), [spec.Queue.Purge(queue=queue)]
        yield Attempt("delete queue", queue), [spec.Queue.Delete(queue=queue)]
        yield Attempt("declare queue", queue), [spec.Queue.Declare(queue=queue)]
    yield Attempt("declare queue", "of a name that the broker chooses"), [spec.Queue.Declare(queue="")]


def _at_exchanges(exchanges: Mapping[str, str]) -> Iterator[tuple[Attempt, Sequence[Any]]]:
    for exchange in [*exchanges, MADE_UP]:
        yield Attempt("delete exchange", exchange), [spec.Exchange.Delete(exchange=exchange)]
        yield Attempt("declare exchange", exchange), [spec.Exchange.Declare(exchange=exchange, type="topic")]


def _binding(queues: Sequence[str], exchanges: Iterable[str]) -> Iterator[tuple[Attempt, Sequence[Any]]]:
    """To bind takes the right to write to the one end and to read the other.

    Nobody reads an exchange, but a right goes by name, and some have the name of a queue that somebody reads: all of
    these are tried as the other end. One stands for the rest.
    """
    for source in [*(exchange for exchange in exchanges if exchange in queues), "partners"]:
        for queue in queues:
            yield Attempt("bind queue", queue, source), [spec.Queue.Bind(queue=queue, exchange=source, routing_key="#")]
        for exchange in exchanges:
            bind = spec.Exchange.Bind(destination=exchange, source=source, routing_key="#")
            yield Attempt("bind exchange", exchange, source), [bind]


def _unbinding(
    bindings: Iterable[Mapping[str, str]], exchanges: Iterable[str]
) -> Iterator[tuple[Attempt, Sequence[Any]]]:
    """Takes the same two rights."""
    for each in bindings:
        queue, exchange, key = each["destination"], each["source"], each["routing_key"]
        yield (
            Attempt("unbind queue", queue, f"{exchange} {key}"),
            [spec.Queue.Unbind(queue=queue, exchange=exchange, routing_key=key)],
        )
    for exchange in exchanges:
        yield (
            Attempt("unbind exchange", exchange, "intake"),
            [spec.Exchange.Unbind(destination=exchange, source="intake", routing_key="#")],
        )
