"""The core's own tables in a service's database."""

from collections.abc import Collection, Mapping, Sequence
from pathlib import Path
from typing import Any, NamedTuple
from uuid import UUID

from psycopg import Connection
from psycopg.types.json import Jsonb

from shared.messaging.outcomes import Problem
from shared.messaging.sealing import Sealer
from shared.postgres import Store, load_queries


class MessageKey(NamedTuple):
    """What identifies a message for the inbox."""

    sender: str
    message_id: UUID


DISCARDED = Problem("", "was set aside for good; ask the house")
"""What a sender hears that sends a discarded message again."""


class Remembered(NamedTuple):
    """What the inbox knows of a message.

    problems: why it was rejected or discarded, if it was. set_aside: it waits for another try or for an operator.
    """

    payload_hash: bytes
    problems: tuple[Problem, ...]
    set_aside: bool


class SetAside(NamedTuple):
    """How many messages of a queue stand parked and postponed, and how long the oldest has been postponed."""

    queue: str
    parked: int
    postponed: int
    postponed_oldest_seconds: float


class MessageStore(Store):
    """One method per query; bodies are sealed on the way in and opened on the way out."""

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
            },
        )

    def ring_relay(self) -> None:
        self.execute("ring_relay")

    def outbox_head(self, slices: Collection[int], limit: int, held: Collection[UUID]) -> list[dict[str, Any]]:
        """What can't be opened has no body: one row must not keep the others."""
        rows = self.fetch_all("outbox_head", {"slices": list(slices), "limit": limit, "held": list(held)})
        return [row | {"body": self._opened(row["body"], "outbox")} for row in rows]

    def delete_from_outbox(self, positions: Sequence[int]) -> None:
        self.execute("delete_from_outbox", {"positions": list(positions)})

    def outbox_waiting(self, slices: Collection[int]) -> tuple[int, float]:
        row = self.fetch_one("outbox_waiting", {"slices": list(slices)})
        return (row["waiting"], row["oldest_seconds"]) if row else (0, 0.0)

    def join_relays(self) -> bool:
        row = self.fetch_one("join_relays")
        return bool(row and row["joined"])

    def enter(self, hashes: Mapping[MessageKey, bytes], cases: Collection[UUID]) -> tuple[set[MessageKey], set[UUID]]:
        """Remembers messages; gives those that were not there, and those of the cases that have a postponed message.

        In a pipeline, one round trip.
        """
        remembered = self.ask("remember", _columns(hashes) | {"payload_hashes": list(hashes.values())})
        waiting = self.ask("cases_with_postponed", {"ordering_keys": list(cases)})
        new = {MessageKey(row["sender"], row["message_id"]) for row in remembered}
        return new, {row["ordering_key"] for row in waiting}

    def remember(self, key: MessageKey, payload_hash: bytes) -> bool:
        """Whether it was not there."""
        new, _ = self.enter({key: payload_hash}, ())
        return bool(new)

    def remembered(self, keys: Collection[MessageKey]) -> dict[MessageKey, Remembered]:
        return {
            MessageKey(row["sender"], row["message_id"]): Remembered(
                row["payload_hash"], _problems(row), row["set_aside"]
            )
            for row in self.fetch_all("remembered", _columns(keys))
        }

    def postpone(
        self, message: Mapping[str, Any], *, ordering_key: UUID, attempts: int, reason: str, delay: float
    ) -> None:
        self.execute(
            "postpone",
            self._sealed(message, "postponed")
            | {"ordering_key": ordering_key, "attempts": attempts, "reason": reason, "delay": delay},
        )

    def due_postponed(self, queues: Sequence[str], limit: int, *, longest_delay: float) -> list[dict[str, Any]]:
        parameters = {"queues": list(queues), "limit": limit, "longest_delay": longest_delay}
        rows = self.fetch_all("due_postponed", parameters, prepare=False)
        return [row | {"body": self._sealer.open(row["body"], "postponed")} for row in rows]

    def adopt(self, queues: Sequence[str], *, by: str) -> None:
        self.execute("adopt", {"queues": list(queues), "by": by})

    def postpone_again(self, position: int, *, reason: str, delay: float) -> None:
        self.execute("postpone_again", {"position": position, "reason": reason, "delay": delay})

    def delete_postponed(self, position: int) -> None:
        self.execute("delete_postponed", {"position": position})

    def park(self, message: Mapping[str, Any], *, kind: str, problems: Sequence[Problem]) -> None:
        self.execute(
            "park",
            self._sealed(message, "parked")
            | {"kind": kind, "problems": Jsonb([list(problem) for problem in problems])},
        )

    def set_aside(self, queues: Sequence[str]) -> list[SetAside]:
        return [SetAside(**row) for row in self.fetch_all("set_aside", {"queues": list(queues)})]

    def _opened(self, body: bytes, place: str) -> bytes | None:
        try:
            return self._sealer.open(body, place)
        except ValueError:
            return None

    def _sealed(self, message: Mapping[str, Any], place: str) -> dict[str, Any]:
        return {**message, "body": self._sealer.seal(message["body"], place)}


def _columns(keys: Collection[MessageKey]) -> dict[str, list[Any]]:
    return {"senders": [key.sender for key in keys], "message_ids": [key.message_id for key in keys]}


def _problems(row: Mapping[str, Any]) -> tuple[Problem, ...]:
    return (DISCARDED,) if row["discarded"] else tuple(Problem(*problem) for problem in row["problems"] or ())
