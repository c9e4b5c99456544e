"""A municipality asks, and the house answers, for the mayor. Nobody else sees either."""

from uuid import UUID, uuid4

from services.intake.access import SEE_BIJ
from services.intake.bij_questions.messages import (
    AdviseMayor,
    AskHouse,
    BijQuestion,
    CorrectAdvice,
    ListedQuestion,
)
from services.intake.bij_questions.rules import AnsweredBefore, NothingAnswered, UnknownQuestion, check_municipal
from services.intake.bij_questions.store import BijQuestionStore, Place
from services.intake.unit import Lookup, Unit
from shared.web import Caller, acts_for_house


def ask_house(caller: Caller, asked: AskHouse, unit: Unit) -> BijQuestion:
    """Keep the question. Raises NotMunicipal."""
    check_municipal(caller.organisation, unit.profile(caller.house))
    place = Place(caller.house, uuid4())
    unit.store(BijQuestionStore).add_question(place, caller.organisation, asked, caller.name, unit.now())
    return seen_question(caller, place.case_id, unit)


def advise_mayor(caller: Caller, question_id: UUID, given: AdviseMayor, unit: Unit) -> BijQuestion:
    """Answer the question. The same answer again changes nothing. Raises UnknownQuestion, AnsweredBefore."""
    found, place = seen_question(caller, question_id, unit), Place(caller.house, question_id)
    if found.advice == given.advice:
        return found
    if found.state == "answered":
        raise AnsweredBefore
    unit.store(BijQuestionStore).answer_question(place, given.advice, caller.name, unit.now())
    return seen_question(caller, question_id, unit)


def correct_advice(caller: Caller, question_id: UUID, right: CorrectAdvice, unit: Unit) -> BijQuestion:
    """Answer the question anew; the answer before stays readable. The same answer changes nothing.

    Raises UnknownQuestion, NothingAnswered.
    """
    found, place = seen_question(caller, question_id, unit), Place(caller.house, question_id)
    if found.state == "asked":
        raise NothingAnswered
    if found.advice == right.advice:
        return found
    store = unit.store(BijQuestionStore)
    store.supersede_answer(place, right.because, caller.name, unit.now())
    store.answer_question(place, right.advice, caller.name, unit.now())
    return seen_question(caller, question_id, unit)


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
