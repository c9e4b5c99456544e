"""What weighing has a partner asked, what the partner gets and answers, and what is announced of it."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime
from typing import Annotated
from uuid import UUID

from services.intake.house import House
from services.intake.information_requests.rules import (
    AnswerCode,
    AskedService,
    ContactPerson,
    ServiceAnswer,
    broken_answers,
    unknown_service,
)
from services.intake.partners.rules import Statement
from services.intake.subjects.rules import Subject
from shared.bounds import Code, Length
from shared.days import HouseDay
from shared.rules import BrokenRule

MOST_TOGETHER = 200


@dataclass(frozen=True, slots=True, kw_only=True)
class InformationRequestIssued:
    """`information-requests.issued.v1` of weighing: a partner must be asked about the subject of a referral.

    `asked`: which services and what; absent for all services of a municipality, with the question of each.
    `information-requests.rescheduled.v1`: the same, when its briefing is on another day.
    """

    request_id: UUID
    referral_id: UUID
    subject_id: UUID
    partner: str
    answer_by: date
    asked: tuple[AskedService, ...] | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class InformationRequestReminded:
    """`information-requests.reminded.v1` of weighing: a partner has not answered what is nearly due."""

    request_id: UUID
    partner: str
    answer_by: date


@dataclass(frozen=True, slots=True, kw_only=True)
class InformationRequestVoided:
    """`information-requests.voided.v1` of weighing: the team decided, and nobody waits for the answer any more."""

    request_id: UUID
    partner: str


@dataclass(frozen=True, slots=True, kw_only=True)
class InformationRequestSent:
    """`information-requests.sent.v1`: the question to a partner about a subject.

    Sent again with the same `requestId` if the briefing is on another day: the last `answerBy` counts.
    `subject`: what the partner said itself of the subject, and what it needs to know by the profile.
    """

    request_id: UUID
    answer_by: date
    subject: Subject


@dataclass(frozen=True, slots=True, kw_only=True)
class QuestionsSent:
    """`information-requests.sent.v2`: the question to a partner about a subject, service by service.

    `services`: which services are asked, and what. `subject`: as in the first version. `kind`, `received_on`: of the
    referral that it is about.
    """

    request_id: UUID
    answer_by: date
    services: tuple[AskedService, ...]
    subject: Subject
    kind: str | None = None
    received_on: date | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class ReminderSent:
    """`reminders.sent.v1`: a partner has not answered an information request, and the answer is due."""

    request_id: UUID
    answer_by: date


@dataclass(frozen=True, slots=True, kw_only=True)
class InformationRequestWithdrawn:
    """`information-requests.withdrawn.v1`: an answer is needed no more."""

    request_id: UUID


@dataclass(frozen=True, slots=True, kw_only=True)
class InformationAnswer(Statement):
    """`information-answers.submitted.v1` of a partner. `involved`: codes of the house's information services."""

    request_id: UUID
    answered_on: HouseDay
    involved: Annotated[tuple[Code, ...], Length(most=50)]

    def broken_rules(self, house: House, today: date) -> Iterator[BrokenRule]:
        return unknown_service(self.involved, house)


@dataclass(frozen=True, slots=True, kw_only=True)
class AnswerPerService(Statement):
    """`information-answers.submitted.v2` of a partner. `services`: the answer of each service that was asked.

    The first one answers the request; a later one supplements or corrects the services that it names. `contact`: whom
    one can ask about it.
    """

    request_id: UUID
    answered_on: HouseDay
    services: Annotated[tuple[ServiceAnswer, ...], Length(1, 50)]
    contact: ContactPerson | None = None

    def broken_rules(self, house: House, today: date) -> Iterator[BrokenRule]:
        return broken_answers(self.services, house)


@dataclass(frozen=True, slots=True, kw_only=True)
class AnswerRequest:
    """An answer by a person of the asked partner, or by the house that phoned. The first one answers the request; a
    later one supplements or corrects the services that it names.

    `answeredOn`: today, if left out. `contact`: whom one can ask about it; for the house, who said it.
    """

    answered_on: HouseDay | None = None
    services: Annotated[tuple[ServiceAnswer, ...], Length(1, 50)]
    contact: ContactPerson | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class AnswersQuery:
    """`requestIds`: the information requests whose answers by persons are looked up."""

    request_ids: Annotated[tuple[UUID, ...], Length(1, MOST_TOGETHER)]


@dataclass(frozen=True, slots=True, kw_only=True)
class GivenAnswer:
    """An answer that a person gave. `onBehalf`: the house wrote down what the partner said by phone."""

    request_id: UUID
    answered_on: date
    recorded_by: str
    recorded_at: datetime
    on_behalf: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class GivenAnswers:
    """In the order in which they were given. Left out: answers by message, and requests to other partners."""

    items: tuple[GivenAnswer, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class AnsweredService:
    """What one service answered. `contribution_id`: of its text."""

    service: str
    answer: AnswerCode
    ground: str | None = None
    contribution_id: UUID | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class InformationRequestAnswered:
    """`information-requests.answered.v1`: the partner's answer: which services are involved with the subject.

    `services`: the answer of each service; left out if the partner named only those that are involved. `contact_id`: of
    the text that names whom one can ask about it.
    """

    request_id: UUID
    partner: str
    answered_on: date
    involved: tuple[str, ...]
    services: tuple[AnsweredService, ...] | None = None
    contact_id: UUID | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class InformationRequestSupplemented:
    """`information-requests.supplemented.v1`: what a partner adds to its answer, or corrects, service by service."""

    request_id: UUID
    partner: str
    supplemented_on: date
    services: tuple[AnsweredService, ...]
    contact_id: UUID | None = None
