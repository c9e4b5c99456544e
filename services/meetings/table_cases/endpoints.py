"""The table cases of a house, over HTTP."""

from services.meetings.access import SEE_TABLE_CASES
from services.meetings.house import House
from services.meetings.table_cases import lookups
from services.meetings.table_cases.messages import Repeat, TableCasesQuery
from services.meetings.table_cases.rules import TableCase
from shared.unit import Lookup
from shared.web import Call, Page, PageQuery, lookup


@lookup(action=SEE_TABLE_CASES, query=TableCasesQuery, gives=TableCase, paged=True)
def table_cases(call: Call[TableCasesQuery], unit: Lookup[House]) -> Page[TableCase]:
    """Table cases, oldest first."""
    return lookups.table_cases(call.house, call.input, unit)


@lookup(action=SEE_TABLE_CASES, query=PageQuery, gives=Repeat, paged=True)
def repeats(call: Call[PageQuery], unit: Lookup[House]) -> Page[Repeat]:
    """Referrals on subjects of running table cases, weighed since the standing plan or else the opening."""
    return lookups.repeats(call.house, call.input, unit)
