"""The daily list of suspects at ZSM: whom the house knows is told once, and everybody else is forgotten.

Somebody of the house asks the partner when its lists stop coming.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, timedelta

from services.intake.house import SUSPECT_LISTS, ExpectedLists, House
from shared.working_days import next_working_day

DAY = timedelta(days=1)
SAME_CASE = timedelta(days=7)
"""Somebody who is on a list again within so many days is there for the same case: a case at ZSM is a matter of days."""


def is_news(last_listed_on: date | None, listed_on: date) -> bool:
    """Whether it must be told that somebody is on a list. Not of an older list that comes late."""
    return last_listed_on is None or listed_on - last_listed_on > SAME_CASE


@dataclass(frozen=True, slots=True, kw_only=True)
class ListsStopped:
    """A partner whose lists stopped. last_on: the day of its last list, or the day before the first that is expected.

    due_on: the last day on which a list would have been in time.
    """

    partner: str
    last_on: date
    due_on: date


def lists_stopped(house: House, last_on: Mapping[str, date], today: date) -> Iterator[ListsStopped]:
    """The partners of a house whose lists stopped. last_on: the day of the last list, by partner."""
    expected = house.suspect_lists
    first = expected.expected_from and expected.expected_from - DAY
    for partner in sorted(id for id, each in house.partners.items() if each.sends(SUSPECT_LISTS)):
        if days := [day for day in (first, last_on.get(partner)) if day]:
            due_on = last_day(max(days), expected)
            if due_on < today:
                yield ListsStopped(partner=partner, last_on=max(days), due_on=due_on)


def last_day(last_on: date, expected: ExpectedLists) -> date:
    """The day on which the last list comes that may be missed: lists come on working days of the house's weekdays."""
    day = last_on
    for _ in range(expected.missed):
        day = next_working_day(day + DAY)
        while day.weekday() not in expected.weekdays:
            day = next_working_day(day + DAY)
    return day
