"""How a table case ends: once, after a session and a plan, with its outcome where the table is scored."""

from collections.abc import Collection
from dataclasses import dataclass, replace
from datetime import date

from services.meetings.house import House, Table
from services.meetings.table_cases.rules import Closing, Outcome, TableCase, require_running
from shared.rules import BrokenRule, Contradiction


class NotScored(BrokenRule):
    field = "outcome"
    reason = "is required: a case of this table is scored at closing"


class ScoredWithoutPlan(BrokenRule):
    field = "outcome"
    reason = "is not scored: no plan stands, so there is no outcome of a plan"


class NoSessionHeld(BrokenRule):
    field = "withoutPlanBecause"
    reason = "is required: no session of this table case was held by that day"


class NoPlanStands(BrokenRule):
    field = "withoutPlanBecause"
    reason = "is required: no plan of this table case stands"


class RanOnWithoutReason(BrokenRule):
    field = "runningOnReason"
    reason = "is required: the case ran on after its last monitoring moment"


class UnknownQuestion(BrokenRule):
    reason = "is no outcome question of this table"


class NotClosed(Contradiction):
    field = "tableCaseId"
    reason = "is not closed"


class SeatTaken(Contradiction):
    field = "tableCaseId"
    reason = "stays closed: another table case of the same subject runs at this table"


@dataclass(frozen=True, slots=True, kw_only=True)
class Treatment:
    """What was done for a table case by the day of its closing.

    last_moment_on: the day of the last monitoring moment, on which a case with a plan should close.
    """

    session_held: bool
    plan_stands: bool
    last_moment_on: date | None = None


def close(table_case: TableCase, closing: Closing, treatment: Treatment, house: House) -> TableCase:
    """The closed table case; the same closing again gives the same answer."""
    if table_case.closing == closing:
        return table_case
    require_running(table_case, closing.closed_on, "closedOn")
    _check_treatment(closing, treatment)
    if treatment.plan_stands:
        _check_outcome(closing.outcome, house.tables[table_case.table])
    last = treatment.last_moment_on
    if last and closing.closed_on > last and not closing.running_on_reason:
        raise RanOnWithoutReason
    return replace(table_case, closing=closing)


def correct(table_case: TableCase, right: Closing, treatment: Treatment, house: House) -> TableCase:
    """The table case with the right closing; it keeps the same rules as the first."""
    if not table_case.closing:
        raise NotClosed
    if table_case.closing == right:
        return table_case
    return close(replace(table_case, closing=None), right, treatment, house)


def reopen(table_case: TableCase, running: Collection[str]) -> TableCase:
    """The table case under treatment again. running: the tables at which the person has a running table case."""
    if not table_case.closing:
        return table_case
    if table_case.table in running:
        raise SeatTaken
    return replace(table_case, closing=None)


def _check_treatment(closing: Closing, treatment: Treatment) -> None:
    """Raises unless a session was held and a plan stands, or it is said why not."""
    if closing.outcome and not treatment.plan_stands:
        raise ScoredWithoutPlan
    if closing.without_plan_because:
        return
    if not treatment.session_held:
        raise NoSessionHeld
    if not treatment.plan_stands:
        raise NoPlanStands


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
