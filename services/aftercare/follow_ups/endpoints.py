"""Follow-ups, over HTTP."""

from uuid import UUID

from services.aftercare.access import FOLLOW_UP
from services.aftercare.follow_ups import handlers
from services.aftercare.follow_ups.messages import CorrectFollowUp, WithdrawFollowUp
from services.aftercare.follow_ups.rules import FollowUp
from services.aftercare.house import House
from shared.unit import Unit
from shared.web import Call, command


@command(action=FOLLOW_UP, takes=FollowUp, gives=FollowUp, status=201)
def follow_up(call: Call[FollowUp], unit: Unit[House], detention_id: UUID) -> FollowUp:
    """Record which bottlenecks are solved at a moment, in place of the earlier answer for that moment."""
    return handlers.follow_up(call.house, detention_id, call.input, call.caller.name, unit)


@command(action=FOLLOW_UP, takes=CorrectFollowUp, gives=FollowUp, status=201)
def correct_follow_up(call: Call[CorrectFollowUp], unit: Unit[House], detention_id: UUID) -> FollowUp:
    """Correct the last answer for a moment: record the right one in place of a slip."""
    return handlers.correct_follow_up(call.house, detention_id, call.input, call.caller.name, unit)


@command(action=FOLLOW_UP, takes=WithdrawFollowUp)
def withdraw_follow_up(call: Call[WithdrawFollowUp], unit: Unit[House], detention_id: UUID) -> None:
    """Withdraw an answer for a moment, which was a slip."""
    handlers.withdraw_follow_up(call.house, detention_id, call.input, call.caller.name, unit)
