"""BIJ questions, over HTTP."""

from uuid import UUID

from services.intake.access import ADVISE_MAYOR, ASK_BIJ, SEE_BIJ
from services.intake.bij_questions import handlers
from services.intake.bij_questions.messages import AdviseMayor, AskHouse, BijQuestion, BijQuestionList, CorrectAdvice
from services.intake.unit import Lookup, Unit
from shared.web import Call, command, lookup, recorded_lookup


@lookup(action=SEE_BIJ, gives=BijQuestionList)
def list_bij_questions(call: Call[None], unit: Lookup) -> BijQuestionList:
    """What municipalities ask on BIJ notices, without texts: of the own municipality, or of all for who answers."""
    return BijQuestionList(items=tuple(handlers.questions(call.caller, unit)))


@command(action=ASK_BIJ, takes=AskHouse, gives=BijQuestion, status=201, keyed=True)
def ask_bij_question(call: Call[AskHouse], unit: Unit) -> BijQuestion:
    """Ask the house for support on a BIJ notice."""
    return handlers.ask_house(call.caller, call.input, unit)


@recorded_lookup(action=SEE_BIJ, gives=BijQuestion)
def show_bij_question(call: Call[None], unit: Unit, question_id: UUID) -> BijQuestion:
    """A BIJ question with its texts; that the caller has read it is logged."""
    return handlers.seen_question(call.caller, question_id, unit)


@command(action=ADVISE_MAYOR, takes=AdviseMayor, gives=BijQuestion)
def answer_bij_question(call: Call[AdviseMayor], unit: Unit, question_id: UUID) -> BijQuestion:
    """Answer a BIJ question with the advice for the mayor. The same again changes nothing."""
    return handlers.advise_mayor(call.caller, question_id, call.input, unit)


@command(action=ADVISE_MAYOR, takes=CorrectAdvice, gives=BijQuestion)
def correct_bij_answer(call: Call[CorrectAdvice], unit: Unit, question_id: UUID) -> BijQuestion:
    """Correct the answer to a BIJ question, and say what was wrong. The answer before stays readable."""
    return handlers.correct_advice(call.caller, question_id, call.input, unit)
