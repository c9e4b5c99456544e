"""The process director records what the table agreed, and the case holder's answers."""

from uuid import UUID, uuid4

from services.meetings import metrics
from services.meetings.house import House
from services.meetings.plans import rules
from services.meetings.plans.messages import ActionPlanAgreed, MonitoringMomentAnswered
from services.meetings.plans.rules import ActionPlan, Answer, MonitoringMoment, StandingPlan
from services.meetings.plans.store import PlanStore
from services.meetings.table_cases.rules import TableCase
from services.meetings.table_cases.store import TableCaseStore
from shared.unit import Unit


def agree_on_plan(house: str, table_case_id: UUID, plan: ActionPlan, unit: Unit[House]) -> StandingPlan:
    """Record the plan, with its monitoring moments, in place of the one that stood."""
    table_case = unit.store(TableCaseStore).table_case_to_change(house, table_case_id)
    store = unit.store(PlanStore)
    standing = store.standing_plan(table_case_id)
    agreed = rules.agree(table_case, plan, standing, unit.profile(house), uuid4())
    if agreed is standing:
        return agreed
    store.replace_plan(house, table_case_id, agreed)
    _announce_agreed(table_case, plan, unit)
    return agreed


def _announce_agreed(table_case: TableCase, plan: ActionPlan, unit: Unit[House]) -> None:
    message = ActionPlanAgreed(
        table_case_id=table_case.table_case_id,
        table=table_case.table,
        agreed_on=plan.agreed_on,
        case_holder=plan.case_holder,
        agreements=len(plan.agreements),
        domains=tuple(plan.domains),
    )
    unit.announce_on(plan.agreed_on, message, table_case)
    metrics.PLANS_AGREED.labels(table_case.house, table_case.table).inc()


def answer_monitoring_moment(
    house: str, table_case_id: UUID, code: str, answer: Answer, unit: Unit[House]
) -> MonitoringMoment:
    """Record the case holder's answer with the moment of the standing plan that has this code."""
    table_case = unit.store(TableCaseStore).table_case_to_change(house, table_case_id)
    store = unit.store(PlanStore)
    standing = store.standing_plan(table_case_id)
    moment = rules.answer(table_case, standing, code, answer)
    if not standing or standing.moment(code) == moment:
        return moment
    store.answer_moment(standing.action_plan_id, code, answer)
    _announce_answered(table_case, moment, answer, unit)
    return moment


def _announce_answered(table_case: TableCase, moment: MonitoringMoment, answer: Answer, unit: Unit[House]) -> None:
    message = MonitoringMomentAnswered(
        table_case_id=table_case.table_case_id,
        moment=moment.code,
        due_on=moment.due_on,
        answered_on=answer.answered_on,
        plan_stands=answer.plan_stands,
    )
    unit.announce_on(answer.answered_on, message, table_case)
    metrics.MOMENTS_ANSWERED.labels(table_case.house, str(answer.plan_stands).lower()).inc()
