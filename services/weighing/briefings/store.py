"""What is on the agenda of the briefings, and what was decided at them."""

from collections.abc import Collection, Sequence
from datetime import date
from pathlib import Path
from typing import Any, NamedTuple
from uuid import UUID

from services.weighing.briefings.messages import HeldBriefing, Progress
from services.weighing.calendar.rules import Briefing, State
from services.weighing.referrals.rules import Referral
from shared.postgres import Store, load_queries
from shared.web import MOST_ITEMS

MOST_DECISIONS = 2000
"""The house's last decisions, in which held briefings are looked for."""


class WaitingFor(NamedTuple):
    """How many referrals have a place on the agenda of that day."""

    on: date
    waiting: int


class FixedItem(NamedTuple):
    """A referral on the agenda as it was fixed, and what became of it at that briefing."""

    referral_id: UUID
    case_id: UUID
    subject_id: UUID
    number: int
    progress: Progress


class BriefingStore(Store):
    queries = load_queries(Path(__file__).with_name("queries.sql"))

    def briefings(self, house: str, sub_region: str, most: int) -> list[WaitingFor]:
        """The first so many."""
        return self.fetch_all("briefings", {"house": house, "sub_region": sub_region, "limit": most}, WaitingFor)

    def held_briefings(self, house: str, sub_region: str, most: int) -> list[HeldBriefing]:
        """The last so many, the latest first."""
        wanted = {"house": house, "sub_region": sub_region, "limit": most, "decisions": MOST_DECISIONS}
        return self.fetch_all("held_briefings", wanted, _held)

    def items_to_move(self, briefing: Briefing) -> list[Referral]:
        """The referrals that come up at a briefing or at an earlier one; locked."""
        place = {"house": briefing.house, "sub_region": briefing.sub_region, "on": briefing.on}
        return self.fetch_all("items_to_move", place, Referral)

    def has_decisions(self, briefing: Briefing) -> bool:
        """Whether the team has decided at this briefing."""
        place = {"house": briefing.house, "sub_region": briefing.sub_region, "on": briefing.on}
        return self.fetch_one("has_decisions", place) is not None

    def keep_items(self, briefing_id: UUID, referrals: Collection[Referral]) -> None:
        """Remember which referrals were on the agenda of a briefing that is cancelled."""
        columns = {name: [getattr(item, name) for item in referrals] for name in ("referral_id", "tabling")}
        self.execute("keep_items", columns | {"briefing_id": briefing_id})

    def items_to_bring_back(self, briefing: Briefing) -> list[Referral]:
        """Those that still wait for a later briefing than the one that was cancelled; locked."""
        wanted = {"briefing_id": briefing.briefing_id, "on": briefing.on}
        return self.fetch_all("items_to_bring_back", wanted, Referral)

    def decided_at(self, briefing: Briefing) -> list[Referral]:
        """The referrals on which the team decided at a briefing, each with that tabling."""
        place = {"house": briefing.house, "sub_region": briefing.sub_region, "on": briefing.on}
        return self.fetch_all("decided_at", place, Referral)

    def fix_agenda(self, briefing_id: UUID, ordered: Collection[Referral]) -> None:
        """Number these; those with a number keep theirs."""
        columns = {name: [getattr(item, name) for item in ordered] for name in ("referral_id", "tabling")}
        self.execute("number_rest", columns | {"briefing_id": briefing_id})

    def put_first(self, briefing_id: UUID, referral_ids: Sequence[UUID]) -> None:
        """Begin the agenda of a briefing anew with these, in their order."""
        self.execute("clear_numbers", {"briefing_id": briefing_id})
        self.execute("number_first", {"briefing_id": briefing_id, "referral_ids": list(referral_ids)})

    def items(self, briefing: Briefing) -> list[FixedItem]:
        """The agenda as it was fixed; empty before."""
        wanted = {"briefing_id": briefing.briefing_id, "on": briefing.on, "limit": MOST_ITEMS}
        return self.fetch_all("items", wanted, _item)


def _held(*, state: str, **columns: Any) -> HeldBriefing:
    return HeldBriefing(state=State(state), **columns)


def _item(*, progress: str, **columns: Any) -> FixedItem:
    return FixedItem(progress=Progress(progress), **columns)
