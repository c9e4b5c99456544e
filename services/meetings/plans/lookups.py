"""The monitoring moments of a house that wait for their answer."""

from functools import partial
from operator import attrgetter

from services.meetings.house import House
from services.meetings.plans.messages import DueMoment, DueMomentsQuery
from services.meetings.plans.store import PlanStore
from shared.unit import Lookup
from shared.web import Page, check_cursor, page_of


def due_moments(house: str, query: DueMomentsQuery, lookup: Lookup[House]) -> Page[DueMoment]:
    """A page of them, longest due first. Raises Rejected if the cursor is no monitoring moment of this house."""
    store = lookup.store(PlanStore)
    check_cursor(query.cursor, partial(store.is_moment, house))
    return page_of(store.due_moments(house, query), query.limit, attrgetter("moment_id"))
