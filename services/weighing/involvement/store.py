"""The referrals of a case in which a partner is involved."""

from datetime import date
from pathlib import Path
from typing import Any
from uuid import UUID

from services.weighing.follow_ups.rules import State
from services.weighing.involvement.messages import MOST_OF_A_RELATION, AskedCase, OwnedFollowUp, ReferredCase
from shared.postgres import Row, Store, load_queries


class InvolvementStore(Store):
    """since: a referral of which the last decision is older shows no more, nor a follow-up reported before it."""

    queries = load_queries(Path(__file__).with_name("queries.sql"))

    def referred(self, house: str, case_id: UUID, partner: str, since: date) -> list[ReferredCase]:
        return self.fetch_all("referred", _wanted(house, case_id, partner, since), ReferredCase)

    def asked(self, house: str, case_id: UUID, partner: str, since: date) -> list[AskedCase]:
        return self.fetch_all("asked", _wanted(house, case_id, partner, since), _asked)

    def owns(self, house: str, case_id: UUID, partner: str, since: date) -> list[OwnedFollowUp]:
        return self.fetch_all("owns", _wanted(house, case_id, partner, since), _owned)


def _owned(*, life_domains: list[str], state: str, **columns: Any) -> OwnedFollowUp:
    return OwnedFollowUp(**columns, life_domains=tuple(life_domains), state=State(state))


def _wanted(house: str, case_id: UUID, partner: str, since: date) -> Row:
    return {"house": house, "case_id": case_id, "partner": partner, "since": since, "limit": MOST_OF_A_RELATION}


def _asked(*, involved: list[str] | None, **columns: Any) -> AskedCase:
    return AskedCase(**columns, involved=None if involved is None else tuple(involved))
