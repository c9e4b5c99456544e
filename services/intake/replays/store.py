"""Requests for a replay that were refused."""

from pathlib import Path
from uuid import UUID

from services.intake.replays.rules import ReplayRefused
from shared.messaging import Problem
from shared.postgres import Store, load_queries


class RefusedReplayStore(Store):
    queries = load_queries(Path(__file__).with_name("queries.sql"))

    def add_refused_replay(self, house: str, partner: str, message_id: UUID, refused: ReplayRefused) -> None:
        which = {"house": house, "partner": partner, "message_id": message_id}
        self.execute("add_refused_replay", which | {"reason": str(refused), "code": refused.code})

    def refused_replay(self, house: str, partner: str, message_id: UUID) -> Problem | None:
        """What was wrong with the request, if it was refused."""
        row = self.fetch_one("refused_replay", {"house": house, "partner": partner, "message_id": message_id})
        return Problem(ReplayRefused.field, row["reason"], row["code"] or ReplayRefused.code) if row else None
