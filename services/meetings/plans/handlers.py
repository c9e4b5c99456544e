"""The process director records what the table agreed, and the case holder's answers."""

from dataclasses import replace
from uuid import UUID, uuid4

from services.meetings import metrics
from services.meetings.house import House
from services.meetings.plans import rules
from services.meetings.plans.messages import (
    ActionPlanAgreed,
    ActionPlanWithdrawn,
    MonitoringAnswerWithdrawn,
    MonitoringMomentAnswered,
)
from services.meetings.plans.rules import ActionPlan, Answer, MonitoringMoment, NotStanding, StandingPlan, UnknownPlan
from services.meetings.plans.store import PlanStore
from services.meetings.table_cases.rules import TableCase, require_running
from services.meetings.table_cases.store import TableCaseStore
from shared.unit import Unit


def agree_on_plan(house: str, table_case_id: UUID, plan: ActionPlan, by: str, unit: Unit[House]) -> StandingPlan:
    """Record the plan in place of the one that stood. The first plan brings the monitoring moments."""
    table_case = unit.store(TableCaseStore).table_case_to_change(house, table_case_id)
    store = unit.store(PlanStore)
    standing = store.standing_plan(table_case_id)
    moments = standing.moments if standing else store.moments(table_case_id)
    agreed = rules.agree(table_case, plan, standing, moments, unit.profile(house), uuid4())
    if agreed is not standing:
        _record(table_case, agreed, standing, by, unit)
    return agreed


def _record(
    table_case: TableCase, agreed: StandingPlan, before: StandingPlan | None, by: str, unit: Unit[House]
) -> None:
    store = unit.store(PlanStore)
    store.replace_plan(table_case, agreed, by)
    if not before:
        store.set_moments(table_case.house, table_case.table_case_id, agreed)
    _announce_agreed(table_case, agreed, unit)


def _announce_agreed(table_case: TableCase, agreed: StandingPlan, unit: Unit[House]) -> None:
    plan = agreed.plan
    message = ActionPlanAgreed(
        action_plan_id=agreed.action_plan_id,
        table_case_id=table_case.table_case_id,
        table=table_case.table,
        agreed_on=plan.agreed_on,
        case_holder=plan.case_holder,
        agreements=len(plan.agreements),
        domains=tuple(plan.domains),
    )
    unit.announce_on(plan.agreed_on, message, table_case)
    metrics.PLANS_AGREED.labels(table_case.house, table_case.table).inc()


def correct_plan(
    house: str, action_plan_id: UUID, right: ActionPlan, because: str, by: str, unit: Unit[House]
) -> StandingPlan:
    """Record the right plan in place of the standing one. The same correction again changes nothing."""
    table_case = _table_case_of(house, action_plan_id, unit)
    standing = unit.store(PlanStore).standing_plan(table_case.table_case_id)
    if standing and standing.plan == right:
        return standing
    if not standing or standing.action_plan_id != action_plan_id:
        raise NotStanding
    before = unit.store(PlanStore).plan_before(table_case.table_case_id)
    agreed = rules.agree(table_case, right, before, standing.moments, unit.profile(house), uuid4())
    _take_back(table_case, standing, before, because, by, unit)
    if agreed is not before:
        _record(table_case, agreed, before, by, unit)
    return agreed


def withdraw_plan(house: str, action_plan_id: UUID, because: str, by: str, unit: Unit[House]) -> None:
    """Record that the standing plan was never agreed: the plan before stands again, if there is one."""
    table_case = _table_case_of(house, action_plan_id, unit)
    store = unit.store(PlanStore)
    plans = {plan.action_plan_id: plan for plan in store.plans(table_case.table_case_id)}
    if plans[action_plan_id].superseded_at:
        return
    standing = store.standing_plan(table_case.table_case_id)
    if not standing or standing.action_plan_id != action_plan_id:
        raise NotStanding
    before = rules.withdraw(table_case, standing, store.plan_before(table_case.table_case_id))
    _take_back(table_case, standing, before, because, by, unit)
    if not before:
        store.set_moments(house, table_case.table_case_id, None)


def _table_case_of(house: str, action_plan_id: UUID, unit: Unit[House]) -> TableCase:
    table_case_id = unit.store(PlanStore).table_case_of(house, action_plan_id)
    if not table_case_id:
        raise UnknownPlan
    return unit.store(TableCaseStore).table_case_to_change(house, table_case_id)


def _take_back(
    table_case: TableCase, standing: StandingPlan, before: StandingPlan | None, because: str, by: str, unit: Unit[House]
) -> None:
    unit.store(PlanStore).withdraw_plan(table_case, standing.action_plan_id, before, because, by)
    message = ActionPlanWithdrawn(
        action_plan_id=standing.action_plan_id,
        table_case_id=table_case.table_case_id,
        table=table_case.table,
        withdrawn_on=unit.today,
    )
    unit.announce_on(unit.today, message, table_case)


def answer_monitoring_moment(
    house: str, table_case_id: UUID, code: str, answer: Answer, by: str, unit: Unit[House]
) -> MonitoringMoment:
    """Record the case holder's answer at the monitoring moment that has this code."""
    table_case = unit.store(TableCaseStore).table_case_to_change(house, table_case_id)
    store = unit.store(PlanStore)
    waiting = rules.moment_of(store.standing_plan(table_case_id), code)
    moment = rules.answer(table_case, waiting, answer)
    if moment is not waiting:
        store.answer_moment(table_case, moment, by)
        _announce_answered(table_case, moment, answer, unit)
    return moment


def correct_answer(
    house: str, table_case_id: UUID, code: str, right: Answer, because: str, by: str, unit: Unit[House]
) -> MonitoringMoment:
    """Record the right answer in place of the one that was recorded."""
    table_case = unit.store(TableCaseStore).table_case_to_change(house, table_case_id)
    store = unit.store(PlanStore)
    wrong = rules.moment_of(store.standing_plan(table_case_id), code)
    moment = rules.correct_answer(table_case, wrong, right)
    if moment is not wrong:
        store.supersede_answer(table_case, wrong, because, by)
        store.answer_moment(table_case, moment, by)
        _announce_answered(table_case, moment, right, unit)
    return moment


def withdraw_answer(
    house: str, table_case_id: UUID, code: str, because: str, by: str, unit: Unit[House]
) -> MonitoringMoment:
    """Record that the case holder has not answered: the moment waits for its answer again."""
    table_case = unit.store(TableCaseStore).table_case_to_change(house, table_case_id)
    store = unit.store(PlanStore)
    moment = rules.moment_of(store.standing_plan(table_case_id), code)
    waiting = replace(moment, answer=None)
    if moment.answer:
        require_running(table_case, moment.answer.answered_on, "moment")
        store.supersede_answer(table_case, moment, because, by)
        store.answer_moment(table_case, waiting, None)
        message = MonitoringAnswerWithdrawn(table_case_id=table_case_id, moment=code, withdrawn_on=unit.today)
        unit.announce_on(unit.today, message, table_case)
    return waiting


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
