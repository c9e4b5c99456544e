"""What case holders are asked about referrals on running table cases, over HTTP."""

from uuid import UUID

from services.meetings.access import ANSWER_REPEAT, SEE_RUNNING, SEE_WHO_HAS_CASE
from services.meetings.house import House
from services.meetings.repeats import handlers, lookups
from services.meetings.repeats.messages import (
    AnswerRepeat,
    CaseAtTables,
    CorrectRepeatAnswer,
    RepeatQuestionsQuery,
    RepeatQuestionView,
    RunningQuery,
    RunningTableCases,
)
from services.meetings.repeats.rules import RepeatQuestion
from shared.unit import Lookup, Unit
from shared.web import Call, Page, command, lookup, recorded_lookup


@lookup(action=ANSWER_REPEAT, query=RepeatQuestionsQuery, gives=RepeatQuestionView, paged=True)
def repeat_questions(call: Call[RepeatQuestionsQuery], unit: Lookup[House]) -> Page[RepeatQuestionView]:
    """Referrals on running table cases, and whether the case holder says that the plan still stands."""
    return lookups.questions(call.caller, call.input, unit)


@command(action=ANSWER_REPEAT, takes=AnswerRepeat, gives=RepeatQuestion)
def answer_repeat(call: Call[AnswerRepeat], unit: Unit[House], question_id: UUID) -> RepeatQuestion:
    """Answer whether the plan still stands; `overtaken` asks for a session of the case."""
    return handlers.answer(call.caller, question_id, call.input, unit)


@command(action=ANSWER_REPEAT, takes=CorrectRepeatAnswer, gives=RepeatQuestion)
def correct_repeat_answer(call: Call[CorrectRepeatAnswer], unit: Unit[House], question_id: UUID) -> RepeatQuestion:
    """Record the right answer in place of a wrong one."""
    return handlers.correct(call.caller, question_id, call.input, unit)


@lookup(action=SEE_RUNNING, takes=RunningQuery, gives=RunningTableCases)
def running_table_cases(call: Call[RunningQuery], unit: Lookup[House]) -> RunningTableCases:
    """Which table cases run of the people of some cases, who holds each, what comes next and what the holder says."""
    return lookups.running(call.house, call.input, unit)


@recorded_lookup(action=SEE_WHO_HAS_CASE, gives=CaseAtTables)
def show_who_has_case(call: Call[None], unit: Unit[House], case_id: UUID) -> CaseAtTables:
    """Which tables have the person of a case now, and which partner holds it; that the caller has seen it is logged."""
    unit.concerns_case(case_id)
    return lookups.at_tables(call.house, case_id, unit)
