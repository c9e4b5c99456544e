"""The tables outbox, inbox, postponed and parked in a service's database."""

from collections.abc import Collection, Mapping, Sequence
from pathlib import Path
from typing import Any, NamedTuple
from uuid import UUID

from psycopg import Connection
from psycopg.types.json import Jsonb

from shared.messaging.outcomes import Problem, as_stored
from shared.messaging.sealing import Sealer
from shared.postgres import Store, load_queries


class MessageKey(NamedTuple):
    """The deduplication key of a message in the inbox."""

    sender: str
    message_id: UUID


DISCARDED = Problem("", "was set aside for good; ask the house", "discarded")
"""The answer to the sender of a discarded message who sends it again."""


class Remembered(NamedTuple):
    """The inbox row of a message.

    problems: the reasons if the message was rejected or discarded, else none. set_aside: whether it is postponed or
    parked now.
    """

    payload_hash: bytes
    problems: tuple[Problem, ...]
    set_aside: bool


class ReceivedMessage(NamedTuple):
    """A message to postpone or park. message_id: the one of its inbox row."""

    queue: str
    sender: str
    message_id: UUID
    body: bytes
    user_id: str | None


class PostponedRow(NamedTuple):
    """A postponed message, its body opened. ordering_key: the case id, or the message id without a case."""

    position: int
    queue: str
    sender: str
    message_id: UUID
    ordering_key: UUID
    body: bytes
    user_id: str | None
    attempts: int


class OutboxRow(NamedTuple):
    """An event in the outbox. body: None if it was sealed with another key. created_at: seconds since the epoch.

    sealed: whether it is of a sealed matter, and in no figure.

    ordering_key: the case id, or the message id without a case. sequence: the number in a partner's stream, if given.
    """

    position: int
    message_id: str
    exchange: str
    routing_key: str
    ordering_key: UUID
    correlation_id: str
    body: bytes | None
    sequence: int | None
    slice: int
    created_at: int
    sealed: bool


class SetAside(NamedTuple):
    """The numbers of a queue's messages that are parked for a person, and that are postponed.

    postponed_oldest_seconds: the age of the oldest postponed message.
    """

    queue: str
    parked: int
    postponed: int
    postponed_oldest_seconds: float


class MessageStore(Store):
    """One method per query. Bodies are sealed when written and opened when read."""

    queries = load_queries(Path(__file__).with_name("queries.sql"))
    written_later = ("add_to_outbox",)

    def __init__(self, connection: Connection[Any], sealer: Sealer) -> None:
        super().__init__(connection)
        self._sealer = sealer

    def add_to_outbox(
        self,
        *,
        message_id: UUID,
        exchange: str,
        routing_key: str,
        ordering_key: UUID,
        correlation_id: UUID,
        body: bytes,
        sealed: bool = False,
    ) -> None:
        self.later(
            "add_to_outbox",
            {
                "message_id": message_id,
                "exchange": exchange,
                "routing_key": routing_key,
                "ordering_key": ordering_key,
                "correlation_id": correlation_id,
                "body": self._sealer.seal(body, "outbox"),
                "sealed": sealed,
            },
        )

    def outbox_head(self, slices: Collection[int], limit: int, held: Collection[UUID]) -> list[OutboxRow]:
        """The first row of each case in the slices, oldest first. held: cases to leave out."""
        rows = self.fetch_all("outbox_head", {"slices": list(slices), "limit": limit, "held": list(held)})
        return [OutboxRow(**row | {"body": self._opened(row["body"], "outbox")}) for row in rows]

    def delete_from_outbox(self, positions: Sequence[int]) -> None:
        self.execute("delete_from_outbox", {"positions": list(positions)})

    def outbox_waiting(self, slices: Collection[int]) -> tuple[int, float]:
        """The number of rows, and the age of the oldest in seconds."""
        row = self.fetch_one("outbox_waiting", {"slices": list(slices)})
        return (row["waiting"], row["oldest_seconds"]) if row else (0, 0.0)

    def join_relays(self) -> bool:
        """Whether this relay may start: not beside a relay of a version without slices."""
        row = self.fetch_one("join_relays")
        return bool(row and row["joined"])

    def enter(self, hashes: Mapping[MessageKey, bytes], cases: Collection[UUID]) -> tuple[set[MessageKey], set[UUID]]:
        """Enter messages into the inbox. Returns the new messages, and which of the cases have a postponed message.

        Takes one round trip in a pipeline.
        """
        remembered = self.ask("remember", _columns(hashes) | {"payload_hashes": list(hashes.values())})
        waiting = self.ask("cases_with_postponed", {"ordering_keys": list(cases)})
        new = {MessageKey(row["sender"], row["message_id"]) for row in remembered}
        return new, {row["ordering_key"] for row in waiting}

    def remember(self, key: MessageKey, payload_hash: bytes) -> bool:
        """Enter a message into the inbox. Returns whether it is new."""
        new, _ = self.enter({key: payload_hash}, ())
        return bool(new)

    def forget(self, keys: Collection[MessageKey]) -> None:
        """Take messages out of the inbox that this transaction entered and leaves to the next one."""
        self.execute("forget", _columns(keys))

    def remembered(self, keys: Collection[MessageKey]) -> dict[MessageKey, Remembered]:
        """The inbox rows of repeated messages."""
        return {
            MessageKey(row["sender"], row["message_id"]): Remembered(
                row["payload_hash"], _problems(row), row["set_aside"]
            )
            for row in self.fetch_all("remembered", _columns(keys))
        }

    def postpone(
        self,
        message: ReceivedMessage,
        *,
        ordering_key: UUID,
        attempts: int,
        reason: str,
        delay: float,
        sealed: bool = False,
    ) -> None:
        """delay: seconds until the next attempt. sealed: of a sealed matter."""
        when = {"ordering_key": ordering_key, "attempts": attempts, "reason": reason, "delay": delay, "sealed": sealed}
        self.execute("postpone", self._sealed(message, "postponed") | when)

    def due_postponed(self, queues: Sequence[str], limit: int, *, longest_delay: float) -> list[PostponedRow]:
        """The first message of each case, if due. Due is also a time more than longest_delay (seconds) ahead."""
        parameters = {"queues": list(queues), "limit": limit, "longest_delay": longest_delay}
        rows = self.fetch_all("due_postponed", parameters, prepare=False)
        return [PostponedRow(**row | {"body": self._sealer.open(row["body"], "postponed")}) for row in rows]

    def adopt(self, queues: Sequence[str], *, by: str) -> None:
        """Move the postponed and parked messages of former queues to the queue `by`."""
        self.execute("adopt", {"queues": list(queues), "by": by})

    def postpone_again(self, position: int, *, reason: str, delay: float) -> None:
        self.execute("postpone_again", {"position": position, "reason": reason, "delay": delay})

    def delete_postponed(self, position: int) -> None:
        self.execute("delete_postponed", {"position": position})

    def park(
        self,
        message: ReceivedMessage,
        *,
        kind: str,
        problems: Sequence[Problem],
        house: str,
        answered: bool,
        sealed: bool = False,
    ) -> None:
        """house: empty if unknown. answered: whether the sender was told the problems. sealed: of a sealed matter."""
        self.execute(
            "park_sealed" if sealed else "park",
            self._sealed(message, "parked")
            | {"kind": kind, "problems": Jsonb([list(problem) for problem in problems]), "reason": problems[0].code}
            | {"house": house, "answered": answered},
        )

    def parked_of(self, queue: str, limit: int) -> tuple[int, int]:
        """The number of parked messages of a queue, counted up to the limit, and the sum of their bodies in bytes."""
        row = self.fetch_one("parked_of", {"queue": queue, "limit": limit})
        return (row["messages"], row["bytes"]) if row else (0, 0)

    def set_aside(self, queues: Sequence[str]) -> list[SetAside]:
        return [SetAside(**row) for row in self.fetch_all("set_aside", {"queues": list(queues)})]

    def _opened(self, body: bytes, place: str) -> bytes | None:
        try:
            return self._sealer.open(body, place)
        except ValueError:
            return None

    def _sealed(self, message: ReceivedMessage, place: str) -> dict[str, Any]:
        return message._asdict() | {"body": self._sealer.seal(message.body, place)}


def _columns(keys: Collection[MessageKey]) -> dict[str, list[Any]]:
    return {"senders": [key.sender for key in keys], "message_ids": [key.message_id for key in keys]}


def _problems(row: Mapping[str, Any]) -> tuple[Problem, ...]:
    return (DISCARDED,) if row["discarded"] else tuple(as_stored(problem) for problem in row["problems"] or ())
