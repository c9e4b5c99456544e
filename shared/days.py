"""Bounds of days, in one place for all services: annotations of fields, and the errors of a day outside its bounds.

    held_on: HouseDay                       # a day on which somebody did something for a case
    due_on: PlannedDay | None = None        # a day that is agreed or expected

`shared.schemas.broken_days` checks them for each command and each partner's message, before the handler runs.
Standard library only, so that rules can use them.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Annotated

from shared.rules import BrokenRule

FIRST_DAY, LAST_DAY = date(1900, 1, 1), date(2199, 12, 31)
"""No date on the wire lies outside of these."""
OUTSIDE = f"Must be a day from {FIRST_DAY} to {LAST_DAY}; leave the field out if the day is not known."


class InFuture(BrokenRule):
    reason = "is in the future"


class TooFarAhead(BrokenRule):
    """The reason names the last day that is possible."""


class BeforeHouseBegan(BrokenRule):
    """The reason names the day on which the house began."""


@dataclass(frozen=True, slots=True)
class DayBound:
    """since_house: not before the house began. years_ahead: how far ahead of today the day may lie."""

    since_house: bool = False
    years_ahead: int = 0

    def broken(self, field: str, day: date, today: date, began_on: date) -> Iterator[BrokenRule]:
        """The rule that a day breaks, if any. began_on: the day on which the house began."""
        if day > today and not self.years_ahead:
            yield InFuture(field)
        elif day > (last := _years_after(today, self.years_ahead)):
            yield TooFarAhead(field, f"is after {last}; leave the field out if the day is not known")
        if self.since_house and day < began_on:
            yield BeforeHouseBegan(field, f"is before {began_on}, the day on which the house began")


PastDay = Annotated[date, DayBound()]
"""What happened, perhaps before there was a house: a birth, the beginning of a detention."""
HouseDay = Annotated[date, DayBound(since_house=True)]
"""What happened in the work of the house and its partners: a decision, a conversation, an invoice."""
PlannedDay = Annotated[date, DayBound(since_house=True, years_ahead=5)]
"""What is agreed or planned, ahead of today or not: a session, the due date of an agreement, an instalment."""
ReleaseDay = Annotated[date, DayBound(years_ahead=30)]
"""When somebody is released, or was. A life sentence has no release date."""


def _years_after(day: date, years: int) -> date:
    """The same day so many years later; 1 March for 29 February in a year without it."""
    try:
        return day.replace(year=day.year + years)
    except ValueError:
        return date(day.year + years, 3, 1)
