"""Referrals that were held back, and what people said of them."""

from pathlib import Path
from typing import Any, NamedTuple
from uuid import UUID

from services.intake.pre_sorting.messages import MOST_LISTED, HeldBack
from services.intake.referrals.circumstances import text_ids
from shared.postgres import Store, load_queries


class Said(NamedTuple):
    """What was said of a referral. worrying: None if nobody has said anything."""

    case_id: UUID
    worrying: bool | None
    version: int


class PreSortingStore(Store):
    queries = load_queries(Path(__file__).with_name("queries.sql"))

    def said(self, house: str, referral_id: UUID) -> Said | None:
        """Locked. None if the referral was not held back, or is withdrawn."""
        return self.fetch_one("said", {"house": house, "referral_id": referral_id}, Said)

    def say_not_worrying(self, referral_id: UUID, by: str, because_text: UUID | None) -> None:
        said = {"referral_id": referral_id, "by": by, "because_text": because_text}
        self.execute("say_not_worrying", said)

    def waiting(self, house: str) -> list[HeldBack]:
        """The oldest first."""
        return self._listed("waiting", house)

    def not_worrying(self, house: str) -> list[HeldBack]:
        """Said last first."""
        return self._listed("not_worrying", house)

    def _listed(self, query: str, house: str) -> list[HeldBack]:
        wanted: dict[str, Any] = {"house": house, "limit": MOST_LISTED}
        return self.fetch_all(query, wanted, _held_back)


def _held_back(*, referral_id: UUID, **columns: Any) -> HeldBack:
    return HeldBack(referral_id=referral_id, contribution_ids=tuple(text_ids(referral_id)), **columns)
