"""A partner asks by message; somebody of the house answers a caller, and records it."""

from collections.abc import Iterator, Sequence
from datetime import date
from uuid import UUID

from services.intake.callers.messages import AnswerCaller, InformationQuestion, InformationQuestionAnswered
from services.intake.callers.rules import AnsweredOtherwise, BeforeQuestion, NoAnswerByMessage, NothingAsked
from services.intake.callers.store import QuestionStore
from services.intake.contact_moments.handlers import moment_to_change, take_question, tells_of_somebody
from services.intake.contact_moments.messages import CallerAnswer, Telling
from services.intake.contact_moments.rules import OWED
from services.intake.contact_moments.store import ContactMoment, ContactMomentStore
from services.intake.partners.handlers import accept, partner_of
from services.intake.partners.rules import SentAs, may_get, recipient
from services.intake.unit import Unit
from shared.business_dates import dutch_date
from shared.messaging import Event, Rejected, problem_of
from shared.rules import BrokenRule

ANSWERED = "information-questions.answered.v1"


def ask_by_message(event: Event[InformationQuestion], unit: Unit) -> None:
    """Keep a partner's question as a contact moment that is to be answered, and send the partner the receipt.

    Raises NoAnswerByMessage.
    """
    told, partner = event.data, partner_of(event)
    if not may_get(unit.profile(event.house), partner, ANSWERED):
        raise NoAnswerByMessage
    moment = take_question(event.house, _telling(event, partner), told.asked_by, unit)
    unit.store(QuestionStore).add_question(moment, partner, SentAs(told.reference, *event.ids_as_sent))
    repeat_receipt(event, unit)


def repeat_receipt(event: Event[InformationQuestion], unit: Unit) -> None:
    """Give the sender of a question its receipt."""
    accept(event.ids_as_sent, unit, house=event.house, to=event.sender, reference=event.data.reference)


def _telling(event: Event[InformationQuestion], partner: str) -> Telling:
    return Telling(
        channel="message",
        told_on=dutch_date(event.time),
        text=event.data.question,
        partner=partner,
        about=event.data.about,
        consent=event.data.consent,
    )


def answer_caller(
    house_id: str, contact_moment_id: UUID, given: AnswerCaller, *, by: str, version: int | None, unit: Unit
) -> ContactMoment:
    """Record what a caller was told; a question by message is answered by message. The same again changes nothing.

    Raises UnknownContactMoment, IsWithdrawn, NothingAsked, AnsweredOtherwise, Rejected.
    """
    moment, store = moment_to_change(house_id, contact_moment_id, version, unit), unit.store(ContactMomentStore)
    told_on = given.told_on or dutch_date(unit.now())
    if _is_told(moment, given, told_on, store.answers(moment)):
        return moment
    if broken := [*_broken_rules(moment, given, told_on, unit)]:
        raise Rejected(*map(problem_of, broken))
    said, because = given.answer, given.because
    answer = CallerAnswer(told_on=told_on, answer=said, recorded_by=by, recorded_at=unit.now(), because=because)
    _send(moment, answer, unit)
    return store.add_answer(moment, answer)


def _send(moment: ContactMoment, answer: CallerAnswer, unit: Unit) -> None:
    """Tell the answer to the partner that sent the question, if one did."""
    if sender := unit.store(QuestionStore).sender(moment):
        partner, sent_as = sender
        message = InformationQuestionAnswered(
            message_id=sent_as.message_id,
            reference=sent_as.reference,
            answer=answer.answer,
            answered_on=answer.told_on,
            correction=True if answer.because else None,
            because=answer.because,
        )
        to, told_by = recipient(unit.profile(moment.house), partner, ANSWERED), sent_as.correlation_id
        unit.announce(message, house=moment.house, case_id=None, time=unit.now(), to=to, correlation_id=told_by)


def _is_told(moment: ContactMoment, given: AnswerCaller, told_on: date, answers: Sequence[CallerAnswer]) -> bool:
    """Whether this answer stands already. Raises NothingAsked, AnsweredOtherwise."""
    if moment.state not in ("sorted", "answered") or moment.sorted_as not in OWED:
        raise NothingAsked
    if moment.state == "sorted":
        return False
    is_same = (answers[0].answer, answers[0].told_on) == (given.answer, told_on)
    if not is_same and given.because is None:
        raise AnsweredOtherwise
    return is_same


def _broken_rules(moment: ContactMoment, given: AnswerCaller, told_on: date, unit: Unit) -> Iterator[BrokenRule]:
    if told_on < moment.told_on:
        yield BeforeQuestion()
    if moment.sorted_as == "consultation" and not given.confirmed:
        yield from tells_of_somebody(moment.house, "answer", given.answer, unit)
