"""Action plans and monitoring moments, over HTTP."""

from uuid import UUID

from services.meetings.access import AGREE_ON_PLAN, ANSWER_MONITORING_MOMENT, SEE_TABLE_CASES
from services.meetings.house import House
from services.meetings.plans import handlers, lookups
from services.meetings.plans.messages import DueMoment, DueMomentsQuery
from services.meetings.plans.rules import ActionPlan, Answer, MonitoringMoment, StandingPlan
from shared.unit import Lookup, Unit
from shared.web import Call, Page, command, lookup


@command(
    action=AGREE_ON_PLAN,
    takes=ActionPlan,
    gives=StandingPlan,
    status=201,
)
def agree_on_plan(call: Call[ActionPlan], unit: Unit[House], table_case_id: UUID) -> StandingPlan:
    """Agree on an action plan, in place of the plan before."""
    return handlers.agree_on_plan(call.house, table_case_id, call.input, unit)


@lookup(action=SEE_TABLE_CASES, query=DueMomentsQuery, gives=DueMoment, paged=True)
def due_moments(call: Call[DueMomentsQuery], unit: Lookup[House]) -> Page[DueMoment]:
    """Monitoring moments without an answer, longest due first."""
    return lookups.due_moments(call.house, call.input, unit)


@command(
    action=ANSWER_MONITORING_MOMENT,
    takes=Answer,
    gives=MonitoringMoment,
)
def answer_monitoring_moment(call: Call[Answer], unit: Unit[House], table_case_id: UUID, code: str) -> MonitoringMoment:
    """Record the case holder's answer at a monitoring moment."""
    return handlers.answer_monitoring_moment(call.house, table_case_id, code, call.input, unit)
