"""What opens a table case, what is announced of it, and what people look up."""

from dataclasses import dataclass
from datetime import date
from typing import Literal
from uuid import UUID

from shared.web import PageQuery


@dataclass(frozen=True, slots=True, kw_only=True)
class ReferralWeighed:
    """`referrals.weighed.v1` of weighing. `opens_table`: where the decision brings the case, if to any table."""

    referral_id: UUID
    subject_id: UUID
    municipality: str
    sub_region: str
    briefing_on: date
    opens_table: str | None = None


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
class TableCasesQuery(PageQuery):
    """`referralId` finds the table case that a referral opened or found running."""

    table: str | None = None
    state: Literal["open", "closed"] | None = None
    referral_id: UUID | None = None
