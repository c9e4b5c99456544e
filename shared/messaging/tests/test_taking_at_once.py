"""Batches whose handlers read and write with few statements."""

import json
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any, ClassVar

import pytest
from psycopg.types.json import Jsonb

from shared.messaging import Event, Reader, Route, Routes, UnitOfWork
from shared.messaging.brake import Brake
from shared.messaging.taking import Taker
from shared.messaging.tests import ledger
from shared.messaging.tests.batches import amounts, count, deliveries, taker_of
from shared.messaging.tests.ledger import body
from shared.postgres import Store


class EntryStore(Store):
    """The ledger's table, read and written per batch."""

    written_later = ("add",)
    queries: ClassVar[dict[str, str]] = {
        "add": """-- Entries
            INSERT INTO entry SELECT id, case_id, amount::integer
            FROM unnest(%(id)s::uuid[], %(case_id)s::uuid[], %(amount)s::jsonb[]) AS new (id, case_id, amount)"""
    }


@dataclass
class Entering:
    """A use case that rejects amounts below 0 before a write; writes of 13, or of more than 1000, fail."""

    prepared: list[list[int]] = field(default_factory=list)
    taken: list[int] = field(default_factory=list)

    def prepare(self, events: Sequence[Event[ledger.Amount]], unit: UnitOfWork) -> None:
        self.prepared.append([event.data.amount for event in events])

    def enter(self, event: Event[ledger.Amount], unit: UnitOfWork) -> None:
        amount = event.data.amount
        self.taken.append(amount)
        if amount < 0:
            raise ledger.NegativeAmount
        written = Jsonb(amount, dumps=unwritable if amount == 13 else json.dumps)
        unit.store(EntryStore).later("add", {"id": event.id, "case_id": event.case_id, "amount": written})

    def taker(self) -> Taker:
        route = Route("amounts.sent.v1", ledger.Amount, self.enter, prepare=self.prepare)
        return taker_of(Reader(Routes(route)), UnitOfWork)


def unwritable(amount: Any) -> str:
    """Fails when an amount is written."""
    raise ZeroDivisionError


def test_a_batch_is_prepared_at_once_and_written_at_once(connection: Any) -> None:
    entering = Entering()
    entering.taker().take(connection, deliveries(*map(body, range(5))), Brake())
    assert entering.prepared == [entering.taken] == [[0, 1, 2, 3, 4]]
    assert amounts(connection) == [0, 1, 2, 3, 4]


def test_a_message_that_fails_before_it_wrote_anything_does_not_undo_its_batch(connection: Any) -> None:
    entering = Entering()
    entering.taker().take(connection, deliveries(body(1), body(-1), body(2)), Brake())
    assert entering.taken == [1, -1, 2], "each once"
    assert amounts(connection) == [1, 2]
    assert count(connection, "parked") == 1


@pytest.mark.parametrize("poison", [1000, 13])
def test_a_row_that_can_not_be_written_is_parked_alone(connection: Any, poison: int) -> None:
    Entering().taker().take(connection, deliveries(body(1), body(poison), body(2)), Brake())
    assert amounts(connection) == [1, 2]
    assert count(connection, "parked") == 1


def test_a_batch_that_can_not_be_prepared_is_taken_one_by_one(connection: Any) -> None:
    entering = Entering()

    def prepare(events: Sequence[Event[ledger.Amount]], unit: UnitOfWork) -> None:
        raise ZeroDivisionError

    entering.prepare = prepare  # type: ignore[method-assign]
    entering.taker().take(connection, deliveries(body(1), body(2)), Brake())
    assert amounts(connection) == [1, 2], "a handler works without it"
