"""The case holder says whether the plan still stands after another referral on the subject of a running table case."""

from dataclasses import dataclass, replace
from datetime import date
from typing import Literal
from uuid import UUID

from services.meetings.table_cases.rules import TableCase, require_running
from shared.rules import Contradiction, UnknownObject

WORKING_DAYS = 3
"""Within so many working days the case holder answers; after that the process director asks."""

RepeatAnswer = Literal["plan_stands", "overtaken"]


class UnknownQuestion(UnknownObject):
    field = "questionId"
    reason = "is not a question of this house that the caller may see"


class QuestionWithdrawn(Contradiction):
    field = "questionId"
    reason = "needs no answer any more: the referral was withdrawn, or is about somebody else"


class AnsweredOtherwise(Contradiction):
    field = "answer"
    reason = "is answered otherwise already; a wrong answer can be corrected"


class NothingAnswered(Contradiction):
    field = "questionId"
    reason = "is not answered, so there is nothing to correct"


@dataclass(frozen=True, slots=True, kw_only=True)
class RepeatQuestion:
    """Whether the plan of a table case stands after this referral. `withdrawn_on`: since when nobody has to answer."""

    question_id: UUID
    table_case_id: UUID
    referral_id: UUID
    kind: str
    referrer: str
    received_on: date
    due_on: date
    withdrawn_on: date | None = None
    answer: RepeatAnswer | None = None
    answered_on: date | None = None


def answer(question: RepeatQuestion, table_case: TableCase, given: RepeatAnswer, today: date) -> RepeatQuestion:
    """The answered question; the same answer again changes nothing.

    Raises QuestionWithdrawn, AnsweredOtherwise, AlreadyClosed, Withdrawn.
    """
    if question.answer == given:
        return question
    if question.answer:
        raise AnsweredOtherwise
    return _answered(question, table_case, given, today)


def correct(question: RepeatQuestion, table_case: TableCase, right: RepeatAnswer, today: date) -> RepeatQuestion:
    """The question with the right answer in place of a wrong one; the same raises nothing and changes nothing."""
    if question.answer is None:
        raise NothingAnswered
    return question if question.answer == right else _answered(question, table_case, right, today)


def _answered(question: RepeatQuestion, table_case: TableCase, given: RepeatAnswer, today: date) -> RepeatQuestion:
    if question.withdrawn_on:
        raise QuestionWithdrawn
    require_running(table_case, today, "answer")
    return replace(question, answer=given, answered_on=today)
