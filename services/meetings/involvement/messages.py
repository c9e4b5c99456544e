"""What people of a partner see of a case at the tables."""

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from services.meetings.late_information.rules import LateInformation
from services.meetings.plans.rules import Agreement, MonitoringMoment
from services.meetings.releases.messages import Release
from services.meetings.repeats.messages import RepeatQuestionView
from services.meetings.sessions.rules import State


@dataclass(frozen=True, slots=True, kw_only=True)
class SessionDay:
    """When the case is or was discussed."""

    held_on: date
    state: State


@dataclass(frozen=True, slots=True, kw_only=True)
class Repeated:
    """A referral on the subject was weighed while the table case ran, and what the weighing team decided."""

    weighed_on: date
    decision: str


@dataclass(frozen=True, slots=True, kw_only=True)
class InvolvedTableCase:
    """A table case with a standing plan in which the caller's organisation has a part.

    `holds`: the organisation is the case holder. `agreements`: the holder sees all, others their own. `moments`,
    `repeats`, `releases`, `suspectSince`, `repeatQuestions`, `lateInformation`: for the holder alone.
    """

    table_case_id: UUID
    table: str
    opened_on: date
    closed_on: date | None
    holds: bool
    case_holder: str
    agreed_on: date
    agreements: tuple[Agreement, ...]
    sessions: tuple[SessionDay, ...]
    moments: tuple[MonitoringMoment, ...] = ()
    repeats: tuple[Repeated, ...] = ()
    releases: tuple[Release, ...] = ()
    suspect_since: date | None = None
    repeat_questions: tuple[RepeatQuestionView, ...] = ()
    late_information: tuple[LateInformation, ...] = ()
