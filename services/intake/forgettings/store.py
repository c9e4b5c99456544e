"""Requests that somebody is forgotten, and whether a case of somebody runs."""

from collections.abc import Sequence
from datetime import datetime
from pathlib import Path
from uuid import UUID

from services.intake.forgettings.messages import MOST_LISTED, DecidedForgetting, WaitingForgetting
from services.intake.forgettings.rules import Forgetting, ForgettingDecision
from services.intake.openings.rules import Opening
from shared.postgres import Store, load_queries


class ForgettingRequestStore(Store):
    queries = load_queries(Path(__file__).with_name("queries.sql"))

    def add(self, forgetting: Forgetting) -> None:
        """Nothing if it was asked already."""
        self.execute("add", forgetting._asdict())

    def asked(self, house: str, id: UUID) -> Forgetting | None:
        """What waits for a second person, locked. id: of the subject or of the request."""
        return self.fetch_one("asked", {"house": house, "id": id}, Forgetting)

    def decide(self, forgetting_id: UUID, decision: ForgettingDecision, by: str, at: datetime) -> None:
        self.execute("decide", {"forgetting_id": forgetting_id, "decision": decision, "by": by, "at": at})

    def waiting(self, house: str) -> list[WaitingForgetting]:
        return self.fetch_all("waiting", {"house": house, "limit": MOST_LISTED}, WaitingForgetting)

    def to_confirm(self, house: str, by: str) -> list[WaitingForgetting]:
        """Those that wait for this person: somebody else asked for them."""
        return self.fetch_all("to_confirm", {"house": house, "by": by, "limit": MOST_LISTED}, WaitingForgetting)

    def decided(self, house: str) -> list[DecidedForgetting]:
        return self.fetch_all("decided", {"house": house, "limit": MOST_LISTED}, DecidedForgetting)

    def openings(self, subject_ids: Sequence[UUID]) -> list[Opening]:
        """Of these records, and of the families and groups of which they are members."""
        return self.fetch_all("openings", {"subject_ids": list(subject_ids)}, Opening)

    def in_doubt(self, subject_ids: Sequence[UUID]) -> bool:
        """Whether a referral that was set aside may be about one of these records."""
        row = self.fetch_one("in_doubt", {"subject_ids": list(subject_ids)})
        return bool(row and row["in_doubt"])
