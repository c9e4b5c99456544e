"""For what a case may be seen now: a purpose is open for it while it is on an agenda, at a table, or in aftercare."""

from datetime import date, timedelta
from typing import NamedTuple
from uuid import UUID

from services.intake.house import House

BRIEFING = "briefing"


class Opening(NamedTuple):
    """A purpose for which a case may be seen. opened_by: the referral, table case, detention or assignment.

    last_day: on which it may be seen; None while nobody knows that day. at_table: opened by a table case.
    """

    house: str
    case_id: UUID
    purpose: str
    opened_by: UUID
    last_day: date | None
    at_table: bool = False


def last_day(ended: bool, house: House, today: date) -> date | None:
    """What ended today is still read for some days; what goes on has no last day."""
    return today + timedelta(days=house.readable_days or 0) if ended else None
