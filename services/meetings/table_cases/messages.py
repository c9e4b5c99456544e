"""What opens a table case, what is announced of it, and what people look up."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Literal
from uuid import UUID

from services.meetings.clients.messages import ClientAtTable
from shared.bounds import Text
from shared.web import PageQuery


@dataclass(frozen=True, slots=True, kw_only=True)
class Withdrawal:
    """`because`: why a fact was recorded that is not one."""

    because: Text


@dataclass(frozen=True, slots=True, kw_only=True)
class Recorded:
    """Who recorded a fact and when, if it was recorded since that is kept.

    `because`, `supersededBy`, `supersededAt`: why the fact does not count any more, by whom and since when; null if it
    counts.
    """

    recorded_by: str | None
    recorded_at: datetime | None
    because: str | None
    superseded_by: str | None
    superseded_at: datetime | None


@dataclass(frozen=True, slots=True, kw_only=True)
class ReferralWeighed:
    """`referrals.weighed.v1` of weighing. `opens_table`: where the decision brings the case, if to any table.
    `client_at_table`: if the team weighed it. `tabling`: None in what was kept before tablings were.
    """

    referral_id: UUID
    subject_id: UUID
    municipality: str
    sub_region: str
    briefing_on: date
    decision: str
    opens_table: str | None = None
    client_at_table: ClientAtTable | None = None
    tabling: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class DecisionCorrected(ReferralWeighed):
    """`decisions.corrected.v1` of weighing: the right decision, in place of a wrong one that was announced.

    `decided_again`: whether a later decision counts by now.
    """

    corrected_on: date
    decided_again: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class DecisionWithdrawn:
    """`decisions.withdrawn.v1` of weighing: the decision at a tabling was none; the referral is back on the agenda."""

    referral_id: UUID
    tabling: int
    withdrawn_on: date


@dataclass(frozen=True, slots=True, kw_only=True)
class TableCaseOpened:
    """`table-cases.opened.v1`: a case came under treatment at a table."""

    table_case_id: UUID
    referral_id: UUID
    subject_id: UUID
    table: str
    municipality: str
    sub_region: str
    opened_on: date


@dataclass(frozen=True, slots=True, kw_only=True)
class TableCaseReferredAgain:
    """`table-cases.referred-again.v1`: a decision found the subject's table case running; no second one is opened."""

    table_case_id: UUID
    referral_id: UUID
    table: str
    referred_on: date


@dataclass(frozen=True, slots=True, kw_only=True)
class TableCaseWithdrawn:
    """`table-cases.withdrawn.v1`: the decision that opened the table case was wrong."""

    table_case_id: UUID
    referral_id: UUID
    table: str
    withdrawn_on: date


@dataclass(frozen=True, slots=True, kw_only=True)
class TableCaseReferralWithdrawn:
    """`table-case-referrals.withdrawn.v1`: the decision that referred a running table case again was wrong."""

    table_case_id: UUID
    referral_id: UUID
    table: str
    withdrawn_on: date


@dataclass(frozen=True, slots=True, kw_only=True)
class TableCasesQuery(PageQuery):
    """`referralId` finds the table case that a referral opened or found running.

    `decisionCorrected`: whether the decision that opened the case was corrected after the table had worked on it.
    `releaseOn`: cases of which the subject is released on that day, by a release date that changed. `meetingWanted`:
    whether the case holder says that the plan is overtaken, and no session or other plan has followed.
    """

    table: str | None = None
    state: Literal["open", "closed", "withdrawn"] | None = None
    referral_id: UUID | None = None
    decision_corrected: bool | None = None
    release_on: date | None = None
    meeting_wanted: bool | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Repeat:
    """A referral on the subject of a running table case, weighed since the standing plan or else the opening.

    `decision`: what the weighing team decided, whether for this table or not.
    """

    repeat_id: UUID
    table_case_id: UUID
    case_id: UUID
    table: str
    referral_id: UUID
    decision: str
    weighed_on: date
