"""The aftercare tables' cases, whichever is heard first: a detention, or its subject's table case."""

from typing import TypeVar

from services.aftercare.house import House
from services.aftercare.table_cases.messages import (
    ClosingWithdrawn,
    OfTable,
    TableCaseClosed,
    TableCaseOpened,
    TableCaseWithdrawn,
)
from services.aftercare.table_cases.store import Heard, TableCaseStore
from shared.messaging import Event
from shared.unit import Unit

OfAnyTable = TypeVar("OfAnyTable", bound=OfTable)


def follow_opened_table_case(event: Event[TableCaseOpened], unit: Unit[House]) -> None:
    """Store that a case came to the aftercare table, to show this with the detentions of the same case."""
    if _is_aftercare(event, unit):
        unit.store(TableCaseStore).open_table_case(_heard(event), event.data.opened_on)


def follow_withdrawn_table_case(event: Event[TableCaseWithdrawn], unit: Unit[House]) -> None:
    """Forget a case that never came to the aftercare table: the decision for the table was wrong."""
    if _is_aftercare(event, unit):
        unit.store(TableCaseStore).open_table_case(_heard(event), None)


def follow_closed_table_case(event: Event[TableCaseClosed], unit: Unit[House]) -> None:
    """Store that the aftercare table closed a case. A later closing of the same table case corrects an earlier one."""
    if _is_aftercare(event, unit):
        unit.store(TableCaseStore).close_table_case(_heard(event), event.data.closed_on)


def follow_withdrawn_closing(event: Event[ClosingWithdrawn], unit: Unit[House]) -> None:
    """Store that a case is at the aftercare table again: its closing was a mistake."""
    if _is_aftercare(event, unit):
        unit.store(TableCaseStore).close_table_case(_heard(event), None)


def _is_aftercare(event: Event[OfAnyTable], unit: Unit[House]) -> bool:
    return event.data.table in unit.profile(event.house).aftercare_tables


def _heard(event: Event[OfAnyTable]) -> Heard:
    case_id = event.required_case_id()
    return Heard(house=event.house, case_id=case_id, table_case_id=event.data.table_case_id, told_by=event.id)
