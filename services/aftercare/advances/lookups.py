"""The advances of a house."""

from datetime import date
from functools import partial
from operator import attrgetter

from services.aftercare.advances.messages import AdvancesQuery, AdvanceView
from services.aftercare.advances.rules import OutstandingAdvance, overdue
from services.aftercare.advances.store import AdvanceStore
from services.aftercare.house import House
from shared.postgres import as_row
from shared.unit import Lookup
from shared.web import Page, check_cursor, page_of


def advances(house: str, query: AdvancesQuery, lookup: Lookup[House]) -> Page[AdvanceView]:
    """A page of them, in the order of lending. Raises Rejected if the cursor is no advance of this house."""
    store = lookup.store(AdvanceStore)
    check_cursor(query.cursor, partial(store.advance, house))
    found = [_view(advance, query.on) for advance in store.advances(house, query)]
    return page_of(found, query.limit, attrgetter("advance_id"))


def _view(advance: OutstandingAdvance, on: date) -> AdvanceView:
    return AdvanceView(**as_row(advance), overdue=overdue(advance.instalments, advance.outstanding, on))
