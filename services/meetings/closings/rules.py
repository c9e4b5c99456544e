"""How a table case ends: once, with its outcome where the table is scored."""

from dataclasses import replace
from datetime import date

from services.meetings.house import House, Table
from services.meetings.table_cases.rules import Closing, Outcome, TableCase, require_running
from shared.rules import BrokenRule


class NotScored(BrokenRule):
    field = "outcome"
    reason = "is required: a case of this table is scored at closing"


class RanOnWithoutReason(BrokenRule):
    field = "runningOnReason"
    reason = "is required: the case ran on after the last monitoring moment of its plan"


class UnknownQuestion(BrokenRule):
    reason = "is no outcome question of this table"


def close(table_case: TableCase, closing: Closing, last_moment_on: date | None, house: House) -> TableCase:
    """The closed table case; the same closing again gives the same answer.

    last_moment_on: the day of the last monitoring moment, on which a case with a plan should close.
    """
    if table_case.closing == closing:
        return table_case
    require_running(table_case, closing.closed_on, "closedOn")
    _check_outcome(closing.outcome, house.tables[table_case.table])
    if last_moment_on and closing.closed_on > last_moment_on and not closing.running_on_reason:
        raise RanOnWithoutReason
    return replace(table_case, closing=closing)


def _check_outcome(outcome: Outcome | None, table: Table) -> None:
    """Raises unless each question of the table is answered, and no other."""
    answered = set(outcome or ())
    if unanswered := sorted(table.scored_on - answered):
        raise NotScored(_path(unanswered[0]) if answered else None)
    if unknown := sorted(answered - table.scored_on):
        raise UnknownQuestion(_path(unknown[0]))


def _path(question: str) -> str:
    """Where the answer to a question stands in a closing: `outcome.progressMade`."""
    first, *rest = question.split("_")
    return f"outcome.{first}{''.join(map(str.capitalize, rest))}"
