"""The tables of parked messages and of operators' actions on them."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any, NamedTuple
from uuid import UUID

from psycopg import Connection

from shared.messaging.outcomes import Problem, as_stored
from shared.messaging.sealing import Sealer
from shared.postgres import Store, as_row, load_queries


@dataclass(frozen=True, slots=True, kw_only=True)
class ParkedRow:
    """A parked message without its body. kind: `rejected`, `unexpected` or `exhausted`."""

    id: int
    queue: str
    sender: str
    message_id: UUID
    kind: str
    problems: tuple[Problem, ...]
    parked_at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class OpenedRow(ParkedRow):
    """A parked message, locked by this transaction, with its opened body."""

    body: bytes
    user_id: str | None


class LogRow(NamedTuple):
    """An operator's action on a message. what: `looked`, `corrected`, `replayed` or `discarded`. why: the reason."""

    what: str
    who: str
    why: str
    at: datetime


class ParkingStore(Store):
    """One method per query. Bodies are sealed when written and opened when read."""

    queries = load_queries(Path(__file__).with_name("parking.sql"))

    def __init__(self, connection: Connection[Any], sealer: Sealer) -> None:
        super().__init__(connection)
        self._sealer = sealer

    def parked_messages(self, after: int, limit: int | None) -> list[ParkedRow]:
        return [
            ParkedRow(**_with_problems(row))
            for row in self.fetch_all("parked_messages", {"after": after, "limit": limit})
        ]

    def hold(self, id: int) -> OpenedRow | None:
        """Read and lock a parked message. Raises ValueError if its body was sealed with another key."""
        row = self.fetch_one("hold", {"id": id})
        if row is None:
            return None
        return OpenedRow(**_with_problems(row) | {"body": self._sealer.open(row["body"], "parked")})

    def correct(self, message: OpenedRow, body: bytes, message_id: UUID) -> None:
        sealed = self._sealer.seal(body, "parked")
        self.execute("correct", {"id": message.id, "body": sealed, "message_id": message_id})

    def remove(self, message: OpenedRow) -> None:
        self.execute("remove", {"id": message.id})

    def log(self, what: str, message: OpenedRow, author: Mapping[str, str], became: UUID | None = None) -> int:
        """Record an action, and return its log id. author: `who` and `why`. became: the message id afterwards."""
        entry = {**as_row(message), **author, "what": what, "became": became or message.message_id}
        row = self.fetch_one("log", entry)
        assert row
        return int(row["id"])

    def history(self, message: OpenedRow) -> list[LogRow]:
        return self.fetch_all("history", _key(message), LogRow)

    def keep_original(self, log_id: int, body: bytes) -> None:
        self.execute("keep_original", {"log_id": log_id, "body": self._sealer.seal(body, "parking_original")})

    def original(self, message: OpenedRow) -> bytes | None:
        """The body before the first correction; None if the message was not corrected."""
        row = self.fetch_one("original", _key(message))
        return self._sealer.open(row["body"], "parking_original") if row else None

    def forget_originals(self, message: OpenedRow) -> None:
        self.execute("forget_originals", _key(message))


def _key(message: ParkedRow) -> dict[str, Any]:
    return {"sender": message.sender, "message_id": message.message_id}


def _with_problems(row: dict[str, Any]) -> dict[str, Any]:
    return row | {"problems": tuple(as_stored(problem) for problem in row["problems"])}
