"""The aftercare tables' cases, whichever is heard first: a detention, or its subject's table case."""

from services.aftercare.house import House
from services.aftercare.table_cases.messages import (
    ClosingWithdrawn,
    TableCaseClosed,
    TableCaseOpened,
    TableCaseWithdrawn,
)
from services.aftercare.table_cases.store import TableCaseStore
from shared.messaging import Event
from shared.unit import Unit


def follow_opened_table_case(event: Event[TableCaseOpened], unit: Unit[House]) -> None:
    """Store that a case came to the aftercare table, to show this with the detentions of the same case."""
    opened = event.data
    if _is_aftercare(event.house, opened.table, unit):
        case_id = event.required_case_id()
        unit.store(TableCaseStore).open_table_case(event.house, case_id, opened.table_case_id, opened.opened_on)


def follow_closed_table_case(event: Event[TableCaseClosed], unit: Unit[House]) -> None:
    """Store that the aftercare table closed a case. A later closing of the same table case corrects an earlier one."""
    closed = event.data
    if _is_aftercare(event.house, closed.table, unit):
        case_id = event.required_case_id()
        unit.store(TableCaseStore).close_table_case(event.house, case_id, closed.table_case_id, closed.closed_on)


def follow_withdrawn_closing(event: Event[ClosingWithdrawn], unit: Unit[House]) -> None:
    """Store that a case is at the aftercare table again: its closing was a mistake."""
    if _is_aftercare(event.house, event.data.table, unit):
        unit.store(TableCaseStore).reopen_table_case(event.data.table_case_id)


def follow_withdrawn_table_case(event: Event[TableCaseWithdrawn], unit: Unit[House]) -> None:
    """Forget a case that never came to the aftercare table: the decision for the table was wrong."""
    if _is_aftercare(event.house, event.data.table, unit):
        unit.store(TableCaseStore).withdraw_table_case(event.data.table_case_id)


def _is_aftercare(house: str, table: str, unit: Unit[House]) -> bool:
    return table in unit.profile(house).aftercare_tables
