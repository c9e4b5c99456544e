"""One table case, over HTTP."""

from uuid import UUID

from services.meetings.access import SEE_CASE, SEE_TABLE_CASES
from services.meetings.house import House
from services.meetings.overview import lookups
from services.meetings.overview.messages import MeetingsCase, TableCaseInDetail
from shared.unit import Lookup
from shared.web import Call, lookup


@lookup(action=SEE_TABLE_CASES, gives=TableCaseInDetail)
def table_case(call: Call[None], unit: Lookup[House], table_case_id: UUID) -> TableCaseInDetail:
    """One table case, with all that happened to it."""
    return lookups.table_case(call.house, table_case_id, unit)


@lookup(action=SEE_CASE, gives=MeetingsCase)
def case(call: Call[None], unit: Lookup[House], case_id: UUID) -> MeetingsCase:
    """What meetings knows of one case: its table cases, each with sessions, plans, moments and closing."""
    return lookups.case(call.caller, case_id, unit)
