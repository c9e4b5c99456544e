"""The relay in a separate process, between a real outbox and a real exchange."""

import signal
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from urllib.parse import urlsplit
from uuid import uuid4

import pytest

from shared.keys import Key, Keys
from shared.messaging.pace import Pace
from shared.messaging.relay import Relay
from shared.messaging.relay_settings import RelaySettings
from shared.messaging.tests.ledger import Place
from shared.messaging.tests.relaying import (
    announce,
    enter,
    hasty_relay,
    outbox_is_empty,
    relay,
    relay_with_log,
    unit_at,
)
from shared.testing.keys import KEYS
from shared.testing.link import Link
from shared.testing.waiting import wait_until

AT_WORK = """
SELECT FROM pg_locks JOIN pg_database ON pg_database.oid = pg_locks.database
WHERE locktype = 'advisory' AND datname = current_database()
"""
"""Returns a row once a relay has its lock."""


def test_what_is_announced_arrives_and_leaves_the_outbox(place: Place) -> None:
    with relay(place):
        announce(place, *range(1200))
        assert sorted(message["data"]["amount"] for message in place.received(1200)) == list(range(1200))
        assert wait_until(lambda: outbox_is_empty(place), 5)


def test_the_events_of_a_case_arrive_in_order(place: Place) -> None:
    case_id = uuid4()
    announce(place, *range(50), case_id=case_id)
    with relay(place):
        assert [message["data"]["amount"] for message in place.received(50)] == list(range(50))


def test_nothing_is_lost_when_the_relay_is_killed(place: Place) -> None:
    announce(place, *range(3000))
    with relay(place) as process:
        place.received(200)
        process.send_signal(signal.SIGKILL)
    place.channel.queue_purge(f"{place.name}-out")
    left = {row[0] for row in place.query("SELECT position FROM outbox")}
    with relay(place):
        assert wait_until(lambda: outbox_is_empty(place), 15)
        assert len({message["id"] for message in place.received(len(left), 5)}) == len(left)


def test_an_event_that_nobody_wants_stays_and_does_not_hold_up_other_cases(place: Place) -> None:
    place.channel.queue_unbind(f"{place.name}-out", place.name, "amounts.entered.v1")
    announce(place, 1)
    with relay(place):
        assert wait_until(lambda: bool(place.query(AT_WORK)), 30)
        assert not wait_until(lambda: outbox_is_empty(place), 1)
        place.channel.queue_bind(f"{place.name}-out", place.name, "amounts.entered.v1")
        announce(place, 2)
        assert [message["data"]["amount"] for message in place.received(2)] == [2, 1]


def test_events_leave_while_the_disk_of_the_log_is_full(place: Place) -> None:
    """Each time an event comes back because nobody wants it, the relay writes a line."""
    place.channel.queue_unbind(f"{place.name}-out", place.name, "amounts.entered.v1")
    announce(place, 1)
    with Path("/dev/full").open("wb") as full, relay_with_log(place, full) as process:
        assert wait_until(lambda: bool(place.query(AT_WORK)), 30)
        assert not wait_until(lambda: outbox_is_empty(place), 1)
        place.channel.queue_bind(f"{place.name}-out", place.name, "amounts.entered.v1")
        assert wait_until(lambda: outbox_is_empty(place), 15)
        assert process.poll() is None


def test_a_second_relay_stands_by_and_takes_over(place: Place) -> None:
    with relay(place) as first, relay(place):
        announce(place, 1)
        assert len(place.received(1)) == 1
        first.kill()
        announce(place, 2)
        assert [message["data"]["amount"] for message in place.received(1)] == [2]


def test_a_relay_that_is_stopped_leaves_at_once(place: Place) -> None:
    with relay(place) as process:
        announce(place, 1)
        place.received(1)
        process.terminate()
        assert process.wait(5) == 0


def test_the_relay_goes_on_after_its_database_connection_was_cut(place: Place) -> None:
    with relay(place):
        announce(place, 1)
        place.received(1)
        place.query("SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE application_name LIKE '%relay'")
        announce(place, 2)
        assert [message["data"]["amount"] for message in place.received(1)] == [2]


def test_an_event_that_the_broker_refuses_does_not_hold_up_the_others(place: Place) -> None:
    announce(place, 1)
    announce(replace(place, name="no-such-exchange"), 0)
    announce(place, 2)
    with relay(place):
        # what went out together with the refused one may come twice, with the same id
        arrived = {message["id"]: message["data"]["amount"] for message in place.received(4, 8)}
    assert sorted(arrived.values()) == [1, 2]
    assert place.query("SELECT exchange FROM outbox") == [("no-such-exchange",)]


def test_a_burst_about_one_case_does_not_hold_up_other_cases(place: Place) -> None:
    announce(place, *range(600), case_id=uuid4())
    announce(place, 1000)
    with relay(place):
        assert 1000 in [message["data"]["amount"] for message in place.received(20)]


def test_a_relay_that_lost_its_database_leaves_no_connection_to_the_broker_behind(place: Place) -> None:
    with relay(place) as process:
        announce(place, 1)
        place.received(1)
        before = sockets_of(process.pid)
        for _ in range(3):
            place.query("SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE application_name LIKE '%relay'")
            time.sleep(2.5)
        assert sockets_of(process.pid) <= before


def test_a_relay_that_is_refused_goes_on_over_new_connections_until_there_is_room(place: Place) -> None:
    """Connections that close slowly: timers fire and holds end during the close."""
    held_by: set[int] = set()

    def often_held() -> bool:
        held_by.update(holders_of_the_lock(place))
        return len(held_by) >= 5

    with slow_link_to_the_broker(place) as slow, hasty_relay(slow):
        with full_queue(place):
            announce(place, *range(10))
            assert wait_until(often_held, 20)
        assert wait_until(lambda: outbox_is_empty(place), 15)


def test_an_event_that_can_not_be_opened_does_not_hold_up_other_cases(place: Place) -> None:
    sealed_otherwise, case_id = Keys(Key(b"x" * 32, number=1)), uuid4()
    with unit_at(place, sealed_otherwise) as unit:
        enter(unit, *range(600))
        enter(unit, 1000, case_id=case_id)
    announce(place, 1001, case_id=case_id)
    announce(place, 1002)
    with relay(place):
        assert [message["data"]["amount"] for message in place.received(1)] == [1002]
        announce(place, 1003)
        assert [message["data"]["amount"] for message in place.received(2, 2)] == [1003]
    assert place.query("SELECT count(*) FROM outbox") == [(602,)]


def test_a_relay_whose_certificate_is_missing_leaves_no_connection_to_the_database_behind(place: Place) -> None:
    settings = RelaySettings(
        database_url=place.database_url,
        broker_url="amqps://localhost",
        message_key=KEYS,
        broker_ca=Path("/absent"),
        broker_certificate=Path("/absent"),
        broker_key=Path("/absent"),
    )
    with pytest.raises(FileNotFoundError) as held:
        Relay(settings, "ledger", Pace())
    assert place.query("SELECT FROM pg_stat_activity WHERE application_name LIKE '%relay'") == [], held


@contextmanager
def full_queue(place: Place) -> Iterator[None]:
    """A queue with room for one message: the broker nacks all others."""
    name = f"{place.name}-full"
    arguments = {"x-max-length": 1, "x-overflow": "reject-publish"}
    place.channel.queue_declare(name, durable=True, arguments=arguments)
    try:
        place.channel.queue_bind(name, place.name, "amounts.entered.v1")
        yield
    finally:
        place.channel.queue_delete(name)


@contextmanager
def slow_link_to_the_broker(place: Place) -> Iterator[Place]:
    broker = urlsplit(place.broker_url)
    assert broker.hostname and broker.port
    with Link.to(broker.hostname, broker.port) as link:
        link.slow(delay_seconds=0.05, bytes_per_second=1_000_000)
        yield replace(place, broker_url=place.broker_url.replace(f":{broker.port}", f":{link.port}"))


def holders_of_the_lock(place: Place) -> set[int]:
    rows = place.query(
        "SELECT pid FROM pg_locks JOIN pg_database ON oid = database "
        "WHERE locktype = 'advisory' AND granted AND datname = current_database()"
    )
    return {pid for (pid,) in rows}


def sockets_of(pid: int) -> int:
    return sum(str(each.readlink()).startswith("socket:") for each in Path(f"/proc/{pid}/fd").iterdir())
