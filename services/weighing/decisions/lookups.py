"""What the team decided at a briefing, and what criteria suggest before it decides."""

from collections import defaultdict
from collections.abc import Collection
from datetime import date
from functools import partial
from operator import attrgetter
from uuid import UUID

from services.weighing.criteria.rules import criteria_met
from services.weighing.decisions.checks import unknown_criteria
from services.weighing.decisions.consequences import lacks_follow_up
from services.weighing.decisions.messages import (
    BriefingDecisionsQuery,
    DecidedReferral,
    FoundCriteria,
    Suggestion,
    decided_referral,
)
from services.weighing.decisions.rules import TakenBack
from services.weighing.decisions.store import DecisionStore
from services.weighing.house import House
from services.weighing.referrals.store import ReferralStore
from shared.messaging import Rejected, problem_of
from shared.unit import Lookup
from shared.web import Page, check_cursor, page_of


def decisions_of_briefing(
    house: str, briefing_on: date, query: BriefingDecisionsQuery, lookup: Lookup[House]
) -> Page[DecidedReferral]:
    """A page of them. Raises Rejected if the cursor is no referral of this house."""
    check_cursor(query.cursor, partial(lookup.store(ReferralStore).referral, house))
    store = lookup.store(DecisionStore)
    found = store.decisions_of_briefing(house, briefing_on, query)
    wrong = defaultdict[UUID, list[TakenBack]](list)
    for subject_id, taken_back in store.taken_back(house, {referral.subject_id for referral, _ in found}):
        wrong[subject_id].append(taken_back)
    decided = [decided_referral(referral, recorded, wrong[referral.subject_id]) for referral, recorded in found]
    return page_of(decided, query.limit, attrgetter("decision.referral_id"))


def lacking_follow_up(house: str, on: date, referral_ids: Collection[UUID], lookup: Lookup[House]) -> set[UUID]:
    """Those of these whose decision at a briefing lacks its follow-up."""
    recorded = lookup.store(DecisionStore).decisions_at(house, on, referral_ids)
    return {id for id, each in recorded.items() if lacks_follow_up(each.decision, lookup.profile(house))}


def suggestion(house: str, found: FoundCriteria, lookup: Lookup[House]) -> Suggestion:
    """Raises Rejected with each criterion that the house does not know."""
    if unknown := list(unknown_criteria(found.criteria, lookup.profile(house))):
        raise Rejected(*map(problem_of, unknown))
    return Suggestion(criteria_met=criteria_met(found.criteria))
