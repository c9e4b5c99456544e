"""What is announced of a plan and its monitoring moments, and what people look up."""

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from services.meetings.plans.rules import ActionPlan, Answer
from services.meetings.table_cases.messages import Recorded
from shared.bounds import Text
from shared.web import PageQuery


@dataclass(frozen=True, slots=True, kw_only=True)
class PlanCorrection(ActionPlan):
    """The right plan. `because`: why another plan was recorded."""

    because: Text

    @property
    def plan(self) -> ActionPlan:
        return ActionPlan(agreed_on=self.agreed_on, case_holder=self.case_holder, agreements=self.agreements)


@dataclass(frozen=True, slots=True, kw_only=True)
class AnswerCorrection(Answer):
    """The right answer. `because`: why another answer was recorded."""

    because: Text

    @property
    def answer(self) -> Answer:
        return Answer(answered_on=self.answered_on, plan_stands=self.plan_stands, note=self.note)


@dataclass(frozen=True, slots=True, kw_only=True)
class RecordedPlan(Recorded):
    """A plan of a table case. `replacedOn`: since when the plan does not stand any more."""

    action_plan_id: UUID
    plan: ActionPlan
    replaced_on: date | None


@dataclass(frozen=True, slots=True, kw_only=True)
class RecordedAnswer(Recorded):
    """An answer at a monitoring moment of a table case."""

    code: str
    answer: Answer


@dataclass(frozen=True, slots=True, kw_only=True)
class ActionPlanAgreed:
    """`action-plans.agreed.v1`: a plan was agreed. `agreements`: their number; the text stays in meetings."""

    action_plan_id: UUID | None = None
    table_case_id: UUID
    table: str
    agreed_on: date
    case_holder: str
    agreements: int
    domains: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class ActionPlanWithdrawn:
    """`action-plans.withdrawn.v1`: the plan was never agreed; the plan before stands again, if there is one."""

    action_plan_id: UUID
    table_case_id: UUID
    table: str
    withdrawn_on: date


@dataclass(frozen=True, slots=True, kw_only=True)
class MonitoringMomentAnswered:
    """`monitoring-moments.answered.v1`: whether the plan still stands. The case holder's note stays in meetings.

    Announced again if the answer is corrected.
    """

    table_case_id: UUID
    moment: str
    due_on: date
    answered_on: date
    plan_stands: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class MonitoringAnswerWithdrawn:
    """`monitoring-answers.withdrawn.v1`: the case holder has not answered at this moment, which is due again."""

    table_case_id: UUID
    moment: str
    withdrawn_on: date


@dataclass(frozen=True, slots=True, kw_only=True)
class DueMomentsQuery(PageQuery):
    """Moments that wait for their answer on `dueBy`."""

    due_by: date


@dataclass(frozen=True, slots=True, kw_only=True)
class DueMoment:
    """A monitoring moment that waits for its answer, and the partner to ask."""

    moment_id: UUID
    table_case_id: UUID
    case_id: UUID
    table: str
    sub_region: str
    case_holder: str
    code: str
    due_on: date
