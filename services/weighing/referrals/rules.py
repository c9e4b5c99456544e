"""A referral with its place on the agenda, and the days of the briefings."""

from dataclasses import dataclass
from datetime import date, timedelta
from functools import lru_cache
from typing import Literal
from uuid import UUID

from services.weighing.house import Calendar, House, Scope
from shared.rules import UnknownObject
from shared.working_days import is_working_day, next_working_day, working_day_before

Consent = Literal["yes", "no"]
DAYS_OF_A_YEAR = 366
NOTHING_CHANGED = Calendar(moved={})


class UnknownReferral(UnknownObject):
    field = "referralId"
    reason = "is not a referral of this house"


@dataclass(frozen=True, slots=True, kw_only=True)
class Referral:
    """A referral and its place on the agenda.

    age_class: None if the referral was registered before weighing kept it. family: whether the subject is a family;
    False if the referral was registered before weighing kept it. youth_institution: whether a detention notice says
    that the person is in one. tabling: 1 for its first briefing, one more
    each time the referral comes back. table_on: the referral is on the table at this briefing, and at each later one
    until the team decides; None while the referral has no place, or when the team is done with the referral.
    """

    referral_id: UUID
    house: str
    case_id: UUID
    subject_id: UUID
    kind: str
    referrer: str
    received_on: date
    municipality: str
    sub_region: str
    age_class: str | None = None
    family: bool = False
    youth_institution: bool = False
    tabling: int = 1
    table_on: date | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Measure:
    """A measure that runs. `ends_on`: its last day."""

    kind: str
    started_on: date | None = None
    ends_on: date | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Stated:
    """What the sender of a referral says besides its text.

    `urgent`: it can not wait. `consent`: whether the person whom it is about agrees; None: not known. `organisations`:
    which ones are involved, ids of partners or kinds of organisation of the profile. `contribution_ids`: of texts at
    intake, besides the concern.
    """

    urgent: bool = False
    consent: Consent | None = None
    organisations: tuple[str, ...] = ()
    measures: tuple[Measure, ...] = ()
    contribution_ids: tuple[UUID, ...] = ()


def concerns(scope: Scope, referral: Referral) -> bool:
    """Whether a rule applies to a referral."""
    return (
        (scope.kinds is None or referral.kind in scope.kinds)
        and (scope.municipalities is None or referral.municipality in scope.municipalities)
        and (scope.ages is None or referral.age_class in scope.ages or _in_youth_institution(scope, referral))
    )


def _in_youth_institution(scope: Scope, referral: Referral) -> bool:
    return scope.youth_institution and referral.youth_institution


def next_briefing(sub_region: str, on_or_after: date, house: House) -> date:
    """The first briefing of a sub-region from that day on; an extra one has an agenda of its own, and is none of these.

    A briefing on a holiday is held on the next working day, or skipped, as the house says: with briefings on Tuesdays,
    the briefing of 5 May 2015 is held on 6 May. A briefing that somebody moved or cancelled is not held on its day.
    """
    weekday, moves = house.briefing_weekdays[sub_region], house.moves_briefings
    day = _next_briefing(weekday, on_or_after, moves)
    if not (calendar := house.calendars.get(sub_region)):
        return day
    while day in calendar.moved:
        day = _next_briefing(weekday, day + timedelta(days=1), moves)
    return min([day, *(on for on in calendar.moved.values() if on and on >= on_or_after)])


def is_extra(sub_region: str, on: date, house: House) -> bool:
    """Whether there is an extra briefing on that day."""
    return on in house.calendars.get(sub_region, NOTHING_CHANGED).extra


def next_briefing_to_prepare(sub_region: str, asked_on: date, house: House) -> date:
    """The first briefing of a sub-region for which information that is asked on that day can be answered in time."""
    briefing = next_briefing(sub_region, asked_on + timedelta(days=1), house)
    while answer_day(briefing, house) <= asked_on:
        briefing = next_briefing(sub_region, briefing + timedelta(days=1), house)
    return briefing


def answer_day(briefing_on: date, house: House) -> date:
    """The working day by which a partner answers what is asked for a briefing."""
    day = briefing_on
    for _ in range(house.answer_days_before):
        day = working_day_before(day)
    return day


@lru_cache(DAYS_OF_A_YEAR)
def _next_briefing(weekday: int, on_or_after: date, moves: bool) -> date:
    """moves: whether a briefing on a holiday is moved, and not skipped."""
    day = on_or_after - timedelta(days=6)  # a briefing from before that day may be moved to it
    day += timedelta(days=(weekday - day.weekday()) % 7)
    while not (moves or is_working_day(day)) or next_working_day(day) < on_or_after:
        day += timedelta(weeks=1)
    return next_working_day(day)
