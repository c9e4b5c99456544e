"""Who has agreed to do what, and what came of it."""

from functools import partial
from operator import attrgetter
from uuid import UUID

from services.weighing.access import SEE_FOLLOW_UPS
from services.weighing.follow_ups.messages import FollowUpsQuery, FollowUpView, OpenFollowUps
from services.weighing.follow_ups.store import FollowUpStore
from services.weighing.house import House
from shared.unit import Lookup
from shared.web import Caller, Page, acts_for_house, check_cursor, page_of


def follow_ups(caller: Caller, query: FollowUpsQuery, lookup: Lookup[House]) -> Page[FollowUpView]:
    """A page of those of the house, or of those of the caller's organisation. Raises Rejected if the cursor is none."""
    store = lookup.store(FollowUpStore)
    check_cursor(query.cursor, partial(store.referral_of, caller.house))
    owner = query.owner if acts_for_house(caller, SEE_FOLLOW_UPS) else caller.organisation
    return page_of(store.follow_ups(caller.house, owner, query), query.limit, attrgetter("follow_up_id"))


def open_of_person(house: str, case_id: UUID, lookup: Lookup[House]) -> OpenFollowUps:
    """Who has yet to do something for the person of the case."""
    return OpenFollowUps(items=tuple(lookup.store(FollowUpStore).open_of_person(house, case_id)))
