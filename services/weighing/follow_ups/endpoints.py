"""Follow-ups, over HTTP."""

from uuid import UUID

from services.weighing.access import (
    HAND_OVER_FOLLOW_UP,
    MOVE_FOLLOW_UP,
    REPORT_FOLLOW_UP,
    SEE_FOLLOW_UPS,
    SEE_WHO_FOLLOWS_UP,
)
from services.weighing.follow_ups import handlers, lookups
from services.weighing.follow_ups.messages import (
    CorrectFollowUpReport,
    FollowUpsQuery,
    FollowUpView,
    HandedOver,
    HandOverFollowUp,
    MoveFollowUp,
    OpenFollowUps,
    ReportedFollowUp,
    ReportFollowUp,
    reported_follow_up,
)
from services.weighing.house import House
from shared.unit import Lookup, Unit
from shared.web import Call, Page, command, lookup, recorded_lookup


@lookup(action=SEE_FOLLOW_UPS, query=FollowUpsQuery, gives=FollowUpView, paged=True)
def follow_ups(call: Call[FollowUpsQuery], unit: Lookup[House]) -> Page[FollowUpView]:
    """Who does what after a decision, what is due first on top; a partner sees what its own people do."""
    return lookups.follow_ups(call.caller, call.input, unit)


@recorded_lookup(action=SEE_WHO_FOLLOWS_UP, gives=OpenFollowUps)
def show_who_follows_up(call: Call[None], unit: Unit[House], case_id: UUID) -> OpenFollowUps:
    """Who has yet to do something for the person of a case, and until when; that the caller has seen it is logged."""
    unit.concerns_case(case_id)
    return lookups.open_of_person(call.house, case_id, unit)


@command(action=REPORT_FOLLOW_UP, takes=ReportFollowUp, gives=ReportedFollowUp, status=201)
def report_follow_up(call: Call[ReportFollowUp], unit: Unit[House], follow_up_id: UUID) -> ReportedFollowUp:
    """Record whether a follow-up is done; one that is not done brings its referral back to the next briefing."""
    return reported_follow_up(handlers.report(call.caller, follow_up_id, call.input, unit))


@command(action=REPORT_FOLLOW_UP, takes=CorrectFollowUpReport, gives=ReportedFollowUp, status=201)
def correct_follow_up_report(
    call: Call[CorrectFollowUpReport], unit: Unit[House], follow_up_id: UUID
) -> ReportedFollowUp:
    """Record the right report on a follow-up in place of a wrong one."""
    return reported_follow_up(handlers.correct(call.caller, follow_up_id, call.input, unit))


@command(action=HAND_OVER_FOLLOW_UP, takes=HandOverFollowUp, gives=HandedOver, status=201)
def hand_over_follow_up(call: Call[HandOverFollowUp], unit: Unit[House], follow_up_id: UUID) -> HandedOver:
    """Say who of the owner does a follow-up; the owner's people may take it, and hand it over to a colleague."""
    handlers.hand_over(call.caller, follow_up_id, call.input.person, unit)
    return HandedOver(follow_up_id=follow_up_id, person=call.input.person)


@command(action=MOVE_FOLLOW_UP, takes=MoveFollowUp, gives=MoveFollowUp, status=201)
def move_follow_up(call: Call[MoveFollowUp], unit: Unit[House], follow_up_id: UUID) -> MoveFollowUp:
    """Let a follow-up of the case holder go to the partner that holds the case now; the house does, or its owner."""
    handlers.move(call.caller, follow_up_id, call.input.owner, unit)
    return call.input
