"""What was answered to commands, kept with their keys for callers that lost it."""

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
    """A key counts for one caller of one house."""

    house: str
    caller: str
    key: UUID


class KeptAnswer(NamedTuple):
    """fingerprint: of the command that it answers."""

    fingerprint: bytes
    status: int
    headers: Mapping[str, str]
    body: bytes


class CommandStore(Store):
    """One method per query; bodies are sealed on the way in and opened on the way out."""

    queries = load_queries(Path(__file__).with_name("commands.sql"))

    def __init__(self, connection: Connection[Any], sealer: Sealer) -> None:
        super().__init__(connection)
        self._sealer = sealer

    def enter(self, key: CommandKey, fingerprint: bytes) -> bool:
        """Whether it was not there. Of two at the same moment, the second waits for the end of the first."""
        return self.fetch_one("enter", {**key._asdict(), "fingerprint": fingerprint}) is not None

    def kept(self, key: CommandKey) -> KeptAnswer | None:
        """None when it was purged a moment ago."""
        row = self.fetch_one("kept", key._asdict())
        return KeptAnswer(**row | {"body": self._sealer.open(row["body"], PLACE)}) if row else None

    def keep(self, key: CommandKey, *, status: int, headers: Mapping[str, str], body: bytes) -> None:
        answer = {"status": status, "headers": Jsonb(dict(headers)), "body": self._sealer.seal(body, PLACE)}
        self.execute("keep", key._asdict() | answer)

    def purge(self, *, days: int, limit: int) -> None:
        self.execute("purge", {"days": days, "limit": limit})
