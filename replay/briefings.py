"""The days on which the weighing team sits, and the days until which referrals come in for a briefing."""

from collections.abc import Iterator
from datetime import date, timedelta

from replay.house import House
from shared.working_days import is_working_day, next_working_day, working_day_before

CARRIED_WEEKS = 10
"""Cases carried over were brought in so many weeks at the end of the year before."""


def of_year(house: House, sub_region: str, year: int) -> list[date]:
    """The briefings of a year for which a referral can still come in within that year."""
    first = date(year, 1, 1)
    days = _from(house, sub_region, first)
    return [day for day in days if day.year == year and last_receipt(house, day) >= first]


def at_end_of(house: House, sub_region: str, year: int) -> list[date]:
    """The last briefings of a year."""
    return of_year(house, sub_region, year)[-CARRIED_WEEKS:]


def next_briefing(house: House, sub_region: str, on_or_after: date) -> date:
    """The first briefing from that day on."""
    return next(day for day in _from(house, sub_region, on_or_after - timedelta(weeks=1)) if day >= on_or_after)


def last_receipt(house: House, briefing_on: date) -> date:
    """The last day on which a referral for a briefing comes in: the day before a partner has to answer."""
    day = briefing_on
    for _ in range(house.answer_days):
        day = working_day_before(day)
    return day - timedelta(days=1)


def _from(house: House, sub_region: str, first: date) -> Iterator[date]:
    """The briefings of a year's weeks. A briefing on a holiday is held on the next working day, or skipped."""
    day = first + timedelta(days=(house.weekdays[sub_region] - first.weekday()) % 7)
    for regular in (day + timedelta(weeks=week) for week in range(53)):
        if house.moves_briefings or is_working_day(regular):
            yield next_working_day(regular)
