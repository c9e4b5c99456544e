"""Closings, over HTTP."""

from uuid import UUID

from services.meetings.access import CLOSE_TABLE_CASE
from services.meetings.closings import handlers
from services.meetings.closings.messages import ClosingCorrection
from services.meetings.house import House
from services.meetings.table_cases.messages import Withdrawal
from services.meetings.table_cases.rules import Closing, TableCase
from shared.unit import Unit
from shared.web import Call, command


@command(action=CLOSE_TABLE_CASE, takes=Closing, gives=TableCase)
def close_table_case(call: Call[Closing], unit: Unit[House], table_case_id: UUID) -> TableCase:
    """Close a table case, with its outcome where the table is scored."""
    return handlers.close_table_case(call.house, table_case_id, call.input, call.caller.name, unit)


@command(action=CLOSE_TABLE_CASE, takes=ClosingCorrection, gives=TableCase)
def correct_closing(call: Call[ClosingCorrection], unit: Unit[House], table_case_id: UUID) -> TableCase:
    """Correct the day, the outcome or a reason of a closing."""
    right = call.input
    return handlers.correct_closing(call.house, table_case_id, right.closing, right.because, call.caller.name, unit)


@command(action=CLOSE_TABLE_CASE, takes=Withdrawal, gives=TableCase)
def withdraw_closing(call: Call[Withdrawal], unit: Unit[House], table_case_id: UUID) -> TableCase:
    """Withdraw a closing: the table case is under treatment again."""
    return handlers.withdraw_closing(call.house, table_case_id, call.input.because, call.caller.name, unit)
