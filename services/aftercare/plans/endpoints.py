"""Plans and refusals, over HTTP."""

from uuid import UUID

from services.aftercare.access import MAKE_PLAN, RECORD_REFUSAL
from services.aftercare.house import House
from services.aftercare.plans import handlers
from services.aftercare.plans.messages import MakePlan
from services.aftercare.plans.rules import AftercarePlan, Refusal
from shared.unit import Unit
from shared.web import Call, command


@command(action=MAKE_PLAN, takes=MakePlan, gives=AftercarePlan, status=201, versioned=True)
def make_plan(call: Call[MakePlan], unit: Unit[House], detention_id: UUID) -> AftercarePlan:
    """Make an aftercare plan, in place of the plan before."""
    plan = AftercarePlan(made_on=call.input.made_on, domains=call.input.domains)
    return handlers.make_plan(call.house, detention_id, plan, unit, call.version)


@command(action=RECORD_REFUSAL, takes=Refusal, gives=Refusal, status=201)
def record_refusal(call: Call[Refusal], unit: Unit[House], detention_id: UUID) -> Refusal:
    """Record that a detainee refuses an aftercare plan."""
    return handlers.record_refusal(call.house, detention_id, call.input, unit)
