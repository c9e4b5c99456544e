"""The table cases of a house, over HTTP."""

from services.meetings.access import SEE_TABLE_CASES
from services.meetings.house import House
from services.meetings.table_cases import lookups
from services.meetings.table_cases.messages import TableCasesQuery
from services.meetings.table_cases.rules import TableCase
from shared.unit import Lookup
from shared.web import Call, Page, lookup


@lookup(action=SEE_TABLE_CASES, query=TableCasesQuery, gives=TableCase, paged=True)
def table_cases(call: Call[TableCasesQuery], unit: Lookup[House]) -> Page[TableCase]:
    """Table cases, oldest first."""
    return lookups.table_cases(call.house, call.input, unit)
