"""Closings, over HTTP."""

from uuid import UUID

from services.meetings.access import CLOSE_TABLE_CASE
from services.meetings.closings import handlers
from services.meetings.house import House
from services.meetings.table_cases.rules import Closing, TableCase
from shared.unit import Unit
from shared.web import Call, command


@command(action=CLOSE_TABLE_CASE, takes=Closing, gives=TableCase)
def close_table_case(call: Call[Closing], unit: Unit[House], table_case_id: UUID) -> TableCase:
    """Close a table case, with its outcome where the table is scored."""
    return handlers.close_table_case(call.house, table_case_id, call.input, unit)
