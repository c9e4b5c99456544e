"""Whom a house asks about a referral, and what: the municipality, others by the profile, and whom somebody chooses."""

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Annotated
from uuid import UUID, uuid5

from services.weighing.house import House
from services.weighing.information_requests.rules import AskedService, InformationRequest
from services.weighing.referrals.rules import Referral, answer_day, concerns, next_briefing_to_prepare
from shared.bounds import Code, Length
from shared.rules import BrokenRule, Contradiction

REQUESTS = UUID("2f6c3c52-6a0a-4f0e-9d4c-0f4f7a6f2f5b")


class AlreadyAsked(Contradiction):
    field = "partner"
    reason = "is asked that, or a part of it, about this referral already, and has not answered"


class NotOnAgenda(Contradiction):
    field = "referralId"
    reason = "is not on the agenda: nobody waits for an answer"


class CannotBeAsked(BrokenRule):
    reason = "is neither a partner of the covenant nor one that gets information requests"


class MissingServices(BrokenRule):
    reason = "is required, unless the partner is the contact of a municipality"


class UnknownService(BrokenRule):
    reason = "is not a service that this house asks about"


class UnknownQuestion(BrokenRule):
    reason = "is not a question of this house"


@dataclass(frozen=True, slots=True, kw_only=True)
class AskPartner:
    """A question to a partner besides those that the house asks by itself.

    `services`: which of its parts; none for all services of a municipality. `question`: what they are asked; null for
    what each is usually asked.
    """

    partner: Code
    services: Annotated[tuple[Code, ...], Length(most=50)] = ()
    question: Code | None = None


def requests_about(referral: Referral, house: House, today: date) -> list[InformationRequest]:
    """The requests about a referral that comes on the agenda: to the municipality, unless the subject lives in none of
    the house, and to whoever is asked besides by the profile.

    Partners answer for the next briefing from today on, however late the referral came in.
    """
    wanted: dict[str, tuple[AskedService, ...] | None] = {
        rule.partner: asked_of(rule.services, house) for rule in house.asked if concerns(rule, referral)
    }
    if contact := house.contacts[referral.municipality]:
        besides = wanted.get(contact)
        wanted[contact] = (*municipal(house), *besides) if besides else None
    asked_on = max(referral.received_on, today)
    return [_request(referral, partner, asked, asked_on, house) for partner, asked in wanted.items()]


def asked_anew(
    referral: Referral, before: Sequence[InformationRequest], house: House, today: date, *, held: bool = False
) -> list[InformationRequest]:
    """The requests about a referral that comes back: to everybody that was asked before, the same as last.

    Whom the house asked by itself is asked that again, and not what somebody asked besides. before: of this referral,
    in order. held: an answer that was given holds; its partner is not asked again.
    """
    last = {request.partner: request for request in sorted(before, key=lambda each: each.asked_by is None)}
    times = Counter(request.partner for request in before)
    return [
        _request(referral, partner, request.asked, today, house, nth=times[partner])
        for partner, request in last.items()
        if not (held and request.answered_on)
    ]


def asked_by_hand(
    referral: Referral,
    before: Sequence[InformationRequest],
    wanted: AskPartner,
    by: str,
    house: House,
    today: date,
) -> InformationRequest:
    """What somebody asks a partner besides. Raises NotOnAgenda, AlreadyAsked, or what is wrong with the question."""
    if referral.table_on is None:
        raise NotOnAgenda
    own = [request for request in before if request.partner == wanted.partner]
    asked = asked_of(wanted.services, house, wanted.question) if wanted.services else None
    if asked is None and wanted.question:
        asked = tuple(replace(each, question=wanted.question) for each in municipal(house))
    if any(request.is_open and _asks(request, asked, house) for request in own):
        raise AlreadyAsked
    return replace(_request(referral, wanted.partner, asked, today, house, nth=len(own)), asked_by=by)


def broken_question(wanted: AskPartner, house: House) -> Iterator[BrokenRule]:
    """What is wrong with a question to a partner."""
    if wanted.partner not in house.may_be_asked:
        yield CannotBeAsked("partner", known=house.may_be_asked)
    elif not wanted.services and wanted.partner not in house.contacts.values():
        yield MissingServices("services", known=house.information_services.keys())
    for position, service in enumerate(wanted.services):
        if service not in house.information_services:
            yield UnknownService(f"services[{position}]", known=house.information_services.keys())
    if wanted.question is not None and wanted.question not in house.questions:
        yield UnknownQuestion("question", known=house.questions)


def is_to_call(request: InformationRequest, house: House) -> bool:
    """Whether a person calls the partner: no message asks it, or not what is asked, or none reminds it in the end."""
    if request.partner in house.hear_each_question or (request.partner in house.hear_questions and not request.asked):
        return request.is_open and request.reminded_on is not None and request.partner not in house.hear_reminders
    return request.is_open


def answer_by(briefing_on: date, house: House, today: date) -> date:
    """Until when partners are asked for a briefing that was moved: never until a day that is over."""
    return max(answer_day(briefing_on, house), today)


def asked_of(services: Iterable[str], house: House, question: str | None = None) -> tuple[AskedService, ...]:
    """What these services are asked: the same question, or each its own."""
    known = house.information_services
    return tuple(AskedService(service=code, question=question or known[code].question) for code in services)


def municipal(house: House) -> tuple[AskedService, ...]:
    """What a municipality is asked, unless somebody chooses."""
    return asked_of([code for code, service in house.information_services.items() if service.municipal], house)


def _asks(request: InformationRequest, asked: tuple[AskedService, ...] | None, house: House) -> bool:
    """Whether a request asks some of it."""
    return not set(asked or municipal(house)).isdisjoint(request.asked or municipal(house))


def _request(
    referral: Referral,
    partner: str,
    asked: tuple[AskedService, ...] | None,
    asked_on: date,
    house: House,
    *,
    nth: int = 0,
) -> InformationRequest:
    """nth: how often this partner was asked about this referral before."""
    briefing_on = next_briefing_to_prepare(referral.sub_region, asked_on, house)
    if referral.tabling > 1 and referral.table_on:
        briefing_on = max(briefing_on, referral.table_on)
    return InformationRequest(
        request_id=uuid5(REQUESTS, "|".join([str(referral.referral_id), partner, *([str(nth)] if nth else [])])),
        referral_id=referral.referral_id,
        partner=partner,
        asked=asked,
        asked_on=asked_on,
        answer_by=answer_day(briefing_on, house),
    )
