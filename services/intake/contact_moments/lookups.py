"""Which contact moments there are, and what each tells."""

from collections.abc import Sequence
from datetime import date
from uuid import UUID

from services.intake.contact_moments.messages import (
    ContactMomentLine,
    ContactMomentList,
    ContactMomentView,
    FeedbackCaller,
)
from services.intake.contact_moments.rules import UnknownContactMoment, likely_same
from services.intake.contact_moments.store import ContactMoment, ContactMomentStore
from services.intake.feedback.messages import FeedbackView
from services.intake.referrals.store import ReferralStore
from services.intake.set_aside.store import SetAsideStore
from services.intake.unit import Lookup
from shared.business_dates import dutch_date


def contact_moments(house_id: str, lookup: Lookup) -> ContactMomentList:
    """What waits, who is to be answered and what is settled, without texts and names."""
    store, today = lookup.store(ContactMomentStore), dutch_date(lookup.now())
    waiting, to_answer, settled = store.waiting(house_id), store.to_answer(house_id), store.settled(house_id)
    counting = [each for each in (*waiting, *to_answer, *settled) if each.counts]
    return ContactMomentList(
        waiting=tuple(_line(each, counting, today) for each in waiting),
        to_answer=tuple(_line(each, counting, today) for each in to_answer),
        settled=tuple(_line(each, (), today) for each in settled),
    )


def contact_moment(house_id: str, contact_moment_id: UUID, lookup: Lookup) -> ContactMomentView:
    """A contact moment in full. Raises UnknownContactMoment."""
    store = lookup.store(ContactMomentStore)
    moment = store.contact_moment(house_id, contact_moment_id)
    if moment is None:
        raise UnknownContactMoment
    return ContactMomentView(
        contact_moment_id=moment.contact_moment_id,
        version=moment.version,
        state=moment.state,
        sorted_as=moment.sorted_as,
        destination=moment.destination,
        referral_id=moment.referral_id,
        referral_kind=_kind(moment, lookup),
        duplicate_of=moment.duplicate_of,
        telling=moment.telling,
        recorded_by=moment.recorded_by,
        recorded_at=moment.recorded_at,
        likely_duplicates=_likely_duplicates(moment, store.told_on_day(house_id, moment.told_on)),
        earlier=tuple(store.earlier(moment)),
        answer_due_on=moment.answer_due_on,
        answers=tuple(store.answers(moment)),
    )


def caller_of(house_id: str, feedback: FeedbackView, lookup: Lookup) -> FeedbackCaller:
    """Who called or wrote and is to hear this."""
    if feedback.contact_moment_id is None:
        return FeedbackCaller(outside=None)
    moment = lookup.store(ContactMomentStore).contact_moment(house_id, feedback.contact_moment_id)
    return FeedbackCaller(outside=moment.telling.outside if moment else None)


def _kind(moment: ContactMoment, lookup: Lookup) -> str | None:
    if moment.referral_id is None:
        return None
    stored = lookup.store(ReferralStore).referral(moment.house, moment.referral_id)
    waiting = stored.referral if stored else lookup.store(SetAsideStore).set_aside(moment.house, moment.referral_id)
    return waiting.kind if waiting else None


def _line(moment: ContactMoment, others: Sequence[ContactMoment], today: date) -> ContactMomentLine:
    return ContactMomentLine(
        contact_moment_id=moment.contact_moment_id,
        state=moment.state,
        channel=moment.telling.channel,
        told_on=moment.told_on,
        organisation=moment.telling.organisation,
        urgent=moment.telling.urgent,
        sorted_as=moment.sorted_as,
        answer_due_on=moment.answer_due_on,
        overdue=moment.answer_due_on is not None and moment.answer_due_on < today,
        recorded_by=moment.recorded_by,
        recorded_at=moment.recorded_at,
        likely_duplicates=_likely_duplicates(moment, others),
    )


def _likely_duplicates(moment: ContactMoment, others: Sequence[ContactMoment]) -> tuple[UUID, ...]:
    return tuple(other.contact_moment_id for other in others if likely_same(moment.described, other.described))
