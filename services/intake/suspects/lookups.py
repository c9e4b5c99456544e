"""Whose lists of suspects stopped coming."""

from services.intake import metrics
from services.intake.house import House
from services.intake.suspects.rules import ListsStopped, lists_stopped
from services.intake.suspects.store import SuspectStore
from services.intake.unit import Lookup
from shared.business_dates import dutch_date


def stopped(house: House, lookup: Lookup) -> list[ListsStopped]:
    """The partners of a house whose lists stopped."""
    last_on = lookup.store(SuspectStore).last_lists(house.id)
    return list(lists_stopped(house, last_on, dutch_date(lookup.now())))


def count_stopped(lookup: Lookup) -> None:
    """Bring the gauge up to date; a partner whose lists come again leaves the gauge."""
    metrics.LISTS_STOPPED.clear()
    for house in lookup.houses.values():
        for each in stopped(house, lookup):
            overdue = dutch_date(lookup.now()) - each.due_on
            metrics.LISTS_STOPPED.labels(house.id, each.partner).set(overdue.days)
