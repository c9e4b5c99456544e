"""Numbered streams to partners: a real relay between a real outbox and the partners' exchange."""

import json
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any
from uuid import uuid4

import psycopg
import pytest

from shared.crash_points import CrashPoint
from shared.messaging.publishing import PARTNERS_EXCHANGE
from shared.messaging.storage import Stream, StreamStore
from shared.messaging.tests.ledger import Place
from shared.messaging.tests.relaying import announce, enter, outbox_is_empty, relay, relay_that_crashes, unit_at
from shared.messaging.unit import MOST_REPLAYED
from shared.testing.waiting import wait_until

OF_THE_RELAY = [
    CrashPoint.BEFORE_PUBLISH,
    CrashPoint.AFTER_PUBLISH,
    CrashPoint.BEFORE_CONFIRM,
    CrashPoint.AFTER_CONFIRM,
    CrashPoint.BEFORE_DELETE,
    CrashPoint.AFTER_DELETE,
]


@dataclass(frozen=True)
class Partner:
    """A partner's queue, with the name of its user."""

    name: str
    channel: Any

    def bind(self) -> None:
        self.channel.queue_bind(self.name, PARTNERS_EXCHANGE, self.name)

    def unbind(self) -> None:
        self.channel.queue_unbind(self.name, PARTNERS_EXCHANGE, self.name)

    def bodies(self) -> list[bytes]:
        """All messages in the queue, in order."""
        found: list[bytes] = []
        while (delivery := self.channel.basic_get(self.name, auto_ack=True))[0]:
            found.append(delivery[2])
        return found

    def messages(self) -> list[dict[str, Any]]:
        return [json.loads(body) for body in self.bodies()]


@pytest.fixture
def new_partner(place: Place) -> Iterator[Callable[[], Partner]]:
    made: list[Partner] = []

    def make() -> Partner:
        partner = Partner(f"{place.name}.partner-{len(made)}", place.channel)
        place.channel.queue_declare(partner.name, durable=True, arguments={"x-queue-type": "quorum"})
        partner.bind()
        made.append(partner)
        return partner

    yield make
    for partner in made:
        place.channel.queue_delete(partner.name)


@pytest.fixture
def partner(new_partner: Callable[[], Partner]) -> Partner:
    return new_partner()


def relay_all(place: Place, **settings: str) -> None:
    with relay(place, **settings):
        assert wait_until(lambda: outbox_is_empty(place), 15)


def numbers(messages: list[dict[str, Any]]) -> list[int]:
    return [int(message["sequence"]) for message in messages]


def test_each_partner_gets_numbers_of_its_own_without_a_gap(place: Place, new_partner: Callable[[], Partner]) -> None:
    first, second = new_partner(), new_partner()
    with unit_at(place) as unit:
        for amount in range(600):
            enter(unit, amount, to=first.name)
            enter(unit, -amount, 1000 + amount, to=second.name)
    relay_all(place)
    messages, others = first.messages(), second.messages()
    assert numbers(messages) == list(range(1, 601))
    assert [message["data"]["amount"] for message in messages] == list(range(600))
    assert numbers(others) == list(range(1, 1201))
    assert {message["sequencetype"] for message in messages + others} == {"Integer"}


def test_an_event_for_the_services_has_no_number(place: Place) -> None:
    announce(place, 1)
    relay_all(place)
    [event] = place.received(1)
    assert not {"sequence", "sequencetype"} & event.keys()
    assert place.query("SELECT FROM streams") == place.query("SELECT FROM stream_messages") == []


def test_what_is_undone_before_its_commit_leaves_no_gap(place: Place, partner: Partner) -> None:
    announce(place, 1, to=partner.name)
    with pytest.raises(psycopg.errors.UniqueViolation), unit_at(place) as unit:
        enter(unit, 2, to=partner.name)
        unit.flush()
        unit.connection.execute("INSERT INTO streams VALUES ('x', 1), ('x', 1)")
    announce(place, 3, to=partner.name)
    relay_all(place)
    messages = partner.messages()
    assert [(message["sequence"], message["data"]["amount"]) for message in messages] == [("1", 1), ("2", 3)]


def test_a_case_whose_messages_wait_for_each_other_gets_its_numbers_in_order(place: Place, partner: Partner) -> None:
    announce(place, *range(20), case_id=uuid4(), to=partner.name)
    announce(place, *range(100, 120), to=partner.name)
    relay_all(place)
    messages = partner.messages()
    assert numbers(messages) == list(range(1, 41))
    of_the_case = [message["data"]["amount"] for message in messages if message["data"]["amount"] < 100]
    assert of_the_case == list(range(20))


def test_a_number_that_was_given_leaves_before_a_message_of_its_case_that_was_committed_late(
    place: Place, partner: Partner
) -> None:
    case_id = uuid4()
    partner.unbind()
    with relay(place):
        with unit_at(place) as late:
            enter(late, 2, case_id=case_id, to=partner.name)
            late.flush()
            announce(place, 1, case_id=case_id, to=partner.name)
            assert wait_until(lambda: place.query("SELECT sequence FROM outbox") == [(1,)], 10)
        partner.bind()
        assert wait_until(lambda: outbox_is_empty(place), 20)
    messages = partner.messages()
    assert [(message["sequence"], message["data"]["amount"]) for message in messages] == [("1", 1), ("2", 2)]


@pytest.mark.parametrize("point", OF_THE_RELAY)
def test_a_relay_that_is_killed_leaves_no_gap_and_gives_no_number_twice(
    place: Place, partner: Partner, point: CrashPoint
) -> None:
    for _ in range(2):
        announce(place, *range(5), case_id=uuid4(), to=partner.name)
    relay_that_crashes(place, point)
    announce(place, 1000, to=partner.name)
    relay_all(place)
    messages = partner.messages()
    assert {(message["id"], message["sequence"]) for message in messages} == {
        (str(message_id), str(sequence))
        for message_id, sequence in place.query("SELECT message_id, sequence FROM stream_messages")
    }
    assert sorted(set(numbers(messages))) == list(range(1, 12))


def test_a_relay_that_takes_over_goes_on_with_the_next_number(place: Place, partner: Partner) -> None:
    with relay(place) as first, relay(place):
        announce(place, 1, to=partner.name)
        assert wait_until(lambda: outbox_is_empty(place), 10)
        first.kill()
        announce(place, 2, to=partner.name)
        assert wait_until(lambda: outbox_is_empty(place), 10)
    assert numbers(partner.messages()) == [1, 2]


def test_several_relays_leave_no_gap_in_any_stream(place: Place, new_partner: Callable[[], Partner]) -> None:
    partners = [new_partner() for _ in range(4)]
    with relay(place), relay(place) as killed:
        for amounts in (range(20), range(20, 40)):
            for partner in partners:
                announce(place, *amounts, to=partner.name)
            killed.kill()
        assert wait_until(lambda: outbox_is_empty(place), 20)
    for partner in partners:
        messages = {int(message["sequence"]): message["data"]["amount"] for message in partner.messages()}
        assert messages == dict(enumerate(range(40), start=1))


def test_what_the_broker_returned_keeps_its_number_and_comes_later(place: Place, partner: Partner) -> None:
    partner.unbind()
    announce(place, 1, to=partner.name)
    with relay(place):
        assert wait_until(lambda: place.query("SELECT sequence FROM outbox") == [(1,)], 10)
        partner.bind()
        announce(place, 2, to=partner.name)
        assert wait_until(lambda: outbox_is_empty(place), 10)
    assert sorted(numbers(partner.messages())) == [1, 2]


def test_a_replay_is_the_same_byte_for_byte(place: Place, new_partner: Callable[[], Partner]) -> None:
    partner, other = new_partner(), new_partner()
    announce(place, *range(50), to=partner.name)
    announce(place, *range(50), to=other.name)
    relay_all(place)
    sent, _ = partner.bodies(), other.bodies()
    for _ in range(2):
        with unit_at(place) as unit:
            unit.replay(partner.name, from_sequence=31)
            assert unit.stream(partner.name).replay_under_way
            assert not unit.stream(other.name).replay_under_way
        relay_all(place)
        assert partner.bodies() == sent[30:]
    assert other.bodies() == []
    with unit_at(place) as unit:
        assert unit.stream(partner.name) == Stream(last=50, replayed_today=40)


def test_what_is_asked_for_while_it_waits_for_its_confirm_goes_out_once_more(place: Place, partner: Partner) -> None:
    announce(place, 1, to=partner.name)
    with psycopg.connect(place.database_url, autocommit=True) as relays:
        positions = [position for (position,) in relays.execute("SELECT position FROM outbox")]
        StreamStore(relays).number(
            dict.fromkeys(positions, partner.name)
        )  # and it leaves; the partner has it, and loses it
        with unit_at(place) as unit:
            unit.replay(partner.name, from_sequence=1)
        StreamStore(relays).move_from_outbox(positions)  # its confirm
    relay_all(place)
    assert numbers(partner.messages()) == [1]


def test_two_replays_at_the_same_moment_send_each_message_once(place: Place, partner: Partner) -> None:
    announce(place, 1, 2, 3, to=partner.name)
    relay_all(place)
    sent = partner.bodies()
    with unit_at(place) as unit:
        unit.replay(partner.name, from_sequence=2)
    with unit_at(place) as unit:
        unit.replay(partner.name, from_sequence=1)
    relay_all(place)
    assert sorted(partner.bodies()) == sorted(sent)


def test_a_replay_has_an_end_and_is_asked_on_from_there(place: Place, partner: Partner) -> None:
    announce(place, *range(MOST_REPLAYED + 2), to=partner.name)
    relay_all(place)
    sent = partner.bodies()
    for first in (1, MOST_REPLAYED + 1):
        with unit_at(place) as unit:
            unit.replay(partner.name, from_sequence=first)
        relay_all(place)
    assert partner.bodies() == sent


def test_a_day_of_replays_is_counted_from_its_first(place: Place, partner: Partner) -> None:
    announce(place, *range(5), to=partner.name)
    relay_all(place)

    def replayed(hours_ago: int) -> int:
        """Replay two messages, this time after the last replays; returns the number replayed today."""
        with unit_at(place) as unit:
            ago = "UPDATE stream_replays SET since = since - make_interval(hours => %s)"
            unit.connection.execute(ago, [hours_ago])
            unit.replay(partner.name, from_sequence=4)
        relay_all(place)
        with unit_at(place) as unit:
            return unit.stream(partner.name).replayed_today

    assert [replayed(0), replayed(20), replayed(3), replayed(2), replayed(23)] == [2, 4, 6, 2, 4]
    with unit_at(place) as unit:
        unit.connection.execute("UPDATE stream_replays SET since = since - interval '1 hour'")
        assert unit.stream(partner.name).replayed_today == 0


@pytest.mark.parametrize(
    ("stream", "left"),
    [
        (Stream(last=7), 10_000),
        (Stream(last=7, replayed_today=9_999), 1),
        (Stream(last=12_000, first_kept=1, replayed_today=11_000), 1_000),
        (Stream(last=12_000, first_kept=6_001, replayed_today=6_000), 4_000),
    ],
)
def test_a_day_has_room_for_ten_thousand_messages_or_for_all_that_is_kept(stream: Stream, left: int) -> None:
    assert stream.left_today == left


def test_what_was_sent_is_kept_sealed(place: Place, partner: Partner) -> None:
    announce(place, 123456, to=partner.name)
    relay_all(place)
    [(body,)] = place.query("SELECT body FROM stream_messages")
    assert b"123456" not in body


def aged(place: Place, days: int) -> None:
    """Give all sent messages this age."""
    with psycopg.connect(place.database_url) as connection:
        connection.execute("UPDATE stream_messages SET sent_at = now() - make_interval(days => %s)", [days])


def kept(place: Place) -> list[int]:
    return [row[0] for row in place.query("SELECT sequence FROM stream_messages ORDER BY sequence")]


def test_what_was_sent_long_ago_is_forgotten_and_its_numbers_stay_given(place: Place, partner: Partner) -> None:
    announce(place, 1, 2, to=partner.name)
    relay_all(place)
    aged(place, days=3)
    announce(place, 3, to=partner.name)
    with relay(place, STREAM_DAYS="3"):
        assert wait_until(lambda: kept(place) == [3], 10)
    with unit_at(place) as unit:
        assert unit.stream(partner.name) == Stream(last=3, first_kept=3)
    assert numbers(partner.messages()) == [1, 2, 3]


def test_what_is_still_within_its_days_stays(place: Place, partner: Partner) -> None:
    announce(place, 1, to=partner.name)
    relay_all(place)
    aged(place, days=2)
    relay_all(place, STREAM_DAYS="3")
    assert kept(place) == [1]


def test_what_is_forgotten_while_it_is_replayed_is_not_kept_again(place: Place, partner: Partner) -> None:
    announce(place, 1, to=partner.name)
    relay_all(place)
    aged(place, days=40)
    with unit_at(place) as unit:
        unit.replay(partner.name, from_sequence=1)
    partner.unbind()
    with relay(place):
        assert wait_until(lambda: kept(place) == [], 10)
        partner.bind()
        assert wait_until(lambda: outbox_is_empty(place), 10)
    assert kept(place) == []
    assert numbers(partner.messages()) == [1, 1]


def test_nobody_has_a_stream_before_the_first_message(place: Place) -> None:
    with unit_at(place) as unit:
        assert unit.stream("nobody") == Stream()
