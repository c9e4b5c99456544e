"""What people look up of detentions."""

from dataclasses import dataclass
from datetime import date
from typing import Annotated
from uuid import UUID

from services.aftercare.conversations.messages import ConversationView
from services.aftercare.conversations.rules import RecordedReport
from services.aftercare.detentions.rules import Detention, RecordedNotice, RecordedWithdrawal, ToldReleaseDate
from services.aftercare.follow_ups.rules import RecordedFollowUp
from services.aftercare.involvement.messages import AftercareInvolvement
from services.aftercare.plans.rules import AftercarePlan, RecordedPlan, RecordedRefusal
from services.aftercare.preparations.messages import OverdueRelease
from services.aftercare.stays.rules import Stay
from services.aftercare.trajectories.rules import Trajectory
from services.aftercare.wanted_trajectories.messages import WantedTrajectory
from shared.bounds import Length
from shared.web import MOST_ITEMS, PageQuery

MOST_OF_A_CASE = 20


@dataclass(frozen=True, slots=True, kw_only=True)
class DetentionsQuery(PageQuery):
    """`withoutPlan` finds those for whom the house must still make a plan, `recurrent` those who were back soon."""

    case_id: UUID | None = None
    release_before: date | None = None
    without_plan: bool = False
    recurrent: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class TableCaseView:
    """`openedOn` is null for a moment when the closing was heard before the opening."""

    table_case_id: UUID
    opened_on: date | None
    closed_on: date | None


@dataclass(frozen=True, slots=True, kw_only=True)
class ListedDetention(Detention):
    """With the aftercare table's case of the same person, running or last, and when the standing plan was made.

    `refusedOn`: when a plan was refused, unless one was made since. `followsDetentionId`: the earlier detention after
    whose release this one is a recurrence.
    """

    table_case: TableCaseView | None
    plan_made_on: date | None
    refused_on: date | None
    follows_detention_id: UUID | None
    same_stay_as: UUID | None


@dataclass(frozen=True, slots=True, kw_only=True)
class DetentionInDetail(ListedDetention):
    """With each notice, release date, plan, refusal and answer in the order in which they came; of notices and release
    dates the last 500.

    `plan` is the plan that stands, and `version` its version, 0 when there is none: who makes the next plan names it.
    Facts that were withdrawn are there too, with who withdrew them, when and why.
    """

    version: int
    notices: Annotated[tuple[RecordedNotice, ...], Length(most=MOST_ITEMS)]
    withdrawals: tuple[RecordedWithdrawal, ...]
    release_dates: Annotated[tuple[ToldReleaseDate, ...], Length(most=MOST_ITEMS)]
    plan: AftercarePlan | None
    plans: tuple[RecordedPlan, ...]
    refusals: tuple[RecordedRefusal, ...]
    follow_ups: tuple[RecordedFollowUp, ...]
    conversations: tuple[ConversationView, ...]
    conversation_reports: tuple[RecordedReport, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class AftercareCase:
    """What aftercare knows of the person of a case; of each list the last 20.

    `missing`: what is missing today for the release of a detention. `trajectories`, `stays`: in the order in which they
    began or were asked for. `wantedTrajectories`: what the weighing team wants, the newest first. `involvement`: for
    people of a partner, in place of all the rest; null for the house.
    """

    case_id: UUID
    case_ids: tuple[UUID, ...] = ()
    detentions: Annotated[tuple[DetentionInDetail, ...], Length(most=MOST_OF_A_CASE)] = ()
    missing: tuple[OverdueRelease, ...] = ()
    trajectories: Annotated[tuple[Trajectory, ...], Length(most=MOST_OF_A_CASE)] = ()
    stays: Annotated[tuple[Stay, ...], Length(most=MOST_OF_A_CASE)] = ()
    wanted_trajectories: Annotated[tuple[WantedTrajectory, ...], Length(most=MOST_OF_A_CASE)] = ()
    involvement: AftercareInvolvement | None = None
