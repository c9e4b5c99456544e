"""The seats of a briefing, over HTTP."""

from services.weighing.access import PLAN_BRIEFING, SEE_AGENDA
from services.weighing.calendar.messages import BriefingsQuery, briefing_day
from services.weighing.house import House
from services.weighing.seats import handlers, lookups
from services.weighing.seats.messages import SeatList, SetSeats
from shared.unit import Lookup, Unit
from shared.web import Call, command, lookup


@lookup(action=SEE_AGENDA, query=BriefingsQuery, gives=SeatList)
def seats(call: Call[BriefingsQuery], unit: Lookup[House], briefing_on: str) -> SeatList:
    """Who sits at a briefing, and whether that is enough to decide."""
    return lookups.seats(call.house, call.input.sub_region, briefing_day(briefing_on), unit)


@command(action=PLAN_BRIEFING, takes=SetSeats, gives=SeatList, versioned=True)
def set_seats(call: Call[SetSeats], unit: Unit[House], briefing_on: str) -> SeatList:
    """Write down who sits at a briefing: all seats at once."""
    briefing = handlers.set_seats(call.caller, briefing_day(briefing_on), call.input, call.version, unit)
    return lookups.seat_list(briefing, unit)
