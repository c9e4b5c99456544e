"""What is kept for a limited time is deleted in small steps, and nothing that somebody still needs."""

import base64
import time
from collections.abc import Iterator
from dataclasses import replace
from itertools import pairwise
from typing import Any
from uuid import uuid4

import psycopg
import pytest
from prometheus_client import REGISTRY

from shared.audit.rules import Concerned
from shared.audit.store import AuditStore
from shared.configuration import SettingsError, from_environment
from shared.messaging import Delivery, Problem, Reader, Rejected
from shared.messaging.brake import Brake
from shared.messaging.parked import Author, Parking
from shared.messaging.relay import BY_INDEX
from shared.messaging.relay_settings import RelaySettings
from shared.messaging.retention import INBOX_PAGES, Retention
from shared.messaging.tests import ledger
from shared.messaging.tests.batches import SEALER, count, taker_of
from shared.messaging.tests.ledger import body

PARTNER = "test-house.police"
AUTHOR = Author.at_the_command_line("K. de Boer", "a test", "replay")
ENVIRONMENT = {
    "DATABASE_URL": "postgresql://",
    "BROKER_URL": "amqp://",
    "MESSAGE_KEY": base64.b64encode(bytes(32)).decode(),
    "REFUSED_DAYS": "10",
    "INBOX_DAYS": "100",
    "PARKING_LOG_DAYS": "200",
}


class PartnersReader(Reader):
    """A reader that answers its sender, as with partners. told: the reasons in its answers."""

    def __init__(self) -> None:
        super().__init__(ledger.ROUTES)
        self.told: list[str] = []

    def sender_of(self, delivery: Delivery) -> str:
        if delivery.user_id is None:
            raise Rejected(Problem("user_id", "is required", "required"))
        return delivery.user_id

    def on_rejected(self, reading: Any, problems: tuple[Problem, ...], unit: Any) -> None:
        self.told += [problem.reason for problem in problems]


class Keeper:
    """A service's tables, its partner, and the retention of its relay."""

    def __init__(self, connection: psycopg.Connection[Any]) -> None:
        self.connection = connection
        self.reader = PartnersReader()
        connection.execute(BY_INDEX)
        self.retention = Retention(connection, SEALER, from_environment(RelaySettings, ENVIRONMENT))

    def take(self, *bodies: bytes, user_id: str | None = PARTNER) -> dict[str, int]:
        """Take messages as a worker does; returns the number of messages by outcome."""
        deliveries = [Delivery(queue="ledger", body=each, user_id=user_id) for each in bodies]
        tally = taker_of(self.reader).take(self.connection, deliveries, Brake())
        return {outcome: number for (_, outcome), number in tally.items()}

    def age(self, days: int) -> None:
        """Give all messages this age."""
        for table, column in (("inbox", "received_at"), ("parked", "parked_at"), ("parking_log", "at")):
            self.connection.execute(f"UPDATE {table} SET {column} = now() - make_interval(days => {days})")

    def counts(self) -> tuple[int, ...]:
        return tuple(count(self.connection, table) for table in ("inbox", "parked", "parking_original"))


@pytest.fixture
def keeper(connection: psycopg.Connection[Any]) -> Iterator[Keeper]:
    yield Keeper(connection)


def test_a_refused_message_is_kept_for_its_days_and_then_only_counted(keeper: Keeper) -> None:
    keeper.take(body(-1), body(-2))
    keeper.age(9)
    keeper.retention.step()
    assert keeper.counts() == (2, 2, 0)
    keeper.age(11)
    keeper.retention.step()
    assert keeper.counts() == (0, 0, 0)
    keeper.take(body(-3))
    keeper.age(11)
    keeper.retention.step()
    counted = keeper.connection.execute("SELECT house, sender, reason, messages FROM refusals_before").fetchall()
    assert counted == [("test-house", PARTNER, "negative_amount", 3)]


def test_a_refused_message_that_comes_again_later_is_refused_again_and_not_accepted(keeper: Keeper) -> None:
    sent = body(-1)
    keeper.take(sent)
    keeper.age(11)
    keeper.retention.step()
    keeper.reader.told.clear()
    assert keeper.take(sent) == {"rejected": 1}
    assert keeper.reader.told == ["must not be negative"]


def test_what_waits_for_a_person_is_kept_however_old_it_is(keeper: Keeper) -> None:
    keeper.take(body(13), body(-1))
    keeper.take(body(1), user_id=None)
    keeper.age(1000)
    keeper.retention.step()
    kinds = keeper.connection.execute("SELECT kind, answered FROM parked ORDER BY id").fetchall()
    assert kinds == [("unexpected", False), ("rejected", False)]
    assert count(keeper.connection, "inbox") == 2


def test_the_inbox_forgets_a_message_after_its_days_unless_it_waits_or_is_parked(keeper: Keeper) -> None:
    case_id = uuid4()
    sent = body(1)
    keeper.take(sent, body(7, case_id=case_id), body(13))
    keeper.age(99)
    keeper.retention.step()
    assert count(keeper.connection, "inbox") == 3
    keeper.age(101)
    keeper.retention.step()
    kept = keeper.connection.execute("SELECT message_id FROM inbox").fetchall()
    aside = keeper.connection.execute("SELECT message_id FROM postponed UNION SELECT message_id FROM parked").fetchall()
    assert len(aside) == 2
    assert set(kept) == set(aside)


def test_the_inbox_is_gone_through_in_small_steps_and_from_the_beginning_again(keeper: Keeper) -> None:
    keeper.connection.execute(
        "INSERT INTO inbox SELECT 'somebody', gen_random_uuid(), sha256(''), now() - interval '1 year'"
        f" FROM generate_series(1, {INBOX_PAGES * 150})"
    )
    left = [count(keeper.connection, "inbox")]
    while left[-1]:
        keeper.retention.step()
        left.append(count(keeper.connection, "inbox"))
    steps = [before - after for before, after in pairwise(left)]
    assert len(steps) == 2
    assert max(steps) < INBOX_PAGES * 100
    keeper.take(body(1))
    keeper.age(101)
    for _ in range(2):
        keeper.retention.step()
    assert count(keeper.connection, "inbox") == 0


def test_a_step_reads_its_pages_only(keeper: Keeper) -> None:
    keeper.connection.execute(
        "INSERT INTO inbox SELECT 'somebody', gen_random_uuid(), sha256('') FROM generate_series(1, 30000)"
    )
    query = keeper.retention._kept.queries["delete_from_inbox"]
    rows = keeper.connection.execute(f"EXPLAIN {query}", {"first": "(0,0)", "end": "(50,0)", "days": 100}).fetchall()
    assert any("Tid Range Scan on inbox" in line for (line,) in rows)


def test_a_body_that_a_correction_replaced_goes_after_its_days_unless_the_message_is_still_parked(
    keeper: Keeper,
) -> None:
    keeper.take(body(13), body(13))
    keeper.connection.execute(
        """
        WITH entry AS (
            INSERT INTO parking_log (what, queue, sender, message_id, became, who, why)
            SELECT 'corrected', queue, sender, message_id, message_id, 'me', 'a test' FROM parked RETURNING id)
        INSERT INTO parking_original SELECT id, '' FROM entry
        """
    )
    keeper.connection.execute("DELETE FROM parked WHERE id = (SELECT min(id) FROM parked)")
    keeper.age(9)
    keeper.retention.step()
    assert count(keeper.connection, "parking_original") == 2
    keeper.age(11)
    keeper.retention.step()
    assert count(keeper.connection, "parking_original") == 1


def test_an_action_on_a_parked_message_is_known_for_its_days(keeper: Keeper) -> None:
    keeper.take(body(13), body(13))
    parking = Parking(keeper.connection, SEALER)
    for (id,) in keeper.connection.execute("SELECT id FROM parked").fetchall():
        parking.look(parking.message(id)[0], AUTHOR)
    parking.discard(id, AUTHOR)
    for days, actions in ((199, 3), (201, 1)):
        keeper.age(days)
        keeper.retention.step()
        assert count(keeper.connection, "parking_log") == actions
    assert keeper.connection.execute(
        "SELECT what FROM parking_log JOIN parked USING (sender, message_id)"
    ).fetchall() == [("looked",)]


def test_a_discarded_message_stays_discarded_as_long_as_the_inbox_knows_it(keeper: Keeper) -> None:
    sent = body(13)
    keeper.take(sent)
    [(id,)] = keeper.connection.execute("SELECT id FROM parked").fetchall()
    Parking(keeper.connection, SEALER).discard(id, AUTHOR)
    keeper.connection.execute("UPDATE parking_log SET at = now() - interval '201 days'")
    keeper.retention.step()
    assert count(keeper.connection, "parking_log") == 1
    keeper.age(101)
    keeper.retention.step()
    assert count(keeper.connection, "inbox") == 0


def test_the_count_of_refusals_of_long_ago_goes_with_the_actions(keeper: Keeper) -> None:
    keeper.take(body(-1))
    for days, counts in ((11, 1), (201, 0)):
        keeper.age(days)
        keeper.connection.execute(f"UPDATE refusals_before SET last_at = now() - interval '{days} days'")
        keeper.retention.step()
        assert count(keeper.connection, "refusals_before") == counts


def test_an_inbox_may_not_forget_too_soon() -> None:
    with pytest.raises(SettingsError, match="INBOX_DAYS"):
        from_environment(RelaySettings, ENVIRONMENT | {"INBOX_DAYS": "34"})


def test_the_audit_log_is_checked_at_each_step_and_prometheus_knows_what_was_found(keeper: Keeper) -> None:
    AuditStore(keeper.connection).add(AUTHOR.deed, [Concerned("parked-messages", id) for id in ("1", "2")], 200)
    began = time.time() - 5
    for _ in range(2):
        keeper.retention.step()
    assert gauge("messaging_audit_findings") == 0
    assert began < (gauge("messaging_audit_checked_timestamp_seconds") or 0) < time.time() + 5
    sealed = AuditStore(keeper.connection).last_seal()
    assert sealed
    AuditStore(keeper.connection).add_seal(replace(sealed, number=sealed.number + 2))
    for _ in range(2):
        keeper.retention.step()
    assert (gauge("messaging_audit_findings") or 0) > 0


def gauge(name: str) -> float | None:
    return REGISTRY.get_sample_value(name)
