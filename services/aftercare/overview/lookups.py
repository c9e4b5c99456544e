"""The detentions of a house, and one of them in detail."""

from functools import partial
from operator import attrgetter
from uuid import UUID

from services.aftercare.access import SEE_CASE
from services.aftercare.cases.store import CaseStore
from services.aftercare.conversations.messages import ConversationView
from services.aftercare.conversations.store import ConversationStore
from services.aftercare.detentions.rules import UnknownDetention
from services.aftercare.detentions.store import DetentionStore
from services.aftercare.follow_ups.store import FollowUpStore
from services.aftercare.house import House
from services.aftercare.involvement.lookups import involvement
from services.aftercare.overview.messages import (
    MOST_OF_A_CASE,
    AftercareCase,
    DetentionInDetail,
    DetentionsQuery,
    ListedDetention,
)
from services.aftercare.overview.store import OverviewStore
from services.aftercare.plans.rules import standing
from services.aftercare.plans.store import PlanStore
from services.aftercare.preparations.lookups import missing_today
from services.aftercare.stays.messages import StaysQuery
from services.aftercare.stays.store import StayStore
from services.aftercare.trajectories.messages import TrajectoriesQuery
from services.aftercare.trajectories.store import TrajectoryStore
from services.aftercare.wanted_trajectories.store import WantedStore
from shared.aliases.store import AliasStore
from shared.postgres import as_row
from shared.rules import UnknownCase
from shared.unit import Lookup
from shared.web import MOST_ITEMS, Caller, Page, acts_for_house, check_cursor, page_of


def detentions(house: str, query: DetentionsQuery, lookup: Lookup[House]) -> Page[ListedDetention]:
    """A page of detentions, longest ago first. Raises Rejected if the cursor is no detention of this house."""
    check_cursor(query.cursor, partial(lookup.store(DetentionStore).detention, house))
    found = lookup.store(OverviewStore).detentions(house, query, lookup.profile(house).recurrence_years)
    return page_of(found, query.limit, attrgetter("detention_id"))


def detention(house: str, detention_id: UUID, lookup: Lookup[House]) -> DetentionInDetail:
    """Raises UnknownDetention."""
    found = lookup.store(OverviewStore).detention(house, detention_id, lookup.profile(house).recurrence_years)
    if not found:
        raise UnknownDetention
    return _in_detail(found, lookup)


def case(caller: Caller, case_id: UUID, lookup: Lookup[House]) -> AftercareCase:
    """All that aftercare knows of a case, or what a partner may see of it. Raises UnknownCase."""
    if not acts_for_house(caller, SEE_CASE):
        return AftercareCase(case_id=case_id, involvement=involvement(caller, case_id, lookup))
    house = caller.house
    if not lookup.store(CaseStore).is_known(house, case_id):
        raise UnknownCase
    query, years = DetentionsQuery(case_id=case_id, limit=MOST_ITEMS), lookup.profile(house).recurrence_years
    found = lookup.store(OverviewStore).detentions(house, query, years)[-MOST_OF_A_CASE:]
    trajectories = lookup.store(TrajectoryStore).trajectories(
        house, TrajectoriesQuery(case_id=case_id, limit=MOST_ITEMS)
    )
    stays = lookup.store(StayStore).stays(house, StaysQuery(case_id=case_id, limit=MOST_ITEMS))
    return AftercareCase(
        case_id=case_id,
        case_ids=lookup.store(AliasStore).group(case_id),
        detentions=tuple(_in_detail(detention, lookup) for detention in found),
        missing=tuple(missing_today(house, [detention.detention_id for detention in found], lookup)),
        trajectories=tuple(trajectories[-MOST_OF_A_CASE:]),
        stays=tuple(stays[-MOST_OF_A_CASE:]),
        wanted_trajectories=tuple(lookup.store(WantedStore).of_case(house, case_id, MOST_OF_A_CASE)),
    )


def _in_detail(found: ListedDetention, lookup: Lookup[House]) -> DetentionInDetail:
    detention_id = found.detention_id
    plans = lookup.store(PlanStore).plans(detention_id)
    plan = standing(plans)
    return DetentionInDetail(
        **as_row(found),
        version=plan.version if plan else 0,
        release_dates=tuple(lookup.store(DetentionStore).release_dates(detention_id, MOST_ITEMS)),
        notices=tuple(lookup.store(DetentionStore).all_notices(detention_id, MOST_ITEMS)),
        withdrawals=tuple(lookup.store(DetentionStore).withdrawals(detention_id)),
        plan=plan,
        plans=tuple(plans),
        refusals=tuple(lookup.store(PlanStore).refusals(detention_id)),
        follow_ups=tuple(lookup.store(FollowUpStore).follow_ups(detention_id)),
        conversations=tuple(map(ConversationView.of, lookup.store(ConversationStore).conversations(detention_id))),
        conversation_reports=tuple(lookup.store(ConversationStore).reports(detention_id)),
    )
