"""Plans and refusals, over HTTP."""

from uuid import UUID

from services.aftercare.access import MAKE_PLAN, RECORD_REFUSAL
from services.aftercare.house import House
from services.aftercare.plans import handlers
from services.aftercare.plans.messages import CorrectPlan, CorrectRefusal, MakePlan, WithdrawPlan, WithdrawRefusal
from services.aftercare.plans.rules import AftercarePlan, Refusal
from shared.unit import Unit
from shared.web import Call, command


@command(action=MAKE_PLAN, takes=MakePlan, gives=AftercarePlan, status=201, versioned=True)
def make_plan(call: Call[MakePlan], unit: Unit[House], detention_id: UUID) -> AftercarePlan:
    """Make an aftercare plan, in place of the plan before."""
    return handlers.make_plan(call.house, detention_id, call.input.plan, call.caller.name, unit, call.version)


@command(action=MAKE_PLAN, takes=CorrectPlan, gives=AftercarePlan, status=201, versioned=True)
def correct_plan(call: Call[CorrectPlan], unit: Unit[House], detention_id: UUID) -> AftercarePlan:
    """Correct the standing plan: record the right plan in place of a slip."""
    return handlers.correct_plan(call.house, detention_id, call.input, call.caller.name, unit, call.version)


@command(action=MAKE_PLAN, takes=WithdrawPlan, versioned=True)
def withdraw_plan(call: Call[WithdrawPlan], unit: Unit[House], detention_id: UUID) -> None:
    """Withdraw the standing plan, which was a slip."""
    handlers.withdraw_plan(call.house, detention_id, call.input, call.caller.name, unit, call.version)


@command(action=RECORD_REFUSAL, takes=Refusal, gives=Refusal, status=201)
def record_refusal(call: Call[Refusal], unit: Unit[House], detention_id: UUID) -> Refusal:
    """Record that a detainee refuses an aftercare plan."""
    return handlers.record_refusal(call.house, detention_id, call.input, call.caller.name, unit)


@command(action=RECORD_REFUSAL, takes=CorrectRefusal, gives=Refusal, status=201)
def correct_refusal(call: Call[CorrectRefusal], unit: Unit[House], detention_id: UUID) -> Refusal:
    """Correct the last refusal: record the right one in place of a slip."""
    return handlers.correct_refusal(call.house, detention_id, call.input, call.caller.name, unit)


@command(action=RECORD_REFUSAL, takes=WithdrawRefusal)
def withdraw_refusal(call: Call[WithdrawRefusal], unit: Unit[House], detention_id: UUID) -> None:
    """Withdraw a refusal, which was a slip."""
    handlers.withdraw_refusal(call.house, detention_id, call.input, call.caller.name, unit)
