"""An information request: one partner is asked about one referral, answers, and may supplement its answer."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Literal
from uuid import UUID

from services.weighing.house import House
from shared.rules import BrokenRule, Contradiction, UnknownObject

AnswerCode = Literal["known", "nothing_known", "may_not_share"]


class UnknownInformationRequest(UnknownObject):
    field = "requestId"
    reason = "is not an information request that was put to this partner"


class AlreadyAnswered(Contradiction):
    field = "requestId"
    reason = "is answered already"


class NothingToSupplement(Contradiction):
    field = "requestId"
    reason = "is not answered yet"


@dataclass(frozen=True, slots=True, kw_only=True)
class AskedService:
    """A part of a partner that is asked. `service`, `question`: codes of the profile."""

    service: str
    question: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class ServiceAnswer:
    """What one service of a partner says of a subject.

    `service`, `ground`: codes of the profile; `ground`: why the service may not share what it knows. `answer`: whether
    the service knows the subject, and may say so. `contribution_id`: of its text at intake.
    """

    service: str
    answer: AnswerCode
    ground: str | None = None
    contribution_id: UUID | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Supplement:
    """What a partner added to its answer, or corrected.

    `supplemented_on`: when. `services`: the answers that are new or changed. `late`: after the team had decided.
    `contact_id`: of the text at intake that names whom one can ask.
    """

    supplemented_on: date
    services: tuple[ServiceAnswer, ...]
    late: bool
    contact_id: UUID | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class InformationRequest:
    """What a partner is asked about a referral.

    asked: which services and what; None for all services of a municipality. answer_by: the last day that is in time.
    asked_on: None in requests from before it was kept. asked_by: who asked by hand. reminded_on: when the partner was
    reminded. void_on: when the team decided without the answer. answered_on, involved: when the partner answered, and
    the codes of the services that know the subject; None until then. services: the answer of each service; None if the
    partner named only those that know the subject. late: answered after answer_by, or after the team had decided.
    contact_id: of the text at intake that names whom one can ask. supplements: in order.
    """

    request_id: UUID
    referral_id: UUID
    partner: str
    answer_by: date
    asked: tuple[AskedService, ...] | None = None
    asked_on: date | None = None
    asked_by: str | None = None
    reminded_on: date | None = None
    void_on: date | None = None
    answered_on: date | None = None
    involved: tuple[str, ...] | None = None
    services: tuple[ServiceAnswer, ...] | None = None
    contact_id: UUID | None = None
    late: bool = False
    supplements: tuple[Supplement, ...] = ()

    @property
    def is_open(self) -> bool:
        """Whether the team waits for the answer."""
        return self.answered_on is None and self.void_on is None

    @property
    def given(self) -> Iterator[tuple[date, ServiceAnswer]]:
        """Each answer of a service with its day, in order."""
        if self.answered_on is None:
            return
        involved = (ServiceAnswer(service=service, answer="known") for service in self.involved or ())
        for each in involved if self.services is None else self.services:
            yield self.answered_on, each
        for supplement in self.supplements:
            yield from ((supplement.supplemented_on, each) for each in supplement.services)

    @property
    def standing(self) -> tuple[ServiceAnswer, ...]:
        """The last answer of each service that gave one; a service that nobody named has none."""
        return tuple({each.service: each for _, each in self.given}.values())


def asked_as_usual(
    requests: Iterable[InformationRequest], service: str | None, house: House
) -> list[InformationRequest]:
    """Those of which "known" says that the case is at the service: to another question it says something else."""
    known = house.information_services.get(service or "")
    return [
        request
        for request in requests
        if not known
        or all(each.question in (None, known.question) for each in request.asked or () if each.service == service)
    ]


def answer(
    request: InformationRequest | None,
    answered_on: date,
    involved: tuple[str, ...],
    services: tuple[ServiceAnswer, ...] | None = None,
    contact_id: UUID | None = None,
    *,
    decided: bool,
) -> InformationRequest:
    """The request with its answer, in time or late.

    request: None if the partner was not asked. decided: whether the team is done with the referral.
    """
    if not request:
        raise UnknownInformationRequest
    if request.answered_on:
        raise AlreadyAnswered
    late = decided or answered_on > request.answer_by
    return replace(
        request, answered_on=answered_on, involved=involved, services=services, contact_id=contact_id, late=late
    )


def supplement(request: InformationRequest | None, added: Supplement) -> InformationRequest:
    """request: None if the partner was not asked."""
    if not request:
        raise UnknownInformationRequest
    if not request.answered_on:
        raise NothingToSupplement
    return replace(request, supplements=(*request.supplements, added))


def texts_of(services: Sequence[ServiceAnswer], contact_id: UUID | None) -> tuple[UUID, ...]:
    """The ids of what is written in an answer or a supplement."""
    ids = (*(each.contribution_id for each in services), contact_id)
    return tuple(id for id in ids if id)


class NotAsked(BrokenRule):
    reason = "is neither at the table nor asked about this referral"


class NotAnswered(BrokenRule):
    reason = "had not answered by the day of the briefing"


def missing_information(
    used: Sequence[str], attendees: Collection[str], requests: Sequence[InformationRequest], briefing_on: date
) -> Iterator[BrokenRule]:
    """The partners whose information a decision cannot have used, by position.

    Partners at the table bring their information along; any other partner answers a request.
    """
    answered = defaultdict[str, list[bool]](list)
    for request in requests:
        answered[request.partner].append(request.answered_on is not None and request.answered_on <= briefing_on)
    for position, partner in enumerate(used):
        if partner in attendees:
            continue
        if partner not in answered:
            yield NotAsked(f"informationUsed[{position}]")
        elif not any(answered[partner]):
            yield NotAnswered(f"informationUsed[{position}]")
