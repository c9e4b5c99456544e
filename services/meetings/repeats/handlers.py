"""Referrals reach the case holders of running table cases, who say whether the plan still stands."""

from datetime import UTC, datetime
from uuid import UUID

from uuid_utils.compat import uuid7

from services.meetings.access import ANSWER_REPEAT
from services.meetings.house import House
from services.meetings.plans.store import PlanStore
from services.meetings.repeats import rules
from services.meetings.repeats.messages import AnswerRepeat, CorrectRepeatAnswer, ReferralWithdrawn, RepeatReceived
from services.meetings.repeats.rules import WORKING_DAYS, RepeatQuestion, UnknownQuestion
from services.meetings.repeats.store import RepeatStore
from services.meetings.table_cases.handlers import running_of_person
from services.meetings.table_cases.rules import Subject, TableCase
from services.meetings.table_cases.store import TableCaseStore
from shared.messaging import Event
from shared.sealed_texts import SealedText
from shared.unit import Unit
from shared.web import Caller, acts_for_house
from shared.working_days import working_days_after


def ask_holders(event: Event[RepeatReceived], unit: Unit[House]) -> None:
    """Ask the holder of each running table case of the person whether the plan still stands; of a closed one nobody."""
    told = event.data
    for running in running_of_person(Subject(event.house, told.subject_id), unit):
        question = RepeatQuestion(
            question_id=uuid7(),
            table_case_id=running.table_case_id,
            referral_id=told.referral_id,
            kind=told.kind,
            referrer=told.referrer,
            received_on=told.received_on,
            due_on=working_days_after(unit.today, WORKING_DAYS),
        )
        unit.store(RepeatStore).add_question(event.house, told.subject_id, question)


def withdraw_questions(event: Event[ReferralWithdrawn], unit: Unit[House]) -> None:
    """Ask nobody any more about a referral that its sender withdrew; what was answered stays."""
    unit.store(RepeatStore).withdraw_questions(event.house, event.data.referral_id, event.data.withdrawn_on)


def answer(caller: Caller, question_id: UUID, given: AnswerRepeat, unit: Unit[House]) -> RepeatQuestion:
    """Record whether the plan still stands, also for the questions about the same case that came before this one.

    The same answer again changes nothing. Raises UnknownQuestion, QuestionWithdrawn, AnsweredOtherwise, AlreadyClosed.
    """
    question, table_case = _to_answer(caller, question_id, unit)
    answered = rules.answer(question, table_case, given.answer, unit.today)
    if answered != question:
        unit.store(RepeatStore).answer(answered, caller.name, _remark(table_case, given.remark, caller))
    return answered


def correct(caller: Caller, question_id: UUID, right: CorrectRepeatAnswer, unit: Unit[House]) -> RepeatQuestion:
    """Record the right answer, also for the questions that were answered together with this one.

    Raises UnknownQuestion, QuestionWithdrawn, NothingAnswered, AlreadyClosed.
    """
    question, table_case = _to_answer(caller, question_id, unit)
    corrected = rules.correct(question, table_case, right.answer, unit.today)
    if corrected != question:
        unit.store(RepeatStore).correct(corrected, caller.name, _remark(table_case, right.remark, caller))
    return corrected


def _to_answer(caller: Caller, question_id: UUID, unit: Unit[House]) -> tuple[RepeatQuestion, TableCase]:
    """The question with its table case, locked. Raises UnknownQuestion if another partner holds the case."""
    store = unit.store(RepeatStore)
    table_case_id = store.table_case_of(caller.house, question_id)
    if table_case_id is None:
        raise UnknownQuestion
    table_case = unit.store(TableCaseStore).table_case_to_change(caller.house, table_case_id)
    standing = unit.store(PlanStore).standing_plan(table_case_id)
    holder = standing.plan.case_holder if standing else None
    if not (acts_for_house(caller, ANSWER_REPEAT) or holder == caller.organisation):
        raise UnknownQuestion
    unit.concerns_case(table_case.case_id)
    return store.question(question_id), table_case


def _remark(table_case: TableCase, text: str | None, caller: Caller) -> SealedText | None:
    if not text:
        return None
    return SealedText.by(caller, table_case.case_id, "remark", text, at=datetime.now(UTC))
