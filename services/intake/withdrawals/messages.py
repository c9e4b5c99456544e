"""How a referral is withdrawn, and what is announced of it."""

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from services.intake.partners.rules import Statement
from services.intake.referrals.rules import Referral
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


@dataclass(frozen=True, slots=True, kw_only=True)
class RepeatWithdrawn:
    """`repeats.withdrawn.v1`: a referral that no briefing was to weigh was withdrawn."""

    referral_id: UUID
    withdrawn_on: date


def withdrawn(referral: Referral, on: date) -> ReferralWithdrawn | RepeatWithdrawn:
    """What is announced of an open referral that is withdrawn."""
    if not referral.weighed:
        return RepeatWithdrawn(referral_id=referral.referral_id, withdrawn_on=on)
    return ReferralWithdrawn(referral_id=referral.referral_id, subject_id=referral.subject_id, withdrawn_on=on)
