"""The commitments of a house."""

from functools import partial
from operator import attrgetter

from services.aftercare.commitments.messages import CommitmentsQuery, CommitmentView
from services.aftercare.commitments.store import CommitmentStore
from services.aftercare.house import House
from shared.unit import Lookup
from shared.web import Page, check_cursor, page_of


def commitments(house: str, query: CommitmentsQuery, lookup: Lookup[House]) -> Page[CommitmentView]:
    """A page of them, in the order in which they were made. Raises Rejected if the cursor is none of this house."""
    store = lookup.store(CommitmentStore)
    check_cursor(query.cursor, partial(store.commitment, house))
    return page_of(store.commitments(house, query), query.limit, attrgetter("commitment_id"))
