"""What intake tells of referrals, what a case holder answers, and what people look up."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Annotated, Literal
from uuid import UUID

from services.meetings.repeats.rules import RepeatAnswer, RepeatQuestion
from shared.bounds import Length, Text
from shared.web import PageQuery


@dataclass(frozen=True, slots=True, kw_only=True)
class RepeatReceived:
    """`repeats.received.v1` of intake: a referral came in on somebody of whom a table case runs, as far as it knows."""

    referral_id: UUID
    subject_id: UUID
    kind: str
    referrer: str
    received_on: date


@dataclass(frozen=True, slots=True, kw_only=True)
class ReferralWithdrawn:
    """`referrals.withdrawn.v1` of intake, or `repeats.withdrawn.v1` if nobody was to weigh the referral."""

    referral_id: UUID
    withdrawn_on: date


@dataclass(frozen=True, slots=True, kw_only=True)
class AnswerRepeat:
    """`answer`: `overtaken` if the plan has to be made anew, at a session. `remark`: sealed; stays in meetings."""

    answer: RepeatAnswer
    remark: Text | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class CorrectRepeatAnswer:
    """The right answer in place of a wrong one. `remark`: what was wrong; sealed."""

    answer: RepeatAnswer
    remark: Text


@dataclass(frozen=True, slots=True, kw_only=True)
class RepeatQuestionsQuery(PageQuery):
    """`state`: `waiting`, what is due first on top, or `answered`, the last on top."""

    state: Literal["waiting", "answered"] = "waiting"


@dataclass(frozen=True, slots=True, kw_only=True)
class RepeatQuestionView(RepeatQuestion):
    """A referral on the subject of a running table case, and whether the plan still stands.

    `kind`, `referrer`: of the referral. `case_holder`: who is asked; null as long as there is no plan. `due_on`: the
    last day for the answer. `overdue`: whether that day is over. `answered_by`: who said so. `remark`: what goes with
    the answer.
    """

    case_id: UUID
    table: str
    case_holder: str | None
    overdue: bool
    answered_by: str | None
    answered_at: datetime | None
    remark: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class RunningQuery:
    """`caseIds`: for example all on the agenda of a briefing."""

    case_ids: Annotated[tuple[UUID, ...], Length(1, 200)]


@dataclass(frozen=True, slots=True, kw_only=True)
class RunningTableCase:
    """A table case of the person of a case that runs now, as far as somebody who weighs a referral needs it.

    `case_id`: as it was asked. `case_holder`: null as long as there is no plan. `next_session_on`: of the planned
    sessions. `next_moment_on`: when the case holder is asked next. Either is null if there is none. `asked_until`:
    the last day for the case holder's answer to the last referral. `answer`, `answered_on`: what it says; null if it
    has not answered, or there was no referral.
    """

    case_id: UUID
    table_case_id: UUID
    table: str
    opened_on: date
    case_holder: str | None
    next_session_on: date | None
    next_moment_on: date | None
    asked_until: date | None
    answer: RepeatAnswer | None
    answered_on: date | None


@dataclass(frozen=True, slots=True, kw_only=True)
class RunningTableCases:
    """Of the cases that were asked, one after the other."""

    items: tuple[RunningTableCase, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class CaseAtTable:
    """A table case of a person that runs now. `case_holder`: the partner; null as long as there is no plan."""

    table: str
    opened_on: date
    case_holder: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class CaseAtTables:
    """What whoever answers a caller may know of it."""

    items: tuple[CaseAtTable, ...]
