"""What weighing decided or took back, and what the referrer hears of it."""

from dataclasses import dataclass
from datetime import date
from uuid import UUID


@dataclass(frozen=True, slots=True, kw_only=True)
class ReferralWeighed:
    """`referrals.weighed.v1` or `decisions.corrected.v1` of weighing: what the weighing team decided on a referral.

    `comes_back_on`: the briefing of a deferred referral. `rerouted_to`: where a referral that does not fit belongs.
    """

    referral_id: UUID
    briefing_on: date
    decision: str
    reason: str | None = None
    comes_back_on: date | None = None
    rerouted_to: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class DecisionWithdrawn:
    """`decisions.withdrawn.v1` of weighing: a decision was none, and the referral is on the agenda again."""

    referral_id: UUID


@dataclass(frozen=True, slots=True, kw_only=True)
class FeedbackGiven:
    """`feedback.given.v1`: the weighing team's decision on a partner's referral.

    `message_id`, `reference`: the referrer's own. `correction`: true if the feedback before is wrong. `back_on_agenda`:
    true, and no decision is there, if the team withdrew its decision and decides anew at a later briefing.
    """

    message_id: str
    reference: str
    decision: str | None = None
    reason: str | None = None
    comes_back_on: date | None = None
    rerouted_to: str | None = None
    decided_on: date | None = None
    correction: bool | None = None
    back_on_agenda: bool | None = None
