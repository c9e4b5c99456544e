"""What meetings and aftercare tell of cases, as far as it opens or closes a purpose."""

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from services.intake.openings.rules import ENDED


@dataclass(frozen=True, slots=True, kw_only=True)
class OnTableCase:
    """`table-cases.closed.v1` of meetings: a case is at a table no more. `.withdrawn.v1`: it never was."""

    table_case_id: UUID
    table: str


@dataclass(frozen=True, slots=True, kw_only=True)
class TableCaseOpened(OnTableCase):
    """`table-cases.opened.v1` of meetings."""

    opened_on: date


@dataclass(frozen=True, slots=True, kw_only=True)
class ActionPlanAgreed:
    """`action-plans.agreed.v1` of meetings: who holds a case at a table. `action_plan_id`: None in events of before."""

    action_plan_id: UUID | None = None
    table_case_id: UUID
    case_holder: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ActionPlanWithdrawn:
    """`action-plans.withdrawn.v1` of meetings: the plan before stands again, if there is one."""

    action_plan_id: UUID
    table_case_id: UUID


@dataclass(frozen=True, slots=True, kw_only=True)
class OnDetention:
    """`detentions.withdrawn.v1`, `.joined.v1` or `.restored.v1` of aftercare."""

    detention_id: UUID

    @property
    def opened_by(self) -> UUID:
        return self.detention_id


@dataclass(frozen=True, slots=True, kw_only=True)
class ReleaseDateChanged(OnDetention):
    """`release-dates.changed.v1` of aftercare. `release_on`: None if none is known any more."""

    release_on: date | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class OnConversation:
    """`conversations.held.v1` or `.withdrawn.v1` of aftercare."""

    conversation_id: UUID

    @property
    def opened_by(self) -> UUID:
        return self.conversation_id


@dataclass(frozen=True, slots=True, kw_only=True)
class OnTrajectory:
    """`trajectories.ended.v1` or `trajectory-steps.withdrawn.v1` of aftercare. `step`: the step that was a slip."""

    trajectory_id: UUID
    step: str = ENDED

    @property
    def opened_by(self) -> UUID:
        return self.trajectory_id


@dataclass(frozen=True, slots=True, kw_only=True)
class OnStay:
    """`stays.began.v1`, `.ended.v1` or `stay-steps.withdrawn.v1` of aftercare. `step`: the step that was a slip."""

    stay_id: UUID
    step: str = ENDED

    @property
    def opened_by(self) -> UUID:
        return self.stay_id


InAftercare = OnDetention | OnConversation | OnTrajectory | OnStay
