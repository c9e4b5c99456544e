"""What people get who look a table case up."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Annotated
from uuid import UUID

from services.meetings.clients.messages import WeighedClient
from services.meetings.closings.messages import RecordedClosing
from services.meetings.involvement.messages import InvolvedTableCase
from services.meetings.late_information.rules import LateInformation
from services.meetings.plans.messages import RecordedAnswer, RecordedPlan
from services.meetings.plans.rules import StandingPlan
from services.meetings.releases.messages import Release
from services.meetings.repeats.messages import RepeatQuestionView
from services.meetings.sessions.messages import CaseSession
from services.meetings.table_cases.rules import TableCase
from shared.bounds import Length

MOST_OF_A_CASE = 20


@dataclass(frozen=True, slots=True, kw_only=True)
class TableCaseReferral:
    """A referral that opened the table case or found it running. `withdrawnOn`: when its decision was taken back."""

    referral_id: UUID
    referred_on: date
    recorded_at: datetime | None
    withdrawn_on: date | None


@dataclass(frozen=True, slots=True, kw_only=True)
class TableCaseRepeat:
    """A referral on the subject that was weighed while the table case ran, with the weighing team's decision."""

    referral_id: UUID
    decision: str
    weighed_on: date
    recorded_at: datetime
    withdrawn_on: date | None


@dataclass(frozen=True, slots=True, kw_only=True)
class TableCaseInDetail(TableCase):
    """With all that happened to it; `standingPlan` is null before the first plan.

    `plans`, `answers`, `closings`: everything that was recorded, also what was corrected or withdrawn. `releases`: the
    release dates of the subject that changed. `clientAtTable`: as the last decision that brought the case here says;
    null if none does. `repeatQuestions`: the referrals that came in while the case ran. `lateInformation`: that
    partners told something after the decision; what, is at intake.
    """

    referrals: tuple[TableCaseReferral, ...]
    repeats: tuple[TableCaseRepeat, ...]
    sessions: tuple[CaseSession, ...]
    standing_plan: StandingPlan | None
    plans: tuple[RecordedPlan, ...]
    answers: tuple[RecordedAnswer, ...]
    closings: tuple[RecordedClosing, ...]
    releases: tuple[Release, ...]
    client_at_table: WeighedClient | None
    suspect_since: date | None
    repeat_questions: tuple[RepeatQuestionView, ...]
    late_information: tuple[LateInformation, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class MeetingsCase:
    """What meetings knows of the person of a case. `table_cases`: the last 20, the newest first.

    `involvement`: for people of a partner, in place of all the rest; null for a function of the house.
    """

    case_id: UUID
    case_ids: tuple[UUID, ...] = ()
    table_cases: Annotated[tuple[TableCaseInDetail, ...], Length(most=MOST_OF_A_CASE)] = ()
    involvement: Annotated[tuple[InvolvedTableCase, ...], Length(most=MOST_OF_A_CASE)] | None = None
