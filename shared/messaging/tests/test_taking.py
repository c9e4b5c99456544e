"""The outcomes of batches, in a real database."""

import time
from contextlib import suppress
from typing import Any
from uuid import UUID, uuid4

import psycopg
import pytest

from shared.messaging import Event, Reader, Route, Routes, UnitOfWork
from shared.messaging.brake import MOST_PULLS, Brake, Braked
from shared.messaging.slices import SLICES
from shared.messaging.stint import Stint
from shared.messaging.storage import MessageStore
from shared.messaging.taking import SEALED, Taker
from shared.messaging.tests import ledger
from shared.messaging.tests.batches import SEALER, amounts, count, deliveries, taker_of
from shared.messaging.tests.ledger import body


class AnsweringReader(Reader):
    """A reader that notes its answers."""

    def __init__(self) -> None:
        route = Route("amounts.sent.v1", ledger.Amount, ledger.enter, repeat=self.repeat)
        super().__init__(Routes(route))
        self.rejected: list[tuple[UUID | None, tuple[Any, ...]]] = []
        self.repeated: list[UUID] = []

    def on_rejected(self, reading: Any, problems: Any, unit: Any) -> None:
        self.rejected.append((UUID(reading.ids_as_sent.id) if reading.ids_as_sent else None, tuple(problems)))

    def repeat(self, event: Event[ledger.Amount], unit: UnitOfWork) -> None:
        self.repeated.append(event.id)


@pytest.fixture
def reader() -> AnsweringReader:
    return AnsweringReader()


@pytest.fixture
def taker(reader: AnsweringReader) -> Taker:
    return taker_of(reader)


def test_a_batch_takes_effect_and_is_announced_in_one_transaction(connection: Any, taker: Taker) -> None:
    tally = taker.take(connection, deliveries(*(body(amount) for amount in range(1, 6))), Brake())
    assert tally == {("ledger", "done"): 5}
    assert amounts(connection) == [1, 2, 3, 4, 5]
    assert count(connection, "outbox") == count(connection, "inbox") == 5


def test_what_is_on_a_sealed_matter_is_under_no_queue_and_neither_is_what_it_announces(
    connection: Any, reader: AnsweringReader
) -> None:
    hidden, seen, wrong = body(2), body(1), body(-1)
    taker, stint = taker_of(reader, is_sealed=lambda each: each in (hidden, wrong)), Stint()
    tally = taker.take(connection, deliveries(seen, hidden, wrong), Brake(), stint)
    assert tally == {("ledger", "done"): 1, (SEALED, "done"): 1, (SEALED, "rejected"): 1}
    assert connection.execute("SELECT sealed FROM outbox ORDER BY position").fetchall() == [(False,), (True,)]
    assert 0 < stint.sealed["ledger"] < stint.cpu["ledger"]
    assert MessageStore(connection, SEALER).outbox_waiting(SLICES)[0] == 1


def test_a_sealed_message_that_waits_for_another_attempt_is_in_no_gauge(connection: Any) -> None:
    taker = taker_of(AnsweringReader(), is_sealed=lambda _: True)
    assert taker.take(connection, deliveries(body(7)), Brake()) == {(SEALED, "postponed"): 1}
    [waiting] = MessageStore(connection, SEALER).set_aside(["ledger"])
    assert (waiting.postponed, waiting.postponed_oldest_seconds) == (0, 0.0)


def test_events_get_ids_in_the_order_in_which_they_are_announced(connection: Any, taker: Taker) -> None:
    for _ in range(3):
        taker.take(connection, deliveries(*map(body, range(5))), Brake())
    ids = [row[0] for row in connection.execute("SELECT message_id FROM outbox ORDER BY position")]
    assert (len(ids), ids) == (15, sorted(ids))


def test_a_second_delivery_has_no_second_effect(connection: Any, taker: Taker, reader: AnsweringReader) -> None:
    message_id = uuid4()
    same = body(1, message_id=message_id)
    taker.take(connection, deliveries(same, same), Brake())
    taker.take(connection, deliveries(same), Brake())
    assert amounts(connection) == [1]
    assert reader.repeated == [message_id, message_id]


def test_an_id_with_other_content_is_parked_once_and_answered_each_time(
    connection: Any, taker: Taker, reader: AnsweringReader
) -> None:
    message_id = uuid4()
    first, other = body(1, message_id=message_id), body(2, message_id=message_id)
    taker.take(connection, deliveries(first), Brake())
    taker.take(connection, deliveries(other), Brake())
    taker.take(connection, deliveries(other), Brake())
    assert amounts(connection) == [1]
    assert count(connection, "parked") == 1
    assert [(message, problems[0].field) for message, problems in reader.rejected] == [(message_id, "id")] * 2


@pytest.mark.parametrize(
    ("amount", "kind", "reason"),
    [
        (-1, "rejected", "must not be negative"),
        (99, "rejected", "is not liked"),
        ("many", "rejected", "Must be a whole number."),
        (13, "unexpected", "failed unexpectedly (ZeroDivisionError)"),
        (1000, "unexpected", "failed unexpectedly (CheckViolation)"),
    ],
)
def test_a_poisonous_message_is_parked_alone(
    connection: Any, taker: Taker, amount: Any, kind: str, reason: str
) -> None:
    tally = taker.take(connection, deliveries(body(1), body(amount), body(2)), Brake())
    assert tally == {("ledger", "done"): 2, ("ledger", kind): 1}
    assert amounts(connection) == [1, 2]
    assert count(connection, "outbox") == 2
    row = connection.execute("SELECT kind, problems -> 0 ->> 1 FROM parked").fetchone()
    assert row == (kind, reason)


@pytest.mark.parametrize(
    "garbage", [b"", b"\xff\x00", b"[]", b"{}", b"[" * 60_000, b"{" * 200, b'{"id":1}', b"x" * 70_000]
)
def test_garbage_is_parked_and_the_rest_goes_on(connection: Any, taker: Taker, garbage: bytes) -> None:
    tally = taker.take(connection, deliveries(body(1), garbage, body(2)), Brake())
    assert tally == {("ledger", "done"): 2, ("ledger", "rejected"): 1}


def test_a_refused_message_sent_again_is_refused_again_and_parked_once(
    connection: Any, taker: Taker, reader: AnsweringReader
) -> None:
    bad = body(-1)
    taker.take(connection, deliveries(bad), Brake())
    taker.take(connection, deliveries(bad), Brake())
    assert count(connection, "parked") == 1
    assert [problems[0].reason for _, problems in reader.rejected] == ["must not be negative"] * 2


class Judge:
    """A judge that notes its answers, and fails for more problems than `most_problems`."""

    def __init__(self, most_problems: int = 9) -> None:
        self.judged: list[tuple[UUID, tuple[Any, ...]]] = []
        self.most_problems = most_problems

    def __call__(self, event: Event[ledger.Amount], problems: tuple[Any, ...], unit: Any) -> None:
        if len(problems) > self.most_problems:
            raise ZeroDivisionError
        unit.announce(ledger.Entered(len(problems)), house="", case_id=None, time=event.time)
        self.judged.append((event.id, tuple(problem.reason for problem in problems)))


def judging(judge: Judge) -> Taker:
    return taker_of(Reader(Routes(Route("amounts.sent.v1", ledger.Amount, ledger.enter, judge=judge))))


@pytest.mark.parametrize("neighbours", [0, 2])
def test_a_refused_message_of_a_route_that_judges_is_judged_with_its_problems_and_not_parked(
    connection: Any, neighbours: int
) -> None:
    judge, refused = Judge(), uuid4()
    others = [body(amount) for amount in range(neighbours)]
    tally = judging(judge).take(connection, deliveries(body(-1, message_id=refused), *others), Brake())
    assert tally["ledger", "refused"] == 1
    assert amounts(connection) == list(range(neighbours))
    assert count(connection, "parked") == 0
    assert count(connection, "outbox") == 1 + 2 * neighbours  # a judgement of each, and what the others did
    assert [reasons for id, reasons in judge.judged if id == refused] == [("must not be negative",)]


def test_a_judged_message_that_comes_again_is_not_judged_again(connection: Any) -> None:
    judge, bodies = Judge(), [body(-1), body(1)]
    for _ in range(2):
        judging(judge).take(connection, deliveries(*bodies), Brake())
    assert count(connection, "outbox") == 3


@pytest.mark.parametrize(("amount", "kind"), [(13, "unexpected"), ("many", "rejected")])
def test_what_a_judging_route_does_not_refuse_by_its_rules_is_parked_without_a_judgement(
    connection: Any, amount: Any, kind: str
) -> None:
    judge = Judge()
    assert judging(judge).take(connection, deliveries(body(amount)), Brake()) == {("ledger", kind): 1}
    assert (judge.judged, count(connection, "parked")) == ([], 1)


def test_a_message_that_waited_for_another_try_is_judged_when_that_comes(connection: Any) -> None:
    judge, refused, case_id = Judge(), uuid4(), uuid4()
    taker = judging(judge)
    waiting = deliveries(body(7, case_id=case_id), body(-1, case_id=case_id, message_id=refused))
    taker.take(connection, waiting, Brake())
    assert judge.judged == []
    connection.execute("DELETE FROM postponed WHERE attempts > 0")  # the one in front is out of the way
    assert taker.take_postponed(connection, ["ledger"]) == {("ledger", "refused"): 1}
    assert judge.judged == [(refused, ("must not be negative",))]
    assert count(connection, "postponed") == count(connection, "parked") == 0


def test_a_refused_message_is_parked_after_all_when_it_can_not_be_judged(connection: Any) -> None:
    tally = judging(Judge(most_problems=0)).take(connection, deliveries(body(-1)), Brake())
    assert tally == {("ledger", "rejected"): 1}
    assert count(connection, "parked") == 1


def test_a_judged_message_takes_no_effect_when_it_can_not_be_judged(connection: Any) -> None:
    tally = judging(Judge(most_problems=-1)).take(connection, deliveries(body(1)), Brake())
    assert tally == {("ledger", "unexpected"): 1}
    assert (amounts(connection), count(connection, "outbox")) == ([], 0)


def test_bodies_at_rest_are_sealed(connection: Any, taker: Taker) -> None:
    taker.take(connection, deliveries(body(1), body(-1), body(7)), Brake())
    for table in ("outbox", "parked", "postponed"):
        row = connection.execute(f"SELECT body FROM {table}").fetchone()
        assert row and b"amount" not in row[0]


def test_later_messages_of_a_case_wait_behind_one_that_is_tried_again(connection: Any, taker: Taker) -> None:
    case_id = uuid4()
    taker.take(connection, deliveries(body(7, case_id=case_id), body(1, case_id=case_id), body(2)), Brake())
    taker.take(connection, deliveries(body(3, case_id=case_id)), Brake())
    assert amounts(connection) == [2]
    connection.execute("UPDATE postponed SET next_attempt_at = now()")
    assert taker.take_postponed(connection, ["ledger"]) == {("ledger", "postponed"): 1}
    assert amounts(connection) == [2]
    connection.execute("DELETE FROM postponed WHERE attempts > 0")  # the one in front is out of the way
    for _ in range(2):
        taker.take_postponed(connection, ["ledger"])
    assert amounts(connection) == [1, 2, 3]
    assert count(connection, "postponed") == 0


def test_what_was_set_aside_before_the_number_of_shards_changed_goes_on(connection: Any, taker: Taker) -> None:
    taker.take(connection, deliveries(body(7), body(-1)), Brake())
    connection.execute("UPDATE postponed SET next_attempt_at = now()")
    assert not taker.take_postponed(connection, ["ledger.1", "ledger.2"])
    tally = taker.take_postponed(connection, ["ledger.1", "ledger.2"], ["ledger", "ledger.3"])
    assert tally == {("ledger.1", "postponed"): 1}
    assert connection.execute("SELECT queue FROM parked").fetchone() == ("ledger.1",)


def test_one_that_a_wrong_clock_put_off_for_hours_is_tried_again_at_once(connection: Any, taker: Taker) -> None:
    taker.take(connection, deliveries(body(7)), Brake())
    connection.execute("UPDATE postponed SET next_attempt_at = now() + interval '2 hours'")
    assert taker.take_postponed(connection, ["ledger"]) == {("ledger", "postponed"): 1}
    assert not taker.take_postponed(connection, ["ledger"])  # now it waits for its time


def test_one_that_never_succeeds_is_parked_after_its_last_attempt(connection: Any, taker: Taker) -> None:
    taker.take(connection, deliveries(body(7)), Brake())
    connection.execute("UPDATE postponed SET attempts = 19, next_attempt_at = now()")
    assert taker.take_postponed(connection, ["ledger"]) == {("ledger", "exhausted"): 1}
    assert count(connection, "postponed") == 0
    assert count(connection, "parked") == 1


def test_when_nearly_everything_fails_nothing_is_parked(connection: Any, taker: Taker) -> None:
    with pytest.raises(Braked):
        taker.take(connection, deliveries(*(body(13) for _ in range(20))), Brake())
    assert count(connection, "parked") == count(connection, "inbox") == 0


def test_small_batches_that_all_fail_are_noticed_too(connection: Any, taker: Taker) -> None:
    brake = Brake()
    for _ in range(9):
        taker.take(connection, deliveries(body(13)), brake)
    with pytest.raises(Braked):
        taker.take(connection, deliveries(body(13)), brake)


def test_poison_does_not_hold_up_a_queue_for_good(connection: Any, taker: Taker) -> None:
    brake, batch = Brake(), deliveries(*(body(13) for _ in range(20)))
    for _ in range(MOST_PULLS):
        with pytest.raises(Braked):
            taker.take(connection, batch, brake)
    assert taker.take(connection, batch, brake) == {("ledger", "unexpected"): 20}


def too_much_for_postgresql(event: Event[ledger.Amount], unit: UnitOfWork) -> None:
    """Raise an error of SQLSTATE class 54: an OperationalError, though the database works."""
    ledger.enter(event, unit)
    if event.data.amount == 5:
        unit.connection.execute("SELECT repeat('x', 1100000000)")


def idle_for_too_long(event: Event[ledger.Amount], unit: UnitOfWork) -> None:
    """Let the server end the connection, like that of a hanging transaction."""
    ledger.enter(event, unit)
    if event.data.amount == 5:
        unit.connection.execute("SET LOCAL idle_in_transaction_session_timeout = '20ms'")
        time.sleep(0.3)
        unit.connection.execute("SELECT 1")


def swallow(event: Event[ledger.Amount], unit: UnitOfWork) -> None:
    """A handler that suppresses a database error."""
    ledger.enter(event, unit)
    if event.data.amount == 5:
        with suppress(psycopg.Error):
            unit.connection.execute("SELECT 1/0").fetchone()


@pytest.mark.parametrize("handler", [too_much_for_postgresql, swallow])
def test_a_message_that_the_database_can_not_take_is_parked_alone(connection: Any, handler: Any) -> None:
    taker = taker_of(Reader(Routes(Route("amounts.sent.v1", ledger.Amount, handler))))
    tally = taker.take(connection, deliveries(body(1), body(5), body(2)), Brake())
    assert tally["ledger", "done"] >= 2


def test_a_message_is_not_to_blame_for_a_transaction_that_the_database_ended(connection: Any) -> None:
    taker = taker_of(Reader(Routes(Route("amounts.sent.v1", ledger.Amount, idle_for_too_long))))
    each_by_itself = deliveries(body(13), body(5))
    with pytest.raises(psycopg.errors.IdleInTransactionSessionTimeout):
        taker.take(connection, each_by_itself, Brake())


def test_an_answer_that_fails_does_not_stop_the_queue(connection: Any, taker: Taker, reader: AnsweringReader) -> None:
    again = body(5)
    taker.take(connection, deliveries(again), Brake())
    reader.repeated = None  # type: ignore[assignment]  # makes answering fail
    assert taker.take(connection, deliveries(again, body(1)), Brake())["ledger", "done"] == 1


def test_a_repeat_of_a_message_that_waits_is_not_answered_as_done(
    connection: Any, taker: Taker, reader: AnsweringReader
) -> None:
    for amount in (7, 13):
        again = body(amount)
        taker.take(connection, deliveries(again), Brake())
        taker.take(connection, deliveries(again), Brake())
    assert reader.repeated == reader.rejected == []
