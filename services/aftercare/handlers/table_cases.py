"""Aftercare tables' cases, as meetings tells them."""

from services.aftercare.dependencies import Unit
from shared.messaging import Event


def follow_opened_table_case(event: Event, unit: Unit) -> None:
    """Whoever is at the aftercare table is seen with their detentions, whichever of the two is heard first."""
    if _is_aftercare(event, unit):
        opened = event.data
        unit.store.open_table_case(event.house, event.required_case_id(), opened["table_case_id"], opened["opened_on"])


def follow_closed_table_case(event: Event, unit: Unit) -> None:
    """The aftercare table is done with somebody."""
    if _is_aftercare(event, unit):
        closed = event.data
        unit.store.close_table_case(event.house, event.required_case_id(), closed["table_case_id"], closed["closed_on"])


def _is_aftercare(event: Event, unit: Unit) -> bool:
    return event.data["table"] in unit.profile(event.house).aftercare_tables
