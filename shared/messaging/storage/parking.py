"""The tables of parked messages and of operators' actions on them."""

from collections.abc import Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any, NamedTuple
from uuid import UUID

from psycopg import Connection, Cursor

from shared.messaging.outcomes import Problem, as_stored
from shared.messaging.sealing import Sealer
from shared.postgres import Row, Store, as_row, load_queries

SHOWN_IN_LIST, SHOWN_OF_ONE = 5, 100
"""How many of a message's problems are read: with other messages, and with the message alone."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ParkedRow:
    """A parked message without its body. kind: `rejected`, `unexpected` or `exhausted`.

    house: empty if unknown. reason: the code of the first problem. answered: whether the sender was told the problems.
    problems: the first of `problem_count`.
    """

    id: int
    queue: str
    sender: str
    message_id: UUID
    kind: str
    house: str
    reason: str
    answered: bool
    problems: tuple[Problem, ...]
    problem_count: int
    parked_at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Selection:
    """Which parked messages are meant: answered or not, and where a value is given, with this value."""

    answered: bool = False
    house: str | None = None
    sender: str | None = None
    kind: str | None = None
    reason: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Group:
    """The parked messages of a house and sender that have the same kind and reason. newest: the highest number."""

    house: str
    sender: str
    kind: str
    reason: str
    messages: int
    oldest_at: datetime
    newest_at: datetime
    newest: int


@dataclass(frozen=True, slots=True, kw_only=True)
class RefusalsBefore:
    """Refused messages of a sender that were kept for their time and deleted. last_at: when the last was parked."""

    house: str
    sender: str
    reason: str
    messages: int
    last_at: datetime


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

    def parked_messages(self, selection: Selection, before: int, limit: int) -> list[ParkedRow]:
        """The newest messages of a selection with a number below `before`."""
        page = self._by_index("page_ids", as_row(selection) | {"before": before, "limit": limit})
        parameters = {"ids": [row["id"] for row in page], "most": SHOWN_IN_LIST}
        return [ParkedRow(**_with_problems(row)) for row in self.fetch_all("parked_messages", parameters)]

    def groups(self, selection: Selection, limit: int) -> list[Group]:
        """The groups of a state, of one house or of all."""
        return [Group(**row) for row in self._by_index("parked_groups", as_row(selection) | {"limit": limit})]

    def refusals_before(self, house: str | None, limit: int) -> list[RefusalsBefore]:
        return self.fetch_all("refusals_before", {"house": house, "limit": limit}, RefusalsBefore)

    def group_houses(self, group: Selection, *, after: int, newest: int, limit: int) -> dict[int, str]:
        """The house of each of a group's messages, by its number, above `after` up to `newest`, oldest first."""
        parameters = as_row(group) | {"after": after, "newest": newest, "limit": limit}
        return {row["id"]: row["house"] for row in self._by_index("group_houses", parameters)}

    def hold(self, id: int) -> OpenedRow | None:
        """Read and lock a parked message. Raises ValueError if its body was sealed with another key."""
        row = self.fetch_one("hold", {"id": id, "most": SHOWN_OF_ONE})
        return None if row is None else self._opened(row)

    def hold_all(self, ids: Sequence[int]) -> Iterator[OpenedRow]:
        """Read and lock messages, without problems. Leaves out those that are in use or sealed with another key."""
        for row in self.fetch_all("hold_all", {"ids": list(ids)}):
            with suppress(ValueError):
                yield self._opened(row)

    def discard(self, ids: Sequence[int], author: Mapping[str, str]) -> None:
        """Delete messages and all their bodies. author: `who` and `why`."""
        self.execute("discard", {"ids": list(ids), **author})

    def correct(self, message: OpenedRow, body: bytes, message_id: UUID, house: str) -> None:
        sealed = self._sealer.seal(body, "parked")
        self.execute("correct", {"id": message.id, "body": sealed, "message_id": message_id, "house": house})

    def remove(self, message: OpenedRow) -> None:
        self.execute("remove", {"id": message.id})

    def log(self, what: str, message: OpenedRow, author: Mapping[str, str], became: UUID | None = None) -> Cursor[Row]:
        """Record an action; the result has its log id. author: `who` and `why`. became: the message id afterwards."""
        return self.ask("log", {**as_row(message), **author, "what": what, "became": became or message.message_id})

    def history(self, message: OpenedRow) -> list[LogRow]:
        return self.fetch_all("history", _key(message), LogRow)

    def keep_original(self, logged: Cursor[Row], body: bytes) -> None:
        """logged: the result of the correction's `log`."""
        [log_id] = [row["id"] for row in logged]
        self.execute("keep_original", {"log_id": log_id, "body": self._sealer.seal(body, "parking_original")})

    def original(self, message: OpenedRow) -> bytes | None:
        """The body before the first correction; None if the message was not corrected."""
        row = self.fetch_one("original", _key(message))
        return self._sealer.open(row["body"], "parking_original") if row else None

    def _by_index(self, query: str, parameters: Mapping[str, Any]) -> list[Row]:
        """The rows of a query that an index answers: `parked_by_state`, or `parked_in_group` for a group."""
        self.execute("by_index", {"others": "off"})
        rows = self.fetch_all(query, parameters, prepare=False)
        self.execute("by_index", {"others": "on"})
        return rows

    def _opened(self, row: Row) -> OpenedRow:
        return OpenedRow(**_with_problems(row) | {"body": self._sealer.open(row["body"], "parked")})


def _key(message: ParkedRow) -> dict[str, Any]:
    return {"sender": message.sender, "message_id": message.message_id}


def _with_problems(row: dict[str, Any]) -> dict[str, Any]:
    return row | {"problems": tuple(as_stored(problem) for problem in row["problems"])}
