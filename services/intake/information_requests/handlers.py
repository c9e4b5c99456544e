"""Weighing has a partner asked about a subject, and the partner answers."""

from collections.abc import Sequence
from datetime import datetime
from functools import partial
from typing import Any
from uuid import UUID

from uuid_utils.compat import uuid7

from services.intake import metrics
from services.intake.access import ANSWER
from services.intake.house import ASKED, PER_SERVICE, House
from services.intake.information_requests.messages import (
    AnsweredService,
    AnswerPerService,
    AnswerRequest,
    GivenAnswer,
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
    CLOCKS_DIFFER,
    AlreadyAnswered,
    MissingContact,
    NotAsked,
    UnknownInformationRequest,
    answered_too_early,
    known_services,
    municipal_questions,
)
from services.intake.information_requests.store import InformationRequestStore, SentRequest
from services.intake.partners.handlers import accept, partner_of
from services.intake.partners.rules import hears_questions, may_get, recipient, user_of_partner
from services.intake.referrals.handlers import prepare_referrals, referral_of_house
from services.intake.referrals.rules import Referral, UnknownReferral
from services.intake.referrals.store import ReferralStore, StoredReferral
from services.intake.subjects.handlers import disclosed
from services.intake.subjects.rules import KnownSubject
from services.intake.subjects.store import SubjectStore
from services.intake.subjects.telling import told_to_asked
from services.intake.unit import Unit
from shared.business_dates import dutch_date
from shared.messaging import Event, Ignorable, Rejected, problem_of
from shared.sealed_texts import SealedText
from shared.web import Caller, acts_for_house


def prepare_requests(events: Sequence[Event[InformationRequestIssued]], unit: Unit) -> None:
    """Read at once the referrals that partners are asked about, with their subjects."""
    prepare_referrals(events, unit)
    for house_id in {event.house for event in events}:
        subject_ids = {event.data.subject_id for event in events if event.house == house_id}
        unit.store(SubjectStore).load_subjects(house_id, subject_ids)


def send_information_request(event: Event[InformationRequestIssued], unit: Unit) -> None:
    """Ask the partner about the subject of a referral, and log the disclosure. Whom no message asks, somebody calls.

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
    if hears_questions(unit.profile(event.house), event.data.partner):
        _send(event, unit)


def _send(event: Event[InformationRequestIssued], unit: Unit) -> None:
    house, issued = unit.profile(event.house), event.data
    partner = user_of_partner(house, issued.partner)
    stored = referral_of_house(house.id, issued.referral_id, unit)
    if stored.referral.sealed:
        raise Ignorable("the referral is open no more")
    if stored.referral.subject_id != issued.subject_id:
        raise UnknownReferral
    known = disclosed(house.id, issued.subject_id, to=partner, purpose=ASKED, unit=unit)
    if hears_questions(house, issued.partner):
        unit.announce(
            _question(issued, known, stored.referral, house),
            house=house.id,
            case_id=known.case_id,
            time=unit.now(),
            to=partner,
            correlation_id=_correlation_id(issued.partner, stored, unit),
        )


def _question(
    issued: InformationRequestIssued, known: KnownSubject, referral: Referral, house: House
) -> InformationRequestSent | QuestionsSent:
    """In the version that the partner gets."""
    subject = told_to_asked(known, issued.partner, referrer=referral.referrer, house=house)
    if not may_get(house, issued.partner, PER_SERVICE):
        return InformationRequestSent(request_id=issued.request_id, answer_by=issued.answer_by, subject=subject)
    return QuestionsSent(
        request_id=issued.request_id,
        answer_by=issued.answer_by,
        services=municipal_questions(house) if issued.asked is None else issued.asked,
        subject=subject,
        kind=referral.kind,
        received_on=referral.received_on,
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

    Raises NotAsked, AlreadyAnswered, AnsweredBeforeAsked.
    """
    answer, partner = event.data, partner_of(event)
    request = _request(event.house, partner, answer.request_id, unit)
    if request.answered_on:
        raise AlreadyAnswered
    _accept_in_time(event, request, unit)
    message = InformationRequestAnswered(
        request_id=answer.request_id, partner=partner, answered_on=answer.answered_on, involved=answer.involved
    )
    unit.store(InformationRequestStore).answer_information_request(answer.request_id, answer.answered_on, ())
    _answer(event.house, request, message, event.time, unit)


def answer_per_service(event: Event[AnswerPerService], unit: Unit) -> None:
    """Announce what each service of the partner answers, or what it adds to its answer, and send the receipt.

    Raises NotAsked, AnsweredBeforeAsked.
    """
    request = _request(event.house, partner_of(event), event.data.request_id, unit)
    _accept_in_time(event, request, unit)
    _take_answer(event.house, request, event.data, event.time, unit)


def answer_by_hand(caller: Caller, request_id: UUID, given: AnswerRequest, unit: Unit) -> GivenAnswer:
    """Keep what a person of the asked partner answers, or what the house was told by phone.

    Raises UnknownInformationRequest, or Rejected with every problem.
    """
    on_behalf = acts_for_house(caller, ANSWER)
    partner = None if on_behalf else caller.organisation
    request = unit.store(InformationRequestStore).information_request(caller.house, partner, request_id)
    if request is None:
        raise UnknownInformationRequest
    answer = AnswerPerService(
        request_id=request_id,
        answered_on=given.answered_on or unit.today,
        services=given.services,
        contact=given.contact,
    )
    broken = [*answer.broken_rules(unit.profile(caller.house), unit.today)]
    broken += answered_too_early("answeredOn", answer.answered_on, request.asked_on)
    if on_behalf and given.contact is None:
        broken.append(MissingContact())
    if broken:
        raise Rejected(*map(problem_of, broken))
    _take_answer(caller.house, request, answer, unit.now(), unit, person=caller.id)
    recorded = GivenAnswer(
        request_id=request_id,
        answered_on=answer.answered_on,
        recorded_by=caller.name,
        recorded_at=unit.now(),
        on_behalf=on_behalf,
    )
    unit.store(InformationRequestStore).add_given_answer(recorded)
    unit.concerns("information-requests", request_id, request.case_id)
    return recorded


def _take_answer(
    house: str, request: SentRequest, answer: AnswerPerService, time: datetime, unit: Unit, *, person: str | None = None
) -> None:
    """Keep the answer as the first one, or as a supplement of it.

    person: the id of who wrote it, if not the partner's system.
    """
    write = partial(_write, house, request, time, person, unit)
    told: dict[str, Any] = {
        "request_id": answer.request_id,
        "partner": request.partner,
        "services": tuple(
            AnsweredService(
                service=each.service, answer=each.answer, ground=each.ground, contribution_id=write(each.text)
            )
            for each in answer.services
        ),
        "contact_id": write(answer.contact.line if answer.contact else None),
    }
    store = unit.store(InformationRequestStore)
    store.answer_information_request(answer.request_id, answer.answered_on, _text_ids(told))
    if request.answered_on:
        supplement = InformationRequestSupplemented(supplemented_on=answer.answered_on, **told)
        unit.announce(supplement, house=house, case_id=request.case_id, time=time)
        return
    involved = known_services(answer.services)
    message = InformationRequestAnswered(answered_on=answer.answered_on, involved=involved, **told)
    _answer(house, request, message, time, unit)


def _text_ids(told: dict[str, Any]) -> list[UUID]:
    """Of what is written in an answer."""
    written = [told["contact_id"], *(each.contribution_id for each in told["services"])]
    return [text_id for text_id in written if text_id]


def _write(
    house: str, request: SentRequest, time: datetime, person: str | None, unit: Unit, text: str | None
) -> UUID | None:
    """The id of a text that is sealed now; None without a text, and about somebody who is forgotten."""
    if text is None or request.is_forgotten:
        return None
    sealed = SealedText(
        text_id=uuid7(),
        house=house,
        case_id=request.texts_case_id,
        kind="answer",
        organisation=request.partner,
        person=person,
        written_at=time,
        text=text,
    )
    unit.texts.write(sealed)
    return sealed.text_id


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
    metrics.ANSWERS.labels(house, message.partner).inc()
    unit.announce(message, house=house, case_id=request.case_id, time=time)


def _accept_in_time(
    event: Event[InformationAnswer] | Event[AnswerPerService], request: SentRequest, unit: Unit
) -> None:
    """Raises AnsweredBeforeAsked."""
    latest = event.data.answered_on + CLOCKS_DIFFER
    for too_early in answered_too_early("data.answeredOn", latest, request.asked_on):
        raise too_early
    _accept(event, request.case_id, unit)


def _accept(event: Event[InformationAnswer] | Event[AnswerPerService], case_id: UUID, unit: Unit) -> None:
    accept(event.ids_as_sent, unit, house=event.house, to=event.sender, case_id=case_id)


def _correlation_id(partner: str, stored: StoredReferral, unit: Unit) -> str | None:
    """That of the referral, if the partner brought it; nobody else sees how a partner numbers its messages."""
    if partner != stored.referral.referrer or stored.referral.message_id is None:
        return None
    return unit.store(ReferralStore).as_sent(stored).ids.correlation_id
