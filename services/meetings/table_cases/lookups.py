"""The table cases of a house."""

from functools import partial
from operator import attrgetter

from services.meetings.house import House
from services.meetings.table_cases.messages import Repeat, TableCasesQuery
from services.meetings.table_cases.rules import TableCase
from services.meetings.table_cases.store import TableCaseStore
from shared.unit import Lookup
from shared.web import Page, PageQuery, check_cursor, page_of


def table_cases(house: str, query: TableCasesQuery, lookup: Lookup[House]) -> Page[TableCase]:
    """A page of them, oldest first. Raises Rejected if the cursor is no table case of this house."""
    store = lookup.store(TableCaseStore)
    check_cursor(query.cursor, partial(store.table_case, house))
    return page_of(store.table_cases(house, query), query.limit, attrgetter("table_case_id"))


def repeats(house: str, query: PageQuery, lookup: Lookup[House]) -> Page[Repeat]:
    """A page of them, oldest first. Raises Rejected if the cursor is no repeat of this house."""
    store = lookup.store(TableCaseStore)
    check_cursor(query.cursor, partial(store.is_repeat, house))
    return page_of(store.repeats(house, query), query.limit, attrgetter("repeat_id"))
