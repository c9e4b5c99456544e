"""The releases of a house for which nothing was prepared."""

from functools import partial
from operator import attrgetter

from services.aftercare.house import House
from services.aftercare.releases.messages import Breach, BreachesQuery
from services.aftercare.releases.store import ReleaseStore
from shared.unit import Lookup
from shared.web import Page, check_cursor, page_of


def breaches(house: str, query: BreachesQuery, lookup: Lookup[House]) -> Page[Breach]:
    """A page of breaches, longest ago first. Raises Rejected if the cursor is no breach of this house."""
    store = lookup.store(ReleaseStore)
    check_cursor(query.cursor, partial(store.breach, house))
    return page_of(store.breaches(house, query), query.limit, attrgetter("release_id"))
