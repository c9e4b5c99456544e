"""A batch of dear messages is cut, lets others have their turn, and loads nothing that the inbox knows."""

import time
from typing import Any
from unittest.mock import patch

import eventlet
import psycopg
import pytest
from marshmallow import Schema

from shared.messaging import Delivery, Event, Reader, Route, Routes, UnitOfWork
from shared.messaging.brake import Brake
from shared.messaging.envelope import ReceivedEnvelope
from shared.messaging.stint import MOST_CPU_SECONDS, Stint
from shared.messaging.taking import Taker
from shared.messaging.tests import ledger
from shared.messaging.tests.batches import amounts, count, deliveries, taker_of
from shared.messaging.tests.ledger import body

SECONDS = MOST_CPU_SECONDS / 5


def work(seconds: float) -> None:
    ends = time.thread_time() + seconds
    while time.thread_time() < ends:
        pass


class DearReader(Reader):
    """Loads only at a price. loaded: how many messages it loaded."""

    loaded = 0

    def load(self, delivery: Delivery, envelope: ReceivedEnvelope, schema: Schema) -> Any:
        self.loaded += 1
        work(SECONDS)
        return super().load(delivery, envelope, schema)


def enter_dearly(event: Event[ledger.Amount], unit: UnitOfWork) -> None:
    work(SECONDS)
    ledger.enter(event, unit)


@pytest.fixture
def taker() -> Taker:
    return taker_of(Reader(Routes(Route("amounts.sent.v1", ledger.Amount, enter_dearly))))


def take_all(taker: Taker, connection: Any, batch: list[Delivery]) -> list[int]:
    """Take a batch, and what is left of it, until all is taken. Returns how many each time."""
    taken = []
    while batch:
        stint = Stint()
        tally = taker.take(connection, batch, Brake(), stint)
        assert sum(tally.values()) == stint.taken
        taken.append(stint.taken)
        batch = batch[stint.taken :]
    return taken


def test_a_batch_of_dear_messages_is_cut_and_the_rest_is_taken_later(connection: Any, taker: Taker) -> None:
    taken = take_all(taker, connection, deliveries(*(body(amount) for amount in range(101, 113))))
    assert max(taken) <= 7
    assert amounts(connection) == list(range(101, 113))
    assert count(connection, "inbox") == 12


def test_a_batch_with_savepoints_is_cut_too(connection: Any, taker: Taker) -> None:
    """An amount that is entered twice fails after its write."""
    taken = take_all(taker, connection, deliveries(body(13), *(body(amount) for amount in range(101, 113))))
    assert max(taken) <= 7
    assert len(amounts(connection)) >= 12


def test_what_was_left_is_still_found_to_be_repeated(connection: Any, taker: Taker) -> None:
    batch = deliveries(*(body(amount) for amount in range(101, 111)))
    take_all(taker, connection, batch)
    stint = Stint()
    assert taker.take(connection, batch, Brake(), stint) == {("ledger", "repeated"): 10}
    assert stint.taken == 10


def test_each_queue_is_charged_for_its_messages(connection: Any, taker: Taker) -> None:
    stint = Stint()
    batch = [Delivery(queue=queue, body=body(amount)) for amount, queue in enumerate(("a", "b", "a"), start=1)]
    taker.take(connection, batch, Brake(), stint)
    assert stint.cpu["a"] > 1.5 * stint.cpu["b"] > SECONDS


def test_a_message_that_the_inbox_knows_is_not_loaded(connection: Any) -> None:
    reader = DearReader(Routes(Route("amounts.sent.v1", ledger.Amount, ledger.enter)))
    batch = deliveries(body(1), body(2))
    take_all(taker_of(reader), connection, batch)
    assert reader.loaded == 2
    assert taker_of(reader).take(connection, batch, Brake()) == {("ledger", "repeated"): 2}
    assert reader.loaded == 2


def test_others_have_their_turn_while_a_batch_is_taken(connection: Any, taker: Taker) -> None:
    turns = []

    def other() -> None:
        while True:
            turns.append(time.monotonic())
            eventlet.sleep(0)

    busy = eventlet.spawn(other)
    with patch("shared.messaging.stint.BREATH_SECONDS", 0.001):
        taker.take(connection, deliveries(*(body(amount) for amount in range(1, 5))), Brake())
    busy.kill()
    assert len(turns) >= 4


def test_a_batch_that_announced_much_is_cut(connection: Any) -> None:
    cheap = taker_of(Reader(Routes(Route("amounts.sent.v1", ledger.Amount, ledger.enter))))
    with patch("shared.messaging.stint.MOST_ANNOUNCED", 2):
        assert take_all(cheap, connection, deliveries(*(body(amount) for amount in range(101, 106)))) == [2, 2, 1]
    assert amounts(connection) == list(range(101, 106))


def test_each_queue_is_told_what_its_messages_announced(connection: Any) -> None:
    cheap = taker_of(Reader(Routes(Route("amounts.sent.v1", ledger.Amount, ledger.enter))))
    stint = Stint()
    batch = [Delivery(queue=queue, body=body(amount)) for amount, queue in enumerate(("a", "b", "a"), start=1)]
    cheap.take(connection, batch, Brake(), stint)
    assert stint.announced == {"a": 2, "b": 1}


def test_the_first_message_is_taken_however_dear_it_is(connection: psycopg.Connection[Any], taker: Taker) -> None:
    with patch("shared.messaging.stint.MOST_CPU_SECONDS", 0.0):
        assert take_all(taker, connection, deliveries(body(1), body(2))) == [1, 1]
