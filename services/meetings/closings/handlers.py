"""The process director closes a table case."""

from uuid import UUID

from services.meetings import metrics
from services.meetings.closings import rules
from services.meetings.closings.messages import TableCaseClosed
from services.meetings.closings.store import ClosingStore
from services.meetings.house import House
from services.meetings.plans.store import PlanStore
from services.meetings.table_cases.rules import Closing, TableCase
from services.meetings.table_cases.store import TableCaseStore
from shared.unit import Unit


def close_table_case(house: str, table_case_id: UUID, closing: Closing, unit: Unit[House]) -> TableCase:
    """Record the closing. The same closing again changes nothing."""
    table_case = unit.store(TableCaseStore).table_case_to_change(house, table_case_id)
    standing = unit.store(PlanStore).standing_plan(table_case_id)
    last_moment_on = standing.last_moment_on if standing else None
    closed = rules.close(table_case, closing, last_moment_on, unit.profile(house))
    if closed is table_case:
        return closed
    unit.store(ClosingStore).close_table_case(table_case_id, closing)
    message = TableCaseClosed(
        table_case_id=table_case_id, table=closed.table, closed_on=closing.closed_on, outcome=closing.outcome
    )
    unit.announce_on(closing.closed_on, message, closed)
    metrics.CLOSED.labels(house, closed.table).inc()
    return closed
