"""What weighing decided, and what the referrer hears of it."""

from dataclasses import dataclass
from datetime import date
from uuid import UUID


@dataclass(frozen=True, slots=True, kw_only=True)
class ReferralWeighed:
    """`referrals.weighed.v1` of weighing: what the weighing team decided on a referral."""

    referral_id: UUID
    briefing_on: date
    decision: str
    reason: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class FeedbackGiven:
    """`feedback.given.v1`: the weighing team's decision on a partner's referral.

    `message_id`, `reference`: the referrer's own.
    """

    message_id: UUID
    reference: str
    decision: str
    reason: str | None = None
    decided_on: date
