"""How a table case ends: once, with its outcome where the table is scored."""

from dataclasses import replace
from datetime import date

from services.meetings.house import House
from services.meetings.table_cases.rules import Closing, TableCase, require_running
from shared.rules import BrokenRule


class NotScored(BrokenRule):
    field = "outcome"
    reason = "is required: a case of this table is scored at closing"


class RanOnWithoutReason(BrokenRule):
    field = "runningOnReason"
    reason = "is required: the case ran on after the last monitoring moment of its plan"


def close(table_case: TableCase, closing: Closing, last_moment_on: date | None, house: House) -> TableCase:
    """The closed table case; the same closing again gives the same answer.

    last_moment_on: the day of the last monitoring moment, on which a case with a plan should close.
    """
    if table_case.closing == closing:
        return table_case
    require_running(table_case, closing.closed_on, "closedOn")
    if house.tables[table_case.table].scored and not closing.outcome:
        raise NotScored
    if last_moment_on and closing.closed_on > last_moment_on and not closing.running_on_reason:
        raise RanOnWithoutReason
    return replace(table_case, closing=closing)
