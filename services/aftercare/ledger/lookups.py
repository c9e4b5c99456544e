"""The entries of a house's funds."""

from functools import partial
from operator import attrgetter

from services.aftercare.house import House
from services.aftercare.ledger.messages import EntriesQuery, ListedEntry
from services.aftercare.ledger.store import LedgerStore
from shared.unit import Lookup
from shared.web import Page, check_cursor, page_of


def ledger_entries(house: str, query: EntriesQuery, lookup: Lookup[House]) -> Page[ListedEntry]:
    """A page of them, in the order of booking. Raises Rejected if the cursor is no entry of this house."""
    store = lookup.store(LedgerStore)
    check_cursor(query.cursor, partial(store.listed_entry, house))
    return page_of(store.entries(house, query), query.limit, attrgetter("entry_id"))
