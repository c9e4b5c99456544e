"""Somebody writes down who sits at a briefing."""

from dataclasses import fields
from datetime import date

from services.weighing.calendar.lookups import briefing_at, locked_calendar
from services.weighing.calendar.rules import Briefing, check_seatable
from services.weighing.calendar.store import CalendarStore
from services.weighing.house import House
from services.weighing.seats.messages import SeatView, SetSeats
from services.weighing.seats.rules import Seat, wrong_seats
from services.weighing.seats.store import SeatStore
from shared.messaging import Rejected, check_version, problem_of
from shared.unit import Unit
from shared.web import Caller


def set_seats(caller: Caller, briefing_on: date, command: SetSeats, version: int | None, unit: Unit[House]) -> Briefing:
    """Record all seats of a briefing. version: that the caller has read, so that nobody's seats are overwritten.

    Raises UnknownSubRegion, UnknownBriefing, BriefingSettled, BriefingCancelled, Rejected, VersionMismatch.
    """
    house = locked_calendar(caller.house, command.sub_region, unit)
    briefing = briefing_at(caller.house, command.sub_region, briefing_on, unit)
    check_version(version, briefing.version)
    check_seatable(briefing)
    if problems := [problem_of(rule) for rule in wrong_seats(command.seats, house)]:
        raise Rejected(*problems)
    unit.store(CalendarStore).keep_briefing(briefing)
    unit.store(SeatStore).set_seats(briefing.briefing_id, [_seated(seat, caller) for seat in command.seats])
    return briefing_at(caller.house, command.sub_region, briefing_on, unit)


def _seated(seat: Seat, caller: Caller) -> SeatView:
    """The seat, with the caller's id if the caller sits there."""
    person = caller.id if seat.name == caller.name else None
    return SeatView(**{field.name: getattr(seat, field.name) for field in fields(Seat)}, person=person)
