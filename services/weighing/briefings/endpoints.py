"""The briefings, over HTTP."""

from services.weighing.access import LEAD_BRIEFING, PLAN_BRIEFING, SEE_AGENDA, SEE_DECISIONS
from services.weighing.briefings import handlers, lookups
from services.weighing.briefings.messages import (
    AdvanceBriefing,
    BriefingInDetail,
    BriefingList,
    CarryOver,
    ChangeBriefing,
    MoveBriefing,
    PlanExtraBriefing,
    PrepareBriefing,
)
from services.weighing.calendar.messages import BriefingsQuery, briefing_day
from services.weighing.house import House
from shared.unit import Lookup, Unit
from shared.web import Call, command, lookup


@lookup(action=SEE_DECISIONS, query=BriefingsQuery, gives=BriefingList)
def briefings(call: Call[BriefingsQuery], unit: Lookup[House]) -> BriefingList:
    """The coming briefings, the earliest first, and the last ones that were held."""
    return lookups.briefings(call.house, call.input, unit)


@lookup(action=SEE_AGENDA, query=BriefingsQuery, gives=BriefingInDetail)
def briefing(call: Call[BriefingsQuery], unit: Lookup[House], briefing_on: str) -> BriefingInDetail:
    """One briefing, with what was recorded of it."""
    return lookups.briefing(call.house, briefing_day(briefing_on), call.input, unit)


@command(action=PLAN_BRIEFING, takes=PlanExtraBriefing, gives=BriefingInDetail, status=201, keyed=True)
def plan_extra_briefing(call: Call[PlanExtraBriefing], unit: Unit[House]) -> BriefingInDetail:
    """Add a briefing for some urgent referrals."""
    return lookups.in_detail(handlers.plan_extra(call.caller, call.input, unit), unit)


@command(action=PLAN_BRIEFING, takes=MoveBriefing, gives=BriefingInDetail, keyed=True)
def move_briefing(call: Call[MoveBriefing], unit: Unit[House], briefing_on: str) -> BriefingInDetail:
    """Hold a briefing on another day; its referrals go along, and partners are asked until the new day."""
    return lookups.in_detail(handlers.move(call.caller, briefing_day(briefing_on), call.input, unit), unit)


@command(action=PLAN_BRIEFING, takes=ChangeBriefing, gives=BriefingInDetail, keyed=True)
def cancel_briefing(call: Call[ChangeBriefing], unit: Unit[House], briefing_on: str) -> BriefingInDetail:
    """Cancel a briefing; its referrals come up at the next one."""
    return lookups.in_detail(handlers.cancel(call.caller, briefing_day(briefing_on), call.input, unit), unit)


@command(action=PLAN_BRIEFING, takes=ChangeBriefing, gives=BriefingInDetail, keyed=True)
def take_back_briefing(call: Call[ChangeBriefing], unit: Unit[House], briefing_on: str) -> BriefingInDetail:
    """Take back what was recorded of a briefing last: that it was cancelled, prepared, held or settled."""
    return lookups.in_detail(handlers.take_back(call.caller, briefing_day(briefing_on), call.input, unit), unit)


@command(action=PLAN_BRIEFING, takes=PrepareBriefing, gives=BriefingInDetail, keyed=True)
def prepare_briefing(call: Call[PrepareBriefing], unit: Unit[House], briefing_on: str) -> BriefingInDetail:
    """Fix the agenda of a briefing, in an order of one's own."""
    return lookups.in_detail(handlers.prepare(call.caller, briefing_day(briefing_on), call.input, unit), unit)


@command(action=LEAD_BRIEFING, takes=AdvanceBriefing, gives=BriefingInDetail, keyed=True)
def hold_briefing(call: Call[AdvanceBriefing], unit: Unit[House], briefing_on: str) -> BriefingInDetail:
    """Open a briefing: there is a chair and a quorum, and the agenda stays as it is."""
    return lookups.in_detail(handlers.hold(call.caller, briefing_day(briefing_on), call.input, unit), unit)


@command(action=LEAD_BRIEFING, takes=CarryOver, gives=BriefingInDetail, keyed=True)
def carry_over(call: Call[CarryOver], unit: Unit[House], briefing_on: str) -> BriefingInDetail:
    """Move referrals of a briefing that is held to the next one."""
    return lookups.in_detail(handlers.carry_over(call.caller, briefing_day(briefing_on), call.input, unit), unit)


@command(action=LEAD_BRIEFING, takes=AdvanceBriefing, gives=BriefingInDetail, keyed=True)
def settle_briefing(call: Call[AdvanceBriefing], unit: Unit[House], briefing_on: str) -> BriefingInDetail:
    """Be done with a briefing: each referral of its agenda was decided on or moved."""
    return lookups.in_detail(handlers.settle(call.caller, briefing_day(briefing_on), call.input, unit), unit)
