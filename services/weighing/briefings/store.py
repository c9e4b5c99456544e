"""What is on the agenda of the briefings, and what was decided at them."""

from collections.abc import Collection
from datetime import date
from pathlib import Path
from typing import NamedTuple
from uuid import UUID

from services.weighing.briefings.messages import HeldBriefing
from services.weighing.calendar.rules import Briefing
from services.weighing.referrals.rules import Referral
from shared.postgres import Store, load_queries

MOST_DECISIONS = 2000
"""The house's last decisions, in which held briefings are looked for."""


class WaitingFor(NamedTuple):
    """How many referrals have a place on the agenda of that day."""

    on: date
    waiting: int


class BriefingStore(Store):
    queries = load_queries(Path(__file__).with_name("queries.sql"))

    def briefings(self, house: str, sub_region: str, most: int) -> list[WaitingFor]:
        """The first so many."""
        return self.fetch_all("briefings", {"house": house, "sub_region": sub_region, "limit": most}, WaitingFor)

    def held_briefings(self, house: str, sub_region: str, most: int) -> list[HeldBriefing]:
        """The last so many, the latest first."""
        wanted = {"house": house, "sub_region": sub_region, "limit": most, "decisions": MOST_DECISIONS}
        return self.fetch_all("held_briefings", wanted, HeldBriefing)

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
