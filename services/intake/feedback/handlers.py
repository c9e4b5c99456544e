"""The referrer hears what was decided on its referral, and what of it was wrong."""

from typing import NamedTuple
from uuid import UUID

from services.intake.feedback.messages import DecisionWithdrawn, FeedbackGiven, ReferralWeighed
from services.intake.partners.rules import recipient
from services.intake.referrals.handlers import referral_of_house
from services.intake.referrals.store import ReferralStore, SentReferral
from services.intake.unit import Unit
from shared.messaging import Event, Ignorable


class Referrer(NamedTuple):
    """The partner that brought a referral, and by what it knows its message. user: the partner's user."""

    user: str
    sent: SentReferral
    case_id: UUID


def give_feedback(event: Event[ReferralWeighed], unit: Unit) -> None:
    """Send the referrer the decision. Nothing is sent on a referral by phone or mail: people pass on that decision.

    Raises UnknownReferral, MayNotGet.
    """
    referrer = _referrer(event.house, event.data.referral_id, unit)
    _tell(referrer, event, _decision(event.data, referrer), unit)


def correct_feedback(event: Event[ReferralWeighed], unit: Unit) -> None:
    """Send the referrer the right decision, marked as a correction of the feedback before."""
    referrer = _referrer(event.house, event.data.referral_id, unit)
    _tell(referrer, event, _decision(event.data, referrer, correction=True), unit)


def withdraw_feedback(event: Event[DecisionWithdrawn], unit: Unit) -> None:
    """Tell the referrer that the decision was withdrawn and that the team decides anew."""
    referrer = _referrer(event.house, event.data.referral_id, unit)
    message = FeedbackGiven(
        message_id=referrer.sent.ids.id, reference=referrer.sent.reference, correction=True, back_on_agenda=True
    )
    _tell(referrer, event, message, unit)


def _referrer(house_id: str, referral_id: UUID, unit: Unit) -> Referrer:
    """Raises UnknownReferral, MayNotGet, or Ignorable if the referral did not come by message."""
    house = unit.profile(house_id)
    stored = referral_of_house(house.id, referral_id, unit)
    referral = stored.referral
    if referral.message_id is None:
        raise Ignorable("the referral did not come by message")
    return Referrer(
        user=recipient(house, referral.referrer, "feedback.given.v1"),
        sent=unit.store(ReferralStore).as_sent(stored),
        case_id=stored.case_id,
    )


def _decision(weighed: ReferralWeighed, referrer: Referrer, *, correction: bool | None = None) -> FeedbackGiven:
    return FeedbackGiven(
        message_id=referrer.sent.ids.id,
        reference=referrer.sent.reference,
        decision=weighed.decision,
        reason=weighed.reason,
        comes_back_on=weighed.comes_back_on,
        rerouted_to=weighed.rerouted_to,
        decided_on=weighed.briefing_on,
        correction=correction,
    )


def _tell(
    referrer: Referrer, event: Event[ReferralWeighed] | Event[DecisionWithdrawn], message: FeedbackGiven, unit: Unit
) -> None:
    unit.announce(
        message,
        house=event.house,
        case_id=referrer.case_id,
        time=unit.now(),
        to=referrer.user,
        correlation_id=referrer.sent.ids.correlation_id,
    )
