"""Answers to commands, stored with their idempotency keys for callers that repeat a command."""

from collections.abc import Mapping
from pathlib import Path
from typing import Any, NamedTuple
from uuid import UUID

from psycopg import Connection
from psycopg.types.json import Jsonb

from shared.messaging.sealing import Sealer
from shared.postgres import Store, load_queries

PLACE = "commands"


class CommandKey(NamedTuple):
    """An idempotency key. Keys are unique per caller and house."""

    house: str
    caller: str
    key: UUID


class KeptAnswer(NamedTuple):
    """A stored answer. is_same: whether it was given to the same command."""

    is_same: bool
    status: int
    headers: Mapping[str, str]
    body: bytes


class CommandStore(Store):
    """One method per query. Bodies are sealed when written and opened when read."""

    queries = load_queries(Path(__file__).with_name("commands.sql"))

    def __init__(self, connection: Connection[Any], sealer: Sealer) -> None:
        super().__init__(connection)
        self._sealer = sealer

    def enter(self, key: CommandKey, content: bytes) -> bool:
        """Enter a key. Returns whether it is new. Waits if another transaction has entered the same key.

        content: what makes two commands the same.
        """
        fingerprint = self._sealer.fingerprint(content, PLACE)
        return self.fetch_one("enter", {**key._asdict(), "fingerprint": fingerprint}) is not None

    def kept(self, key: CommandKey, content: bytes) -> KeptAnswer | None:
        """The stored answer; None if it has just been purged."""
        row = self.fetch_one("kept", key._asdict())
        if row is None:
            return None
        is_same = self._sealer.is_of(row.pop("fingerprint"), content, PLACE)
        return KeptAnswer(**row | {"body": self._sealer.open(row["body"], PLACE), "is_same": is_same})

    def keep(self, key: CommandKey, *, status: int, headers: Mapping[str, str], body: bytes) -> None:
        answer = {"status": status, "headers": Jsonb(dict(headers)), "body": self._sealer.seal(body, PLACE)}
        self.execute("keep", key._asdict() | answer)

    def purge(self, *, days: int, limit: int) -> None:
        """Delete answers older than this many days, the oldest `limit` of them."""
        self.execute("purge", {"days": days, "limit": limit})
