"""A briefing of a sub-region: on which day it is, and what became of it."""

from collections.abc import Collection
from dataclasses import dataclass, replace
from datetime import date, datetime
from enum import StrEnum
from uuid import UUID, uuid5

from services.weighing.house import Calendar, House
from services.weighing.referrals.rules import is_extra, next_briefing
from shared.rules import BrokenRule, Contradiction, UnknownObject
from shared.working_days import is_working_day

BRIEFINGS = UUID("0d6cf2d4-6b1e-4d6c-9b52-6f2f0a3c7e11")


class UnknownSubRegion(BrokenRule):
    field = "subRegion"
    reason = "is not a sub-region of this house"


class UnknownBriefing(UnknownObject):
    """The reason names the briefing that comes next."""

    field = "briefingOn"


class NotAWorkingDay(BrokenRule):
    reason = "is a Saturday, a Sunday or a Dutch holiday"


class DayOver(BrokenRule):
    reason = "is over; choose today or a later day"


class TwoOnOneDay(Contradiction):
    reason = "is the day of another briefing of this sub-region"


class BriefingHeld(Contradiction):
    field = "briefingOn"
    reason = "is a briefing that was held: the team has decided at it"


class BriefingCancelled(Contradiction):
    field = "briefingOn"
    reason = "is a briefing that was cancelled"


class BriefingSettled(Contradiction):
    field = "briefingOn"
    reason = "is a briefing that was settled; take that back first"


class NothingToTakeBack(Contradiction):
    field = "briefingOn"
    reason = "is a briefing that is planned: there is nothing to take back"


class State(StrEnum):
    PLANNED = "planned"
    PREPARED = "prepared"
    HELD = "held"
    SETTLED = "settled"
    CANCELLED = "cancelled"


OPEN = frozenset({State.PLANNED, State.PREPARED})
BEFORE = {
    State.CANCELLED: State.PLANNED,
    State.PREPARED: State.PLANNED,
    State.HELD: State.PREPARED,
    State.SETTLED: State.HELD,
}
"""What a briefing is again when its state was recorded by mistake."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Briefing:
    """by_rule: the day that the weekday of the sub-region gives; None for an extra briefing. version: 0 as long as
    nothing was recorded.
    """

    briefing_id: UUID
    house: str
    sub_region: str
    on: date
    by_rule: date | None
    state: State = State.PLANNED
    version: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Change:
    """What was recorded of a briefing, by whom, when and why. `on`: the day that counts from then on."""

    state: State
    on: date
    because: str | None
    recorded_by: str
    recorded_at: datetime


def by_weekday(house_id: str, sub_region: str, on: date) -> Briefing:
    """The briefing of which nothing was recorded yet."""
    id = uuid5(BRIEFINGS, f"{house_id}|{sub_region}|{on}")
    return Briefing(briefing_id=id, house=house_id, sub_region=sub_region, on=on, by_rule=on)


def check_sub_region(sub_region: str, house: House) -> None:
    """Raises UnknownSubRegion."""
    if sub_region not in house.briefing_weekdays:
        raise UnknownSubRegion(known=house.briefing_weekdays)


def check_day(field: str, sub_region: str, on: date, house: House, today: date) -> None:
    """field: of the day. Raises NotAWorkingDay, DayOver or TwoOnOneDay if no briefing can come on that day."""
    if on < today:
        raise DayOver(field)
    if not is_working_day(on):
        raise NotAWorkingDay(field)
    if is_extra(sub_region, on, house) or next_briefing(sub_region, on, house) == on:
        raise TwoOnOneDay(field)


def move(briefing: Briefing, to: date, house: House, today: date) -> Briefing:
    """The briefing on another day. Raises BriefingHeld, BriefingCancelled, NotAWorkingDay, DayOver, TwoOnOneDay."""
    require_open(briefing)
    check_day("to", briefing.sub_region, to, house, today)
    return replace(briefing, on=to)


def cancel(briefing: Briefing) -> Briefing:
    """Raises BriefingHeld, BriefingCancelled."""
    require_open(briefing)
    return replace(briefing, state=State.CANCELLED)


def take_back(briefing: Briefing, house: House, today: date) -> Briefing:
    """The briefing without what was recorded of it last. Raises NothingToTakeBack, DayOver, TwoOnOneDay."""
    if briefing.state not in BEFORE:
        raise NothingToTakeBack
    if briefing.state is State.CANCELLED:
        check_day("briefingOn", briefing.sub_region, briefing.on, house, today)
    return replace(briefing, state=BEFORE[briefing.state])


def check_seatable(briefing: Briefing) -> None:
    """Raises BriefingCancelled, BriefingSettled."""
    if briefing.state is State.CANCELLED:
        raise BriefingCancelled
    if briefing.state is State.SETTLED:
        raise BriefingSettled


def calendars(exceptions: Collection[Briefing]) -> dict[str, Calendar]:
    """By sub-region. exceptions: the briefings that are not held on the day that the weekday gives."""
    found: dict[str, Calendar] = {}
    for sub_region in {briefing.sub_region for briefing in exceptions}:
        here = [briefing for briefing in exceptions if briefing.sub_region == sub_region]
        moved = {each.by_rule: None if each.state is State.CANCELLED else each.on for each in here if each.by_rule}
        found[sub_region] = Calendar(moved, frozenset(each.on for each in here if each.by_rule is None))
    return found


def require_open(briefing: Briefing) -> None:
    """Raises BriefingCancelled, BriefingHeld."""
    if briefing.state is State.CANCELLED:
        raise BriefingCancelled
    if briefing.state not in OPEN:
        raise BriefingHeld
