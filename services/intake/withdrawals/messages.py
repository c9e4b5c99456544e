"""How a referral is withdrawn, and what is announced of it."""

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from services.intake.partners.rules import Statement
from shared.bounds import Code, Line, Text


@dataclass(frozen=True, slots=True, kw_only=True)
class ReferralWithdrawal(Statement):
    """`referral-withdrawals.submitted.v1` of a partner: its referral was a mistake, or is overtaken.

    `referral_id`: as in the receipt of the referral.
    """

    reference: Code
    referral_id: UUID
    because: Line | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class WithdrawReferral:
    """The sender has told by phone or mail that the referral is withdrawn."""

    because: Text


@dataclass(frozen=True, slots=True, kw_only=True)
class ReferralWithdrawn:
    """`referrals.withdrawn.v1`: a referral that a briefing was to weigh was withdrawn by its sender."""

    referral_id: UUID
    subject_id: UUID
    withdrawn_on: date
