"""What people get who look a table case up."""

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from services.meetings.plans.rules import StandingPlan
from services.meetings.sessions.messages import SessionView
from services.meetings.table_cases.rules import TableCase


@dataclass(frozen=True, slots=True, kw_only=True)
class TableCaseReferral:
    """A referral that opened the table case or found it running."""

    referral_id: UUID
    referred_on: date


@dataclass(frozen=True, slots=True, kw_only=True)
class TableCaseInDetail(TableCase):
    """With its referrals, its sessions and the plan that stands; `standingPlan` is null before the first."""

    referrals: tuple[TableCaseReferral, ...]
    sessions: tuple[SessionView, ...]
    standing_plan: StandingPlan | None
