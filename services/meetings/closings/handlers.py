"""The process director closes a table case, and takes a slip in a closing back."""

from datetime import date
from uuid import UUID

from services.meetings import metrics
from services.meetings.closings import rules
from services.meetings.closings.messages import ClosingCorrected, ClosingWithdrawn, TableCaseClosed
from services.meetings.closings.rules import Treatment
from services.meetings.closings.store import ClosingStore
from services.meetings.house import House
from services.meetings.plans.store import PlanStore
from services.meetings.sessions.store import SessionStore
from services.meetings.table_cases.handlers import running_of_person
from services.meetings.table_cases.rules import Closing, TableCase
from services.meetings.table_cases.store import TableCaseStore
from shared.unit import Unit


def close_table_case(house: str, table_case_id: UUID, closing: Closing, by: str, unit: Unit[House]) -> TableCase:
    """Record the closing. The same closing again changes nothing."""
    table_case = unit.store(TableCaseStore).table_case_to_change(house, table_case_id)
    treatment = _treatment(table_case_id, closing.closed_on, unit)
    closed = rules.close(table_case, closing, treatment, unit.profile(house))
    if closed is table_case:
        return closed
    unit.store(ClosingStore).close_table_case(table_case, closing, by)
    message = TableCaseClosed(
        table_case_id=table_case_id, table=closed.table, closed_on=closing.closed_on, outcome=closing.outcome
    )
    unit.announce_on(closing.closed_on, message, closed)
    metrics.CLOSED.labels(house, closed.table).inc()
    return closed


def correct_closing(
    house: str, table_case_id: UUID, right: Closing, because: str, by: str, unit: Unit[House]
) -> TableCase:
    """Record the right closing in place of the one that was recorded."""
    table_case = unit.store(TableCaseStore).table_case_to_change(house, table_case_id)
    treatment = _treatment(table_case_id, right.closed_on, unit)
    corrected = rules.correct(table_case, right, treatment, unit.profile(house))
    if corrected is table_case:
        return corrected
    unit.store(ClosingStore).supersede_closing(table_case, because, by)
    unit.store(ClosingStore).close_table_case(table_case, right, by)
    message = ClosingCorrected(
        table_case_id=table_case_id,
        table=corrected.table,
        closed_on=right.closed_on,
        outcome=right.outcome,
        corrected_on=unit.today,
    )
    unit.announce_on(unit.today, message, corrected)
    return corrected


def withdraw_closing(house: str, table_case_id: UUID, because: str, by: str, unit: Unit[House]) -> TableCase:
    """Record that the table case was not closed: it is under treatment again."""
    table_case = unit.store(TableCaseStore).table_case_to_change(house, table_case_id)
    running = running_of_person(table_case.seat.subject, unit)
    reopened = rules.reopen(table_case, {found.table for found in running})
    if reopened is table_case:
        return reopened
    unit.store(ClosingStore).supersede_closing(table_case, because, by)
    unit.store(ClosingStore).reopen_table_case(table_case_id)
    message = ClosingWithdrawn(table_case_id=table_case_id, table=reopened.table, withdrawn_on=unit.today)
    unit.announce_on(unit.today, message, reopened)
    return reopened


def _treatment(table_case_id: UUID, by: date, unit: Unit[House]) -> Treatment:
    standing = unit.store(PlanStore).standing_plan(table_case_id)
    return Treatment(
        session_held=bool(unit.store(SessionStore).discussed([table_case_id], by)),
        plan_stands=standing is not None,
        last_moment_on=standing.last_moment_on if standing else None,
    )
