"""For what a case may be seen now: a purpose is open for it while it is on an agenda, at a table, or in aftercare."""

from datetime import date, timedelta
from typing import NamedTuple
from uuid import UUID

from services.intake.house import House

BRIEFING = "briefing"
ENDED = "ended"
AFTER_RELEASE = timedelta(days=184)
"""For six months after a release aftercare asks what became of a plan."""


class Opening(NamedTuple):
    """A purpose for which a case may be seen. opened_by: the referral, table case, detention or assignment.

    last_day: on which it may be seen; None while nobody knows that day. at_table: opened by a table case. told_by: the
    event that told it, if any: of two the greater id counts.
    """

    house: str
    case_id: UUID
    purpose: str
    opened_by: UUID
    last_day: date | None
    at_table: bool = False
    told_by: UUID | None = None


class CaseHolder(NamedTuple):
    """The partner that an action plan names as the holder of a table case; None if the plan is withdrawn.

    told_by: the event that told it: of two the greater id counts.
    """

    action_plan_id: UUID
    table_case_id: UUID
    partner: str | None
    told_by: UUID


def last_day(ended: bool, house: House, today: date) -> date | None:
    """What ended today is still read for some days; what goes on has no last day."""
    return today + timedelta(days=house.readable_days or 0) if ended else None


def last_day_of_detention(release_on: date | None, house: House, today: date) -> date | None:
    """The last day for a detention with this release date; None as long as no release date is known."""
    followed_until = max(today, release_on + AFTER_RELEASE) if release_on else today
    return last_day(release_on is not None, house, followed_until)
