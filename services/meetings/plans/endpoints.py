"""Action plans and monitoring moments, over HTTP."""

from uuid import UUID

from services.meetings.access import AGREE_ON_PLAN, ANSWER_MONITORING_MOMENT, SEE_TABLE_CASES
from services.meetings.house import House
from services.meetings.plans import handlers, lookups
from services.meetings.plans.messages import AnswerCorrection, DueMoment, DueMomentsQuery, PlanCorrection
from services.meetings.plans.rules import ActionPlan, Answer, MonitoringMoment, StandingPlan
from services.meetings.table_cases.messages import Withdrawal
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
    return handlers.agree_on_plan(call.house, table_case_id, call.input, call.caller.name, unit)


@command(action=AGREE_ON_PLAN, takes=PlanCorrection, gives=StandingPlan)
def correct_plan(call: Call[PlanCorrection], unit: Unit[House], action_plan_id: UUID) -> StandingPlan:
    """Correct the standing action plan."""
    right = call.input
    return handlers.correct_plan(call.house, action_plan_id, right.plan, right.because, call.caller.name, unit)


@command(action=AGREE_ON_PLAN, takes=Withdrawal)
def withdraw_plan(call: Call[Withdrawal], unit: Unit[House], action_plan_id: UUID) -> None:
    """Withdraw the standing action plan: the plan before stands again, if there is one."""
    handlers.withdraw_plan(call.house, action_plan_id, call.input.because, call.caller.name, unit)


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
    return handlers.answer_monitoring_moment(call.house, table_case_id, code, call.input, call.caller.name, unit)


@command(action=ANSWER_MONITORING_MOMENT, takes=AnswerCorrection, gives=MonitoringMoment)
def correct_answer(call: Call[AnswerCorrection], unit: Unit[House], table_case_id: UUID, code: str) -> MonitoringMoment:
    """Correct the case holder's answer at a monitoring moment."""
    right, by = call.input, call.caller.name
    return handlers.correct_answer(call.house, table_case_id, code, right.answer, right.because, by, unit)


@command(action=ANSWER_MONITORING_MOMENT, takes=Withdrawal, gives=MonitoringMoment)
def withdraw_answer(call: Call[Withdrawal], unit: Unit[House], table_case_id: UUID, code: str) -> MonitoringMoment:
    """Withdraw the case holder's answer: the moment waits for its answer again."""
    return handlers.withdraw_answer(call.house, table_case_id, code, call.input.because, call.caller.name, unit)
