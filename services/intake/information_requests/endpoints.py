"""Answers by persons to what partners are asked, over HTTP."""

from uuid import UUID

from services.intake.access import ANSWER
from services.intake.information_requests import handlers, lookups
from services.intake.information_requests.messages import AnswerRequest, AnswersQuery, GivenAnswer, GivenAnswers
from services.intake.unit import Lookup, Unit
from shared.web import Call, command, lookup


@command(action=ANSWER, takes=AnswerRequest, gives=GivenAnswer, status=201, keyed=True)
def answer_by_hand(call: Call[AnswerRequest], unit: Unit, request_id: UUID) -> GivenAnswer:
    """Answer an information request, or add to the answer: for the own organisation, or for one that phoned."""
    return handlers.answer_by_hand(call.caller, request_id, call.input, unit)


@lookup(action=ANSWER, takes=AnswersQuery, gives=GivenAnswers)
def show_given_answers(call: Call[AnswersQuery], unit: Lookup) -> GivenAnswers:
    """Who answered some information requests, and when, as far as persons did."""
    return lookups.given_answers(call.caller, call.input, unit)
