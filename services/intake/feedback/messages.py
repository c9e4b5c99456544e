"""What weighing decided or took back, what the referrer hears of it, and what people record of telling it."""

from dataclasses import dataclass
from datetime import date
from typing import Annotated
from uuid import UUID

from services.intake.feedback.rules import Feedback
from shared.bounds import Length, Text
from shared.days import HouseDay
from shared.web import PageQuery

MOST_TOLD = 50
"""Outcomes in the list of the last ones."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ReferralWeighed:
    """`referrals.weighed.v1` of weighing: what the weighing team decided on a referral.

    `comes_back_on`: the briefing of a deferred referral. `rerouted_to`: where a referral that does not fit belongs.
    """

    referral_id: UUID
    briefing_on: date
    decision: str
    reason: str | None = None
    comes_back_on: date | None = None
    rerouted_to: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class DecisionCorrected(ReferralWeighed):
    """`decisions.corrected.v1` of weighing: the right decision. `decided_again`: whether a later one counts by now.
    `told_already`: whether nothing changes of what others are told.
    """

    decided_again: bool = False
    told_already: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class DecisionWithdrawn:
    """`decisions.withdrawn.v1` of weighing: a decision was none, and the referral is on the agenda again."""

    referral_id: UUID


@dataclass(frozen=True, slots=True, kw_only=True)
class ReferralTabledAgain:
    """`referrals.tabled-again.v1` of weighing. `table_on`: None if the referral waits for no briefing any more."""

    referral_id: UUID
    table_on: date | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class TellsDecision:
    """`correction`: true if what the partner heard before is wrong. No decision is there if the team withdrew its own;
    `back_on_agenda`: true if it decides anew at a later briefing: always, unless the sender withdrew the referral.
    """

    decision: str | None = None
    reason: str | None = None
    comes_back_on: date | None = None
    rerouted_to: str | None = None
    decided_on: date | None = None
    correction: bool | None = None
    back_on_agenda: bool | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class FeedbackGiven(TellsDecision):
    """`feedback.given.v1`: the weighing team's decision on a partner's referral.

    `message_id`, `reference`: the referrer's own. `not_weighed`: true if nobody decides on the referral, since it is
    of a kind that is weighed only if it is worrying, and a person of the house finds that it is not. `reach`: how to
    reach the destination in `rerouted_to`, for people; None if the profile does not say.
    """

    message_id: str
    reference: str
    not_weighed: bool | None = None
    reach: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class InformationRequestDecided(TellsDecision):
    """`information-requests.decided.v1`: the weighing team's decision on whom a partner was asked about.

    `request_id`: what the partner was asked last about the referral. `earlier_request_ids`: what it was asked before,
    the last first; absent if nothing.
    """

    request_id: UUID
    earlier_request_ids: tuple[UUID, ...] | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class FeedbackQuery(PageQuery):
    """A page of what referrers are still to hear."""


@dataclass(frozen=True, slots=True, kw_only=True)
class FeedbackView(Feedback):
    """What a person of the house tells a referrer; without `decision` the last one was withdrawn.

    `contact_moment_id`: where it stands who called, or null. `correction`: whether the referrer heard something else
    before. `back_on_agenda`: whether the team decides anew. `not_weighed`: whether nobody weighs the referral, since
    somebody found that it is not worrying.
    `decided_on`: the day of the briefing. `owed_since`: the day on which intake heard of the decision. `overdue`:
    whether the day by which the referrer hears is over. `lapsed`: whether something newer is told in its place.
    `outcome`: `given`, `impossible`, or null as long as it is owed. `told_on`: the day on which the referrer heard.
    `because`: what was said with the outcome.
    """

    overdue: bool
    because: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class ToldFeedback:
    """`items`: what was recorded last, the latest first, 50 at most."""

    items: Annotated[tuple[FeedbackView, ...], Length(most=MOST_TOLD)]


@dataclass(frozen=True, slots=True, kw_only=True)
class RecordOutcome:
    """`told_on`: the day on which the referrer heard; without it, the referrer can't be told: it left, for example.

    `because`: why it can't be told; sealed.
    """

    told_on: HouseDay | None = None
    because: Text | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class TakeBackOutcome:
    """`because`: what was wrong with the outcome."""

    because: Text
