"""Parked messages and what operators did to them, in a service's database."""

from collections.abc import Mapping
from pathlib import Path
from typing import Any
from uuid import UUID

from psycopg import Connection

from shared.messaging.outcomes import Problem
from shared.messaging.sealing import Sealer
from shared.postgres import Store, load_queries

Row = dict[str, Any]


class ParkingStore(Store):
    """One method per query; `message` is a row that `hold` gave. Bodies are sealed at rest, and opened here."""

    queries = load_queries(Path(__file__).with_name("parking.sql"))

    def __init__(self, connection: Connection[Any], sealer: Sealer) -> None:
        super().__init__(connection)
        self._sealer = sealer

    def parked_messages(self, after: int, limit: int | None) -> list[Row]:
        return [_with_problems(row) for row in self.fetch_all("parked_messages", {"after": after, "limit": limit})]

    def hold(self, id: int) -> Row | None:
        """Raises ValueError when the body was sealed with another key."""
        row = self.fetch_one("hold", {"id": id})
        return row and _with_problems(row) | {"body": self._sealer.open(row["body"], "parked")}

    def correct(self, message: Row, body: bytes, message_id: UUID) -> None:
        sealed = self._sealer.seal(body, "parked")
        self.execute("correct", {"id": message["id"], "body": sealed, "message_id": message_id})

    def remove(self, message: Row) -> None:
        self.execute("remove", message)

    def log(self, what: str, message: Row, by: Mapping[str, str], became: UUID | None = None) -> int:
        """by: who and why. Returns the entry's id."""
        entry = self.fetch_one("log", {**message, **by, "what": what, "became": became or message["message_id"]})
        assert entry
        return int(entry["id"])

    def history(self, message: Row) -> list[Row]:
        return self.fetch_all("history", message)

    def keep_original(self, log_id: int, body: bytes) -> None:
        self.execute("keep_original", {"log_id": log_id, "body": self._sealer.seal(body, "parking_original")})

    def original(self, message: Row) -> bytes | None:
        row = self.fetch_one("original", message)
        return self._sealer.open(row["body"], "parking_original") if row else None

    def forget_originals(self, message: Row) -> None:
        self.execute("forget_originals", message)


def _with_problems(row: Row) -> Row:
    return row | {"problems": [Problem(*problem) for problem in row["problems"]]}
