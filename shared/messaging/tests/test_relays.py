"""Several relays of one outbox: they divide its slices, and take over the slices of a stopped relay."""

import signal
from collections import defaultdict
from typing import Any
from uuid import UUID, uuid4

import psycopg
import pytest
import requests

from shared.messaging.slices import SLICES
from shared.messaging.tests import ledger
from shared.messaging.tests.ledger import Place
from shared.messaging.tests.relaying import announce, enter, outbox_is_empty, relay, unit_at
from shared.testing.databases import Database
from shared.testing.migrations import apply
from shared.testing.waiting import free_ports, wait_until

CASES = [uuid4() for _ in range(60)]
SHARES = """
SELECT count(*) FROM pg_locks JOIN pg_database ON oid = database
WHERE locktype = 'advisory' AND mode = 'ExclusiveLock' AND granted AND datname = current_database() GROUP BY pid
"""


def shares_of(place: Place) -> list[int]:
    """The numbers of slices of the relays that have any."""
    return sorted(count for (count,) in place.query(SHARES))


def have(place: Place, *shares: int) -> bool:
    return wait_until(lambda: shares_of(place) == [*shares], 20)


def announce_all(place: Place, amounts: range) -> None:
    with unit_at(place) as unit:
        for amount in amounts:
            for case in CASES:
                enter(unit, amount, case_id=case)


def first_copies(messages: list[dict[str, Any]]) -> dict[UUID, list[int]]:
    """The amounts of each case in the order of arrival, without repeated messages."""
    amounts: dict[UUID, list[int]] = defaultdict(list)
    known: set[str] = set()
    for message in messages:
        if message["id"] not in known:
            known.add(message["id"])
            amounts[UUID(message["subject"])].append(message["data"]["amount"])
    return amounts


def published(port: int) -> float:
    lines = requests.get(f"http://127.0.0.1:{port}/metrics", timeout=5).text.splitlines()
    return sum(float(line.split()[1]) for line in lines if line.startswith("messaging_published_total{"))


def test_two_relays_share_an_outbox_and_keep_the_order_of_each_case(place: Place) -> None:
    ports = free_ports(2)
    first, second = ({"RELAY_HTTP_ADDRESS": f"127.0.0.1:{port}"} for port in ports)
    with relay(place, **first), relay(place, **second):
        assert have(place, 8, 8)
        announce_all(place, range(10))
        arrived = place.received(10 * len(CASES))
        assert wait_until(lambda: outbox_is_empty(place), 5)
        assert all(published(port) > 100 for port in ports)
    assert first_copies(arrived) == {case: list(range(10)) for case in CASES}


def test_the_order_of_each_case_survives_relays_that_come_and_are_killed(place: Place) -> None:
    with relay(place) as first:
        assert have(place, 16)
        announce_all(place, range(10))
        with relay(place) as second:
            announce_all(place, range(10, 20))
            assert have(place, 8, 8)
            announce_all(place, range(20, 30))
            second.kill()
            announce_all(place, range(30, 40))
            assert have(place, 16)
            with relay(place):
                first.kill()
                announce_all(place, range(40, 50))
                assert wait_until(lambda: outbox_is_empty(place), 20)
    arrived = place.received(place.waiting(f"{place.name}-out"))
    assert first_copies(arrived) == {case: list(range(50)) for case in CASES}


def test_a_relay_that_stands_still_is_taken_over(place: Place) -> None:
    with relay(place) as frozen, relay(place):
        assert have(place, 8, 8)
        frozen.send_signal(signal.SIGSTOP)
        try:
            announce_all(place, range(2))
            assert wait_until(lambda: outbox_is_empty(place), 25)
        finally:
            frozen.send_signal(signal.SIGCONT)
        assert have(place, 8, 8)


def test_what_goes_to_one_partner_is_of_one_slice_and_the_events_of_many_cases_are_of_all(place: Place) -> None:
    announce(place, *range(500))
    announce(place, *range(50), to="a.b")
    partners = "SELECT count(DISTINCT slice), count(*) FROM outbox WHERE exchange = 'partners'"
    assert place.query(partners) == [(1, 50)]
    events = "SELECT DISTINCT slice FROM outbox WHERE exchange <> 'partners' ORDER BY slice"
    assert place.query(events) == [(each,) for each in SLICES]
    by_the_last_digit = (
        "SELECT count(*) FROM outbox WHERE exchange <> 'partners' AND to_hex(slice - 1) <> right(ordering_key::text, 1)"
    )
    assert place.query(by_the_last_digit) == [(0,)]


def test_a_relay_waits_for_one_from_before_there_were_slices(place: Place) -> None:
    with psycopg.connect(place.database_url, autocommit=True) as older:
        older.execute("SELECT pg_advisory_lock(hashtext('ketenhuis outbox relay'))")
        with relay(place):
            announce(place, 1)
            assert place.received(1, 3) == []
            older.close()
            assert len(place.received(1)) == 1


@pytest.mark.parametrize("exchange", ["partners", "ledger"])
def test_what_waits_in_an_outbox_when_slices_come_gets_one(empty_database: Database, exchange: str) -> None:
    *before, slices = sorted(ledger.MIGRATIONS.glob("000[1-4].*.sql"))
    with psycopg.connect(empty_database.owner_url, autocommit=True) as connection:
        apply(connection, before)
        connection.execute(
            "INSERT INTO outbox (message_id, exchange, routing_key, ordering_key, correlation_id, body) "
            "SELECT gen_random_uuid(), %s, 'a.b', gen_random_uuid(), gen_random_uuid(), '' FROM generate_series(1, 50)",
            [exchange],
        )
        apply(connection, [slices])
        found = connection.execute("SELECT count(*) FROM outbox WHERE slice BETWEEN 1 AND 16").fetchone()
    assert found == (50,)
