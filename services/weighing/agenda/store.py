"""The agenda of each briefing, read from the referrals."""

from pathlib import Path
from typing import NamedTuple
from uuid import UUID

from services.weighing.agenda.messages import AgendaQuery
from services.weighing.referrals.rules import Referral
from shared.postgres import Store, load_queries


class WaitingReferrals(NamedTuple):
    """How many referrals of a sub-region wait for a decision."""

    house: str
    sub_region: str
    waiting: int


class AgendaStore(Store):
    queries = load_queries(Path(__file__).with_name("queries.sql"))

    def agenda(self, house: str, query: AgendaQuery) -> list[Referral]:
        """All that is on it, in any order, and the referral before the page."""
        wanted = {"house": house, "sub_region": query.sub_region, "on": query.on, "after": query.cursor}
        return self.fetch_all("agenda", wanted, Referral)

    def numbers(self, house: str, query: AgendaQuery) -> dict[UUID, int]:
        """By referral, as the agenda was fixed; empty before."""
        rows = self.fetch_all("numbers", {"house": house, "sub_region": query.sub_region, "on": query.on})
        return {row["referral_id"]: row["number"] for row in rows}

    def referrals_of_case(self, house: str, case_id: UUID, most: int) -> list[Referral]:
        """The newest first."""
        return self.fetch_all("referrals_of_case", {"house": house, "case_id": case_id, "limit": most}, Referral)

    def waiting(self) -> list[WaitingReferrals]:
        """The sub-regions of all houses in which a referral waits."""
        return self.fetch_all("waiting", None, WaitingReferrals)
