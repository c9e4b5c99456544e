"""After any crash between numbering and deletion, a stream has no gaps, and each number one message."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID, uuid4

import psycopg
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from shared.messaging.sealing import Sealer
from shared.messaging.slices import SLICES
from shared.messaging.storage import MessageStore, OutboxRow, StreamStore
from shared.testing.keys import KEYS

STREAMS = st.sampled_from(["a", "b", "c"])
CASES = [uuid4() for _ in range(4)]
ANNOUNCEMENT = st.tuples(STREAMS, st.sampled_from(CASES))
STEPS = st.one_of(
    st.tuples(st.just("announce"), st.lists(ANNOUNCEMENT, min_size=1, max_size=6)),
    st.tuples(st.just("round"), st.sets(st.integers(0, 5))),
    st.tuples(st.just("crash before publishing"), st.none()),
    st.tuples(st.just("replay"), st.tuples(STREAMS, st.integers(1, 10))),
    st.tuples(st.just("purge"), st.integers(1, 5)),
)


@dataclass
class Relay:
    """The database side of a relay, with a broker that confirms given rows.

    sent: numbers and message ids in order, by stream. replayed: numbers of messages, by stream. cases: by message id.
    """

    connection: psycopg.Connection
    sent: dict[str, list[tuple[int, UUID]]] = field(default_factory=dict)
    replayed: Counter[str] = field(default_factory=Counter)
    cases: dict[UUID, UUID] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.messages = MessageStore(self.connection, Sealer(KEYS))
        self.streams = StreamStore(self.connection)

    def announce(self, announcements: list[tuple[str, UUID]]) -> None:
        for stream, case in announcements:
            self.messages.add_to_outbox(
                message_id=uuid4(),
                exchange="partners",
                routing_key=stream,
                ordering_key=case,
                correlation_id=uuid4(),
                body=b"{}",
            )

    def number(self) -> list[OutboxRow]:
        rows = self.messages.outbox_head(SLICES, 500, ())
        numbers = self.streams.number({row.position: row.routing_key for row in rows if row.sequence is None})
        return [row._replace(sequence=numbers.get(row.position, row.sequence)) for row in rows]

    def round(self, unconfirmed: set[int]) -> int:
        """Publish a round. unconfirmed: indexes of rows without a confirm. Returns the number of rows."""
        rows = self.number()
        for row in rows:
            assert row.sequence
            self.cases[UUID(row.message_id)] = row.ordering_key
            self.sent.setdefault(row.routing_key, []).append((row.sequence, UUID(row.message_id)))
        self.streams.move_from_outbox([row.position for place, row in enumerate(rows) if place not in unconfirmed])
        return len(rows)

    def replay(self, stream: str, from_sequence: int) -> None:
        before = self.waiting()
        self.streams.replay(stream, exchange="partners", from_sequence=from_sequence, limit=5)
        self.replayed[stream] += self.waiting() - before

    def waiting(self) -> int:
        [count] = self.connection.execute("SELECT count(*) FROM outbox").fetchone() or [0]
        return int(count)

    def purge(self, limit: int) -> None:
        self.connection.execute(
            "UPDATE stream_messages SET sent_at = now() - interval '2 days' WHERE sent_at > now() - interval '1 day'"
        )
        self.streams.purge(days=1, limit=limit)

    def drain(self) -> None:
        while self.round(set()):
            pass


def play(relay: Relay, steps: list[tuple[str, Any]]) -> None:
    for step, what in steps:
        match step, what:
            case "announce", list(announcements):
                relay.announce(announcements)
            case "round", set(unconfirmed):
                relay.round(unconfirmed)
            case "replay", (str(stream), int(number)):
                relay.replay(stream, number)
            case "purge", int(limit):
                relay.purge(limit)
            case _:
                relay.number()
    relay.drain()


@settings(deadline=None, max_examples=100, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(steps=st.lists(STEPS, max_size=25))
def test_a_stream_has_each_number_once_and_keeps_what_it_says_it_keeps(
    core_database: str, steps: list[tuple[str, Any]]
) -> None:
    with psycopg.connect(core_database, autocommit=True) as connection:
        for table in ("outbox", "streams", "stream_messages", "stream_replays"):
            connection.execute(f"DELETE FROM {table}".encode())
        relay = Relay(connection)
        play(relay, steps)
        for name, sent in relay.sent.items():
            last, first_kept, under_way, replayed = relay.streams.stream(name)
            assert {number for number, _ in sent} == set(range(1, last + 1))
            assert len(set(sent)) == last
            assert all(numbers == sorted(numbers) for numbers in first_time_by_case(sent, relay.cases))
            if not relay.replayed.total():  # what is sent again goes before what its case has still to say
                assert first_time(sent) == list(range(1, last + 1))
            assert kept(connection, name) >= {each for each in sent if each[0] >= first_kept}
            assert not under_way
            assert replayed == relay.replayed[name]


def first_time(sent: list[tuple[int, UUID]]) -> list[int]:
    """The numbers in the order of their first publishing."""
    return list(dict.fromkeys(number for number, _ in sent))


def first_time_by_case(sent: list[tuple[int, UUID]], cases: dict[UUID, UUID]) -> Iterable[list[int]]:
    numbers: dict[UUID, list[int]] = {}
    for number, message_id in dict.fromkeys(sent):
        numbers.setdefault(cases[message_id], []).append(number)
    return numbers.values()


def kept(connection: psycopg.Connection, name: str) -> set[tuple[int, UUID]]:
    rows = connection.execute("SELECT sequence, message_id FROM stream_messages WHERE stream = %s", [name])
    return set(rows.fetchall())
