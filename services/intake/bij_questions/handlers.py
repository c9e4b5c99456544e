"""A municipality asks, and the house answers, for the mayor. Nobody else sees either."""

from uuid import UUID, uuid4

from services.intake.access import SEE_BIJ
from services.intake.bij_questions.messages import (
    AdviseMayor,
    AskHouse,
    BijQuestion,
    BijQuestionAnswered,
    BijQuestionSubmitted,
    CorrectAdvice,
    ListedQuestion,
)
from services.intake.bij_questions.rules import AnsweredBefore, NothingAnswered, UnknownQuestion, check_municipal
from services.intake.bij_questions.store import BijQuestionStore, Place
from services.intake.partners.handlers import accept, partner_of
from services.intake.partners.rules import SentAs, may_get
from services.intake.unit import Lookup, Unit
from shared.business_dates import dutch_date
from shared.messaging import Event
from shared.web import Caller, acts_for_house

ANSWERED = "bij-questions.answered.v1"


def ask_house(caller: Caller, asked: AskHouse, unit: Unit) -> BijQuestion:
    """Keep the question. Raises NotMunicipal."""
    check_municipal(caller.organisation, unit.profile(caller.house))
    place = Place(caller.house, uuid4())
    unit.store(BijQuestionStore).add_question(place, caller.organisation, asked, caller.name, unit.now())
    return seen_question(caller, place.case_id, unit)


def ask_by_message(event: Event[BijQuestionSubmitted], unit: Unit) -> None:
    """Keep the question of the mandated contact, and send the municipality the receipt. Raises NotMunicipal."""
    told, partner = event.data, partner_of(event)
    check_municipal(partner, unit.profile(event.house), "source")
    sent_as = SentAs(told.reference, *event.ids_as_sent)
    place = Place(event.house, uuid4())
    unit.store(BijQuestionStore).add_question(place, partner, told.asked, told.asked_by, event.time, sent_as)
    repeat_receipt(event, unit)


def repeat_receipt(event: Event[BijQuestionSubmitted], unit: Unit) -> None:
    """Give the sender of a question its receipt."""
    accept(event.ids_as_sent, unit, house=event.house, to=event.sender, reference=event.data.reference)


def advise_mayor(caller: Caller, question_id: UUID, given: AdviseMayor, unit: Unit) -> BijQuestion:
    """Answer the question. The same answer again changes nothing. Raises UnknownQuestion, AnsweredBefore."""
    found = seen_question(caller, question_id, unit)
    if found.says(given):
        return found
    if found.state == "answered":
        raise AnsweredBefore
    return _answered(caller, question_id, given, unit)


def correct_advice(caller: Caller, question_id: UUID, right: CorrectAdvice, unit: Unit) -> BijQuestion:
    """Answer the question anew; the answer before stays readable. The same answer changes nothing.

    Raises UnknownQuestion, NothingAnswered.
    """
    found, place = seen_question(caller, question_id, unit), Place(caller.house, question_id)
    if found.state == "asked":
        raise NothingAnswered
    if found.says(right):
        return found
    unit.store(BijQuestionStore).supersede_answer(place, right.because, caller.name, unit.now())
    return _answered(caller, question_id, right, unit)


def _answered(caller: Caller, question_id: UUID, given: AdviseMayor, unit: Unit) -> BijQuestion:
    """The question with this answer, which its sender hears by message if the question came so."""
    place = Place(caller.house, question_id)
    unit.store(BijQuestionStore).answer_question(place, given, caller.name, unit.now())
    answered = seen_question(caller, question_id, unit)
    sent_as = unit.store(BijQuestionStore).sent_as(place)
    if sent_as and may_get(unit.profile(caller.house), answered.partner, ANSWERED):
        _send(given, answered, sent_as, caller.house, unit)
    return answered


def _send(given: AdviseMayor, answered: BijQuestion, sent_as: SentAs, house_id: str, unit: Unit) -> None:
    message = BijQuestionAnswered(
        message_id=sent_as.message_id,
        reference=sent_as.reference,
        advice=given.advice,
        supports=given.supports,
        answered_on=dutch_date(unit.now()),
        correction=answered.corrected or None,
        because=answered.earlier[0].because if answered.corrected else None,
    )
    to, told_by = unit.profile(house_id).user_of(answered.partner), sent_as.correlation_id
    unit.announce(message, house=house_id, case_id=None, time=unit.now(), to=to, correlation_id=told_by)


def seen_question(caller: Caller, question_id: UUID, unit: Unit) -> BijQuestion:
    """A question with its texts, for those who answer and for whoever has the mandate of the municipality that asked.

    Raises UnknownQuestion.
    """
    found = unit.store(BijQuestionStore).bij_question(Place(caller.house, question_id))
    if found is None or not (acts_for_house(caller, SEE_BIJ) or found.partner == caller.organisation):
        raise UnknownQuestion
    unit.concerns("bij-questions", question_id)
    return found


def questions(caller: Caller, lookup: Lookup) -> list[ListedQuestion]:
    """Those that the caller may see, without their texts."""
    partner = None if acts_for_house(caller, SEE_BIJ) else caller.organisation
    return lookup.store(BijQuestionStore).bij_questions(caller.house, partner)
