"""Working days: not Saturday, not Sunday, and no Dutch holiday. 5 May is a holiday for offices once in five years."""

from datetime import date, timedelta
from functools import cache

import holidays

WEEKDAYS = ("monday", "tuesday", "wednesday", "thursday", "friday")
SATURDAY = 5
DAY = timedelta(days=1)


def is_working_day(day: date) -> bool:
    """Whether offices work on this day: not on Easter Monday 6 April 2015."""
    return day.weekday() < SATURDAY and day not in _holidays(day.year)


def next_working_day(day: date) -> date:
    """The day itself or the first working day after it."""
    while not is_working_day(day):
        day += DAY
    return day


def working_day_before(day: date) -> date:
    """The last working day before this day."""
    day -= DAY
    while not is_working_day(day):
        day -= DAY
    return day


def working_days_before(day: date, count: int) -> date:
    """The day so many working days earlier: two before Tuesday 17 March 2015 is Friday 13 March."""
    for _ in range(count):
        day = working_day_before(day)
    return day


def working_days_after(day: date, count: int) -> date:
    """The day so many working days later: two after Friday 13 March 2015 is Tuesday 17 March."""
    for _ in range(count):
        day = next_working_day(day + DAY)
    return day


@cache
def _holidays(year: int) -> frozenset[date]:
    return frozenset(holidays.country_holidays("NL", years=year))
