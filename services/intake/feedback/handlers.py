"""The referrer hears what was decided on its referral."""

from services.intake.feedback.messages import FeedbackGiven, ReferralWeighed
from services.intake.partners.rules import recipient
from services.intake.referrals.handlers import referral_of_house
from services.intake.referrals.store import ReferralStore
from services.intake.unit import Unit
from shared.messaging import Event, Ignorable


def give_feedback(event: Event[ReferralWeighed], unit: Unit) -> None:
    """Send the referrer the decision. Nothing is sent on a referral by phone or mail: people pass on that decision.

    Raises UnknownReferral, MayNotGet.
    """
    house, weighed = unit.profile(event.house), event.data
    stored = referral_of_house(house.id, weighed.referral_id, unit)
    referral = stored.referral
    if referral.message_id is None:
        raise Ignorable("the referral did not come by message")
    message = FeedbackGiven(
        message_id=referral.message_id,
        reference=unit.store(ReferralStore).reference(stored),
        decision=weighed.decision,
        reason=weighed.reason,
        decided_on=weighed.briefing_on,
    )
    to = recipient(house, referral.referrer, "feedback.given.v1")
    unit.announce(message, house=house.id, case_id=stored.subject.case_id, time=event.time, to=to)
