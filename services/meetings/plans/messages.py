"""What is announced of a plan and its monitoring moments, and what people look up."""

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from shared.web import PageQuery


@dataclass(frozen=True, slots=True, kw_only=True)
class ActionPlanAgreed:
    """`action-plans.agreed.v1`: a plan was agreed. `agreements`: their number; the text stays in meetings."""

    table_case_id: UUID
    table: str
    agreed_on: date
    case_holder: str
    agreements: int
    domains: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class MonitoringMomentAnswered:
    """`monitoring-moments.answered.v1`: whether the plan still stands. The case holder's note stays in meetings."""

    table_case_id: UUID
    moment: str
    due_on: date
    answered_on: date
    plan_stands: bool


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
