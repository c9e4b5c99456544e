"""A partner is asked about a subject, and answers for each of its services; later it may supplement the answer."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Literal

from services.intake.house import House
from shared.bounds import Code, Name, Text
from shared.rules import BrokenRule, Contradiction, UnknownObject

AnswerCode = Literal["known", "nothing_known", "may_not_share"]


class NotAsked(BrokenRule):
    field = "data.requestId"
    reason = "is not a request that was sent to you"


class AlreadyAnswered(Contradiction):
    field = "data.requestId"
    reason = "is answered already"


class UnknownInformationRequest(UnknownObject):
    field = "requestId"
    reason = "is not an information request that the own organisation was sent"


class AnsweredBeforeAsked(BrokenRule):
    reason = "is before the day on which you were asked"


class UnknownService(BrokenRule):
    field = "involved"
    reason = "names a service that this house does not ask about"


class ServiceAnsweredTwice(BrokenRule):
    reason = "names a service that has an answer already"


class UnknownGround(BrokenRule):
    reason = "is not a ground on which this house knows that a service may not share"


class MissingGround(BrokenRule):
    reason = "is required with may_not_share"


class MissingContact(BrokenRule):
    field = "contact"
    reason = "is required with an answer by phone: who said it"


class NeedlessGround(BrokenRule):
    reason = "belongs to may_not_share only"


@dataclass(frozen=True, slots=True, kw_only=True)
class AskedService:
    """A part of a partner that is asked. `service`, `question`: codes of the profile."""

    service: str
    question: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class ServiceAnswer:
    """What one service says of a subject. `ground`: a code of the profile, why it may not share what it knows.

    `text`: what it knows, as far as it may say so; stays sealed at intake.
    """

    service: Code
    answer: AnswerCode
    ground: Code | None = None
    text: Text | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class ContactPerson:
    """Whom one can ask about an answer; stays sealed at intake."""

    name: Name
    phone: Code | None = None

    @property
    def line(self) -> str:
        return ", ".join(filter(None, (self.name, self.phone)))


def unknown_service(services: Sequence[str] | None, house: House) -> Iterator[BrokenRule]:
    if services is not None and not house.services.issuperset(services):
        yield UnknownService(known=house.services)


def broken_answers(answers: Sequence[ServiceAnswer] | None, house: House) -> Iterator[BrokenRule]:
    """What is wrong with the answers of a partner's services, by position."""
    answered = set[str]()
    for position, answer in enumerate(answers or ()):
        place = f"services[{position}]"
        if answer.service not in house.services:
            yield UnknownService(f"{place}.service", known=house.services)
        if answer.service in answered:
            yield ServiceAnsweredTwice(f"{place}.service")
        answered.add(answer.service)
        yield from _broken_ground(answer, f"{place}.ground", house)


def municipal_questions(house: House) -> tuple[AskedService, ...]:
    """What a municipality is asked, unless somebody chooses."""
    return tuple(AskedService(service=code, question=asked) for code, asked in house.municipal_questions.items())


def known_services(answers: Sequence[ServiceAnswer]) -> tuple[str, ...]:
    return tuple(answer.service for answer in answers if answer.answer == "known")


CLOCKS_DIFFER = timedelta(days=1)
"""An answer by message may bear the day before its question: around midnight another clock has another day."""


def answered_too_early(field: str, answered_on: date, asked_on: date | None) -> Iterator[AnsweredBeforeAsked]:
    """asked_on: None for a request from before that day was kept."""
    if asked_on and answered_on < asked_on:
        yield AnsweredBeforeAsked(field)


def _broken_ground(answer: ServiceAnswer, field: str, house: House) -> Iterator[BrokenRule]:
    if answer.answer != "may_not_share":
        if answer.ground is not None:
            yield NeedlessGround(field)
    elif answer.ground is None:
        yield MissingGround(field, known=house.withholding_grounds)
    elif answer.ground not in house.withholding_grounds:
        yield UnknownGround(field, known=house.withholding_grounds)
