"""The referrer and whoever was asked hear what was decided on a referral, and what of it was wrong.

Who sent a message hears by message, if it gets feedback so. A person of the house tells any other, and records that.
"""

from collections.abc import Sequence
from dataclasses import replace
from typing import Any
from uuid import UUID

from uuid_utils.compat import uuid7

from services.intake.feedback.messages import (
    DecisionCorrected,
    DecisionWithdrawn,
    FeedbackGiven,
    InformationRequestDecided,
    RecordOutcome,
    ReferralTabledAgain,
    ReferralWeighed,
)
from services.intake.feedback.rules import (
    Feedback,
    News,
    NothingRecorded,
    Outcome,
    UnknownFeedback,
    check_outcome,
    due_day,
    news_of,
    of_withdrawn,
)
from services.intake.feedback.store import FeedbackStore
from services.intake.house import FEEDBACK, TO_ASKED, House
from services.intake.information_requests.store import InformationRequestStore
from services.intake.openings.handlers import set_briefing
from services.intake.partners.rules import may_get, who_get
from services.intake.referrals.handlers import OnReferral, prepare_referrals, referral_of_house
from services.intake.referrals.store import ReferralStore, StoredReferral
from services.intake.unit import Unit
from shared.business_dates import dutch_date
from shared.messaging import Event, Ignorable
from shared.postgres import as_row
from shared.sealed_texts import SealedText
from shared.web import Caller

TAKEN_BACK = "feedback taken back"
"""Why an outcome was wrong is sealed under this name."""


def prepare_decided(events: Sequence[Event[OnReferral]], unit: Unit) -> None:
    """Read at once the referrals that were decided on, and what partners that hear it were asked about them."""
    prepare_referrals(events, unit)
    for house_id in {event.house for event in events}:
        if partners := who_get(unit.profile(house_id), TO_ASKED):
            referral_ids = {event.data.referral_id for event in events if event.house == house_id}
            unit.store(InformationRequestStore).load_asked(referral_ids, partners)


def give_feedback(event: Event[ReferralWeighed], unit: Unit) -> None:
    """Send the referrer the decision, or have a person tell it if no message does. Raises UnknownReferral."""
    _tell(event, _decision(event.data), unit)


def correct_feedback(event: Event[DecisionCorrected], unit: Unit) -> None:
    """Tell the referrer the right decision, as a correction of the feedback before, unless it was told already."""
    if event.data.decided_again:
        raise Ignorable("a later decision counts")
    if event.data.told_already:
        raise Ignorable("nothing changes of what others are told")
    _tell(event, replace(_decision(event.data), correction=True), unit)


def withdraw_feedback(event: Event[DecisionWithdrawn], unit: Unit) -> None:
    """Tell the referrer that the decision was withdrawn and, if the referral was not, that the team decides anew."""
    _tell(event, News(correction=True, back_on_agenda=True), unit)


def follow_agenda(event: Event[ReferralTabledAgain], unit: Unit) -> None:
    """Let the weighing team see the case as long as the referral waits for a briefing again; nobody is told."""
    stored = _open_referral(event, unit)
    if stored.is_withdrawn:
        raise Ignorable("the referral was withdrawn by its sender")
    _set_briefing(event, stored, unit, goes_on=event.data.table_on is not None)


def record(caller: Caller, feedback_id: UUID, given: RecordOutcome, unit: Unit) -> None:
    """Record that a referrer was told on a day, or can't be told. The same again changes nothing.

    Raises UnknownFeedback, NoLongerOwed, AlreadyRecorded.
    """
    feedback = _feedback(caller.house, feedback_id, unit)
    outcome: Outcome = "given" if given.told_on else "impossible"
    if check_outcome(feedback, outcome, given.told_on):
        unit.store(FeedbackStore).record(feedback_id, outcome, given.told_on, by=caller.name, at=unit.now())
        if given.because:
            _say_why(feedback, given.because, caller, unit)


def _say_why(feedback: Feedback, because: str, caller: Caller, unit: Unit) -> None:
    text = SealedText.by(caller, feedback.case_id, "because", because, at=unit.now())
    unit.texts.write(text)
    unit.store(FeedbackStore).add_reason(feedback.feedback_id, text.text_id, at=unit.now())


def take_back(house: str, feedback_id: UUID, because: str, *, by: str, unit: Unit) -> None:
    """Raises UnknownFeedback, NothingRecorded."""
    if _feedback(house, feedback_id, unit).outcome is None:
        raise NothingRecorded
    sealed = unit.publishing.sealer.seal(because.encode(), TAKEN_BACK)
    unit.store(FeedbackStore).take_back(feedback_id, because=sealed, by=by, at=unit.now())


def _feedback(house: str, feedback_id: UUID, unit: Unit) -> Feedback:
    feedback = unit.store(FeedbackStore).feedback_to_change(house, feedback_id)
    if feedback is None:
        raise UnknownFeedback
    unit.concerns_case(feedback.case_id)
    return feedback


def _decision(weighed: ReferralWeighed) -> News:
    return News(
        decision=weighed.decision,
        reason=weighed.reason,
        comes_back_on=weighed.comes_back_on,
        rerouted_to=weighed.rerouted_to,
        decided_on=weighed.briefing_on,
    )


def tell_sorted(house: str, referral_id: UUID, unit: Unit, *, worrying: bool) -> None:
    """Tell the referrer that nobody weighs its referral, or that the team does after all."""
    news = News(correction=True, back_on_agenda=True) if worrying else News(not_weighed=True)
    _tell_referrer(house, referral_of_house(house, referral_id, unit), news, unit)


def _tell(event: Event[OnReferral], news: News, unit: Unit) -> None:
    stored = _open_referral(event, unit)
    if stored.is_withdrawn:
        news = of_withdrawn(news)
    _tell_referrer(event.house, stored, news, unit)
    _tell_asked(event.house, stored, news, unit)
    _set_briefing(event, stored, unit, goes_on=news.goes_on)


def _tell_referrer(house_id: str, stored: StoredReferral, news: News, unit: Unit) -> None:
    """By message, or by a person if it called, wrote, or gets no feedback by message."""
    house = unit.profile(house_id)
    if stored.referral.message_id is None or not may_get(house, stored.referral.referrer, FEEDBACK):
        _owe(stored, news, unit)
    else:
        _send(house, stored, news, unit)


def _open_referral(event: Event[OnReferral], unit: Unit) -> StoredReferral:
    """Raises UnknownReferral, or Ignorable if it was sealed."""
    stored = referral_of_house(unit.profile(event.house).id, event.data.referral_id, unit)
    if stored.referral.sealed:
        raise Ignorable("the referral is open no more")
    return stored


def _set_briefing(event: Event[OnReferral], stored: StoredReferral, unit: Unit, *, goes_on: bool) -> None:
    house, referral_id = unit.profile(event.house), event.data.referral_id
    set_briefing(house, stored.case_id, referral_id, unit, ended=not goes_on, told_by=event.id)


def _owe(stored: StoredReferral, news: News, unit: Unit) -> None:
    """A person tells it, and nothing older of this referral any more."""
    store, referral, today = unit.store(FeedbackStore), stored.referral, dutch_date(unit.now())
    before = store.last_of_referral(referral.referral_id)
    if before and before.is_owed:
        store.lapse(before.feedback_id)
    if to_tell := news_of(news, before):
        store.add_feedback(
            referral.house, uuid7(), referral.referral_id, to_tell, owed_since=today, due_on=due_day(today)
        )


def _send(house: House, stored: StoredReferral, news: News, unit: Unit) -> None:
    sent, reach = unit.store(ReferralStore).as_sent(stored), house.reaches.get(news.rerouted_to or "")
    unit.announce(
        FeedbackGiven(message_id=sent.ids.id, reference=sent.reference, reach=reach, **_as_told(news)),
        house=house.id,
        case_id=stored.case_id,
        time=unit.now(),
        to=house.user_of(stored.referral.referrer),
        correlation_id=sent.ids.correlation_id,
    )


def _tell_asked(house_id: str, stored: StoredReferral, news: News, unit: Unit) -> None:
    """Each partner that was asked about the referral hears it once, if it gets such messages."""
    house = unit.profile(house_id)
    if partners := who_get(house, TO_ASKED):
        asked = unit.store(InformationRequestStore).asked(stored.referral.referral_id, partners)
        for partner, (last, *before) in asked.items():
            message = InformationRequestDecided(
                request_id=last, earlier_request_ids=tuple(before) or None, **_as_told(news)
            )
            to = house.user_of(partner)
            unit.announce(message, house=house_id, case_id=stored.case_id, time=unit.now(), to=to)


def _as_told(news: News) -> dict[str, Any]:
    """The news in a message, which leaves out what is not so."""
    return {name: value for name, value in as_row(news).items() if value}
