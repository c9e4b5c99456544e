"""The days on which the weighing team sits."""

from datetime import date, timedelta

CARRIED_WEEKS = 10
"""Cases carried over were brought in so many weeks at the end of the year before."""


def of_year(weekday: int, year: int, answer_days: int) -> list[date]:
    """The briefings of a year for which a referral can still come in within that year, so many days before."""
    first = date(year, 1, 1) + timedelta(days=answer_days)
    day = first + timedelta(days=(weekday - first.weekday()) % 7)
    days = []
    while day.year == year:
        days.append(day)
        day += timedelta(weeks=1)
    return days


def at_end_of(weekday: int, year: int) -> list[date]:
    """The last briefings of a year."""
    return of_year(weekday, year, 0)[-CARRIED_WEEKS:]
