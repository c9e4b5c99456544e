"""The test service of the messaging core: enters amounts in a table, and announces them."""

import time
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, LiteralString, NamedTuple
from uuid import UUID, uuid4

import orjson
import psycopg
from nameko.runners import ServiceRunner

from shared.messaging import (
    Event,
    Problem,
    Publishing,
    Reader,
    Rejected,
    Retryable,
    Route,
    Routes,
    UnitOfWork,
)
from shared.messaging.entrypoint import Batch, consume
from shared.messaging.envelope import Envelope, encode
from shared.messaging.slices import EventQueues
from shared.messaging.units import Units
from shared.rules import BrokenRule

TABLE = "CREATE TABLE entry (message_id uuid PRIMARY KEY, case_id uuid, amount integer CHECK (amount < 1000))"
WHEN = datetime(2015, 3, 1, 12, tzinfo=UTC)


class Amount(NamedTuple):
    amount: int


class Entered(NamedTuple):
    amount: int


class NegativeAmount(BrokenRule):
    field = "amount"
    reason = "must not be negative"


def enter(event: Event[Amount], unit: UnitOfWork) -> None:
    """Rejects amounts below 0, fails at 13, postpones 7; from 1000 on, the table's constraint fails."""
    amount = event.data.amount
    unit.connection.execute("INSERT INTO entry VALUES (%s, %s, %s)", (event.id, event.case_id, amount))
    unit.announce(Entered(amount), house=event.house, case_id=event.case_id, time=event.time)
    if amount < 0:
        raise NegativeAmount
    if amount == 13:
        raise ZeroDivisionError
    if amount == 7:
        raise Retryable("not yet")
    if amount == 99:
        raise Rejected(Problem("amount", "is not liked", "not_liked"))


ROUTES = Routes(Route("amounts.sent.v1", Amount, enter))
PUBLISHES = {"amounts.entered.v1": Entered}
MIGRATIONS = Path(__file__).parents[1] / "migrations"


Start = Callable[..., ServiceRunner]
"""Starts the service, with these routes."""


def unit_factory(settings: Any) -> Any:
    return UnitOfWork


def service(queue: str, reader: Reader) -> type:
    """The service class. queue: the name of the queue, or the prefix of its shards' names."""

    class Ledger:
        name = "ledger"
        units = Units(unit_factory, PUBLISHES)

        @consume(EventQueues(queue), reader.routes, lambda routes, settings: reader)
        def take(self, batch: Batch) -> None:
            self.units.take(batch)

    return Ledger


def body(amount: Any, *, message_id: UUID | None = None, case_id: UUID | None = None) -> bytes:
    """A message of another service."""
    return encode(
        Envelope(
            id=message_id or uuid4(),
            source="urn:nld:ketenhuis:test",
            type="amounts.sent.v1",
            time=WHEN,
            house="test-house",
            subject=case_id or uuid4(),
            data={"amount": amount},
        )
    )


def publishing(sealer: Any) -> Publishing:
    return Publishing("ledger", PUBLISHES, sealer)


@dataclass(frozen=True)
class Place:
    """The surroundings of a test's service. name: its queue and exchange; announced events arrive in `<name>-out`."""

    database_url: str
    broker_url: str
    name: str
    channel: Any

    def send(self, *bodies: bytes) -> None:
        for each in bodies:
            self.channel.basic_publish("", self.name, each)

    def received(self, count: int, seconds: float = 15.0) -> list[dict[str, Any]]:
        """The next messages of the out queue; fewer after a time-out."""
        messages: list[dict[str, Any]] = []
        deadline = time.monotonic() + seconds
        while len(messages) < count and time.monotonic() < deadline:
            method, _, content = self.channel.basic_get(f"{self.name}-out", auto_ack=True)
            if method:
                messages.append(orjson.loads(content))
            else:
                time.sleep(0.02)
        return messages

    def waiting(self, queue: str) -> int:
        return int(self.channel.queue_declare(queue, passive=True).method.message_count)

    def query(self, text: LiteralString) -> list[tuple[Any, ...]]:
        with psycopg.connect(self.database_url, autocommit=True) as connection:
            return connection.execute(text).fetchall()
