"""Weighing has a partner asked about a subject, and the partner answers."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any, Final
from uuid import UUID

from services.intake import metrics
from services.intake.house import ASKED
from services.intake.information_requests.messages import (
    AnswerPerService,
    InformationAnswer,
    InformationRequestAnswered,
    InformationRequestIssued,
    InformationRequestReminded,
    InformationRequestSent,
    InformationRequestSupplemented,
    InformationRequestVoided,
    InformationRequestWithdrawn,
    QuestionsSent,
    ReminderSent,
)
from services.intake.information_requests.rules import (
    AlreadyAnswered,
    NotAsked,
    check_day,
    known_services,
    municipal_questions,
)
from services.intake.information_requests.store import InformationRequestStore, SentRequest
from services.intake.partners.handlers import accept, partner_of
from services.intake.partners.rules import may_get, recipient
from services.intake.referrals.handlers import prepare_referrals, referral_of_house
from services.intake.referrals.rules import UnknownReferral
from services.intake.referrals.store import ReferralStore, StoredReferral
from services.intake.subjects.handlers import disclosed
from services.intake.subjects.store import SubjectStore
from services.intake.subjects.telling import told_to_asked
from services.intake.unit import Unit
from shared.business_dates import dutch_date
from shared.messaging import Event, Ignorable

PER_SERVICE: Final = "information-requests.sent.v2"


def prepare_requests(events: Sequence[Event[InformationRequestIssued]], unit: Unit) -> None:
    """Read at once the referrals that partners are asked about, with their subjects."""
    prepare_referrals(events, unit)
    for house_id in {event.house for event in events}:
        subject_ids = {event.data.subject_id for event in events if event.house == house_id}
        unit.store(SubjectStore).load_subjects(house_id, subject_ids)


def send_information_request(event: Event[InformationRequestIssued], unit: Unit) -> None:
    """Ask the partner about the subject of a referral, and log the disclosure.

    Raises UnknownReferral, MayNotGet.
    """
    unit.store(InformationRequestStore).add_information_request(event.house, event.data, dutch_date(event.time))
    _send(event, unit)


def reschedule_information_request(event: Event[InformationRequestIssued], unit: Unit) -> None:
    """Ask the partner again, with the day until which it can answer now: the message has the same request id.

    Raises UnknownReferral, MayNotGet.
    """
    if not unit.store(InformationRequestStore).reschedule_information_request(event.data):
        raise Ignorable("the partner was not asked, or has answered")
    _send(event, unit)


def _send(event: Event[InformationRequestIssued], unit: Unit) -> None:
    house, issued = unit.profile(event.house), event.data
    in_detail = may_get(house, issued.partner, PER_SERVICE)
    partner = recipient(house, issued.partner, PER_SERVICE if in_detail else "information-requests.sent.v1")
    stored = referral_of_house(house.id, issued.referral_id, unit)
    if stored.referral.subject_id != issued.subject_id:
        raise UnknownReferral
    known = disclosed(house.id, issued.subject_id, to=partner, purpose=ASKED, unit=unit)
    subject = told_to_asked(known, issued.partner, referrer=stored.referral.referrer, house=house)
    asked: dict[str, Any] = {"request_id": issued.request_id, "answer_by": issued.answer_by, "subject": subject}
    if in_detail:
        asked["services"] = municipal_questions(house) if issued.asked is None else issued.asked
    unit.announce(
        QuestionsSent(**asked) if in_detail else InformationRequestSent(**asked),
        house=house.id,
        case_id=known.case_id,
        time=unit.now(),
        to=partner,
        correlation_id=_correlation_id(issued.partner, stored, unit),
    )


def send_reminder(event: Event[InformationRequestReminded], unit: Unit) -> None:
    """Remind the partner, if it gets reminders."""
    reminder = ReminderSent(request_id=event.data.request_id, answer_by=event.data.answer_by)
    _tell(event, "reminders.sent.v1", reminder, unit)


def withdraw_request(event: Event[InformationRequestVoided], unit: Unit) -> None:
    """Tell the partner that the answer is needed no more, if it gets such messages."""
    message = InformationRequestWithdrawn(request_id=event.data.request_id)
    _tell(event, "information-requests.withdrawn.v1", message, unit)


def answer_information_request(event: Event[InformationAnswer], unit: Unit) -> None:
    """Announce the partner's answer to an information request, and send the partner the receipt. One answer a request.

    Raises NotAsked, AlreadyAnswered.
    """
    answer, partner = event.data, partner_of(event)
    request = _request(event.house, partner, answer.request_id, unit)
    if request.answered_on:
        raise AlreadyAnswered
    _accept(event, request.case_id, unit)
    message = InformationRequestAnswered(
        request_id=answer.request_id, partner=partner, answered_on=answer.answered_on, involved=answer.involved
    )
    _answer(event.house, request, message, event.time, unit)


def answer_per_service(event: Event[AnswerPerService], unit: Unit) -> None:
    """Announce what each service of the partner answers, or what it adds to its answer, and send the receipt.

    Raises NotAsked, AnsweredBeforeAsked.
    """
    partner = partner_of(event)
    request = _request(event.house, partner, event.data.request_id, unit)
    _accept(event, request.case_id, unit)
    take_answer(event.house, partner, request, event.data, event.time, unit)


def take_answer(
    house: str, partner: str, request: SentRequest, answer: AnswerPerService, time: datetime, unit: Unit
) -> None:
    """Keep the answer as the first one, or as a supplement of it. Raises AnsweredBeforeAsked."""
    check_day(answer.answered_on, request.asked_on)
    if request.answered_on:
        supplement = InformationRequestSupplemented(
            request_id=answer.request_id,
            partner=partner,
            supplemented_on=answer.answered_on,
            services=answer.services,
        )
        unit.announce(supplement, house=house, case_id=request.case_id, time=time)
        return
    message = InformationRequestAnswered(
        request_id=answer.request_id,
        partner=partner,
        answered_on=answer.answered_on,
        involved=known_services(answer.services),
        services=answer.services,
    )
    _answer(house, request, message, time, unit)


def repeat_receipt(event: Event[InformationAnswer] | Event[AnswerPerService], unit: Unit) -> None:
    """Give the sender of an answer its receipt again."""
    store = unit.store(InformationRequestStore)
    request = store.information_request(event.house, partner_of(event), event.data.request_id)
    if request:
        _accept(event, request.case_id, unit)


def _tell(
    event: Event[InformationRequestReminded] | Event[InformationRequestVoided], type: str, message: object, unit: Unit
) -> None:
    house = unit.profile(event.house)
    if may_get(house, event.data.partner, type):
        to = recipient(house, event.data.partner, type)
        unit.announce(message, house=house.id, case_id=event.case_id, time=unit.now(), to=to)


def _request(house: str, partner: str, request_id: UUID, unit: Unit) -> SentRequest:
    """Raises NotAsked."""
    request = unit.store(InformationRequestStore).information_request(house, partner, request_id)
    if request is None:
        raise NotAsked
    return request


def _answer(house: str, request: SentRequest, message: InformationRequestAnswered, time: datetime, unit: Unit) -> None:
    unit.store(InformationRequestStore).answer_information_request(message.request_id, message.answered_on)
    metrics.ANSWERS.labels(house, message.partner).inc()
    unit.announce(message, house=house, case_id=request.case_id, time=time)


def _accept(event: Event[InformationAnswer] | Event[AnswerPerService], case_id: UUID, unit: Unit) -> None:
    accept(event.ids_as_sent, unit, house=event.house, to=event.sender, case_id=case_id)


def _correlation_id(partner: str, stored: StoredReferral, unit: Unit) -> str | None:
    """That of the referral, if the partner brought it; nobody else sees how a partner numbers its messages."""
    if partner != stored.referral.referrer or stored.referral.message_id is None:
        return None
    return unit.store(ReferralStore).as_sent(stored).ids.correlation_id
