"""The relay as a process of its own, between a real outbox and a real exchange."""

import signal
import time
from dataclasses import replace
from pathlib import Path
from uuid import uuid4

from shared.messaging.tests.ledger import Place
from shared.messaging.tests.relaying import announce, outbox_is_empty, relay
from shared.testing.waiting import wait_until


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
        assert not wait_until(lambda: outbox_is_empty(place), 1)
        place.channel.queue_bind(f"{place.name}-out", place.name, "amounts.entered.v1")
        announce(place, 2)
        assert [message["data"]["amount"] for message in place.received(2)] == [2, 1]


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


def sockets_of(pid: int) -> int:
    return sum(str(each.readlink()).startswith("socket:") for each in Path(f"/proc/{pid}/fd").iterdir())
