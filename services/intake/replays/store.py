"""Requests for a replay that were refused."""

from pathlib import Path
from uuid import UUID

from shared.postgres import Store, load_queries


class RefusedReplayStore(Store):
    queries = load_queries(Path(__file__).with_name("queries.sql"))

    def add_refused_replay(self, house: str, partner: str, message_id: UUID, reason: str) -> None:
        which = {"house": house, "partner": partner, "message_id": message_id}
        self.execute("add_refused_replay", which | {"reason": reason})

    def refused_replay(self, house: str, partner: str, message_id: UUID) -> str | None:
        """The reason that the request got, if it was refused."""
        row = self.fetch_one("refused_replay", {"house": house, "partner": partner, "message_id": message_id})
        return row["reason"] if row else None
