"""The events that announce an information request and its answer, and the request as people see it."""

from dataclasses import dataclass
from datetime import date
from typing import Annotated, Any, Literal
from uuid import UUID

from services.weighing.house import House
from services.weighing.information_requests.asking import municipal
from services.weighing.information_requests.rules import (
    AskedService,
    InformationRequest,
    ServiceAnswer,
    Supplement,
)
from services.weighing.referrals.rules import Referral
from shared.bounds import Length
from shared.days import PlannedDay

MOST_REQUESTS = 200


@dataclass(frozen=True, slots=True, kw_only=True)
class InformationRequestIssued:
    """`information-requests.issued.v1`: a partner must be asked about the subject of a referral.

    `asked`: which services and what; left out for all services of a municipality, with the question of each.
    """

    request_id: UUID
    referral_id: UUID
    subject_id: UUID
    partner: str
    answer_by: date
    asked: tuple[AskedService, ...] | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class InformationRequestReminded:
    """`information-requests.reminded.v1`: a partner has not answered, and the answer is due on the next working day."""

    request_id: UUID
    referral_id: UUID
    partner: str
    answer_by: date


@dataclass(frozen=True, slots=True, kw_only=True)
class ReminderDay:
    """`on`: the day on which partners are reminded, today or ahead of it."""

    on: PlannedDay


@dataclass(frozen=True, slots=True, kw_only=True)
class RemindedPartners:
    """`reminded`: of how many questions this round reminded partners that none before it did."""

    on: date
    reminded: int


@dataclass(frozen=True, slots=True, kw_only=True)
class LateSupplementReceived:
    """`late-supplements.received.v1`: a partner answered, or added something, after the decision; whoever holds the
    case needs it. `contribution_ids`: of its texts at intake; left out if there are none.
    """

    request_id: UUID
    referral_id: UUID
    subject_id: UUID
    partner: str
    supplemented_on: date
    contribution_ids: tuple[UUID, ...] | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class InformationRequestVoided:
    """`information-requests.voided.v1`: the team decided without the answer or the referral was withdrawn,
    and nobody waits for the answer any more. Of partners alone that hear it.
    """

    request_id: UUID
    referral_id: UUID
    partner: str


@dataclass(frozen=True, slots=True, kw_only=True)
class InformationRequestRescheduled(InformationRequestIssued):
    """`information-requests.rescheduled.v1`: the briefing is on another day; `answer_by` is the day that counts now."""


@dataclass(frozen=True, slots=True, kw_only=True)
class InformationRequestAnswered:
    """`information-requests.answered.v1` of intake: a partner's answer.

    `involved`: codes of the services that know the subject. `services`: the answer of each service; absent if the
    partner named only those that know the subject. `contact_id`: of the text that names whom one can ask.
    """

    request_id: UUID
    partner: str
    answered_on: date
    involved: tuple[str, ...]
    services: tuple[ServiceAnswer, ...] | None = None
    contact_id: UUID | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class InformationRequestSupplemented:
    """`information-requests.supplemented.v1` of intake: what a partner adds to its answer, or corrects."""

    request_id: UUID
    partner: str
    supplemented_on: date
    services: tuple[ServiceAnswer, ...]
    contact_id: UUID | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class InformationRequestView:
    """`answeredOn` and `involved`, the services that know the subject, are null until the partner answers.

    `asked`: which services, and what. `askedBy`: who asked by hand; null for what the house asks by itself.
    `remindedOn`: when the partner was reminded. `voidOn`: when the team decided without the answer.
    `services`: the last answer of each service that gave one. `contactId`: of the text at intake that names whom one
    can ask. `late`: the answer came after `answerBy`, or after the team had decided. `supplements`: what the partner
    added or corrected, in order; `late` after the team had decided.
    """

    request_id: UUID
    partner: str
    asked: tuple[AskedService, ...]
    asked_on: date | None
    asked_by: str | None
    answer_by: date
    reminded_on: date | None
    void_on: date | None
    answered_on: date | None
    involved: tuple[str, ...] | None
    services: tuple[ServiceAnswer, ...]
    contact_id: UUID | None
    late: bool
    supplements: tuple[Supplement, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class RequestsQuery:
    """`state`: `open` for requests whose answers the team waits for, `closed` for those that were answered lately, or
    that the team decided without.
    """

    state: Literal["open", "closed"] = "open"


@dataclass(frozen=True, slots=True, kw_only=True)
class AskedReferral:
    """An information request with what it is about, and what was decided.

    `request`: what is asked, and the answer. `overdue`: the day to answer is over. `toCall`: a person calls the
    partner, since no message asks it, or none reminds it of what is nearly due. `briefingOn`: at which the referral
    is on the table next; null once the team is done with it. The fields of the decision are null until the team
    decides; `decidedOn`: the briefing that decided.
    """

    request: InformationRequestView
    overdue: bool
    to_call: bool
    referral_id: UUID
    case_id: UUID
    subject_id: UUID
    kind: str
    received_on: date
    municipality: str
    sub_region: str
    briefing_on: date | None
    decided_on: date | None
    decision: str | None
    reason: str | None
    comes_back_on: date | None
    rerouted_to: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class AskedReferrals:
    """Open ones by the day to answer, the earliest first; closed ones the latest first; 200 at most."""

    items: Annotated[tuple[AskedReferral, ...], Length(most=MOST_REQUESTS)]


def issued(request: InformationRequest, referral: Referral) -> dict[str, Any]:
    """The fields of the events that say what a partner is asked."""
    return {
        "request_id": request.request_id,
        "referral_id": request.referral_id,
        "subject_id": referral.subject_id,
        "partner": request.partner,
        "answer_by": request.answer_by,
        "asked": request.asked,
    }


def information_request_view(request: InformationRequest, house: House) -> InformationRequestView:
    return InformationRequestView(
        request_id=request.request_id,
        partner=request.partner,
        asked=municipal(house) if request.asked is None else request.asked,
        asked_on=request.asked_on,
        asked_by=request.asked_by,
        answer_by=request.answer_by,
        reminded_on=request.reminded_on,
        void_on=request.void_on,
        answered_on=request.answered_on,
        involved=request.involved and tuple(each.service for each in request.standing if each.answer == "known"),
        services=request.standing,
        contact_id=request.contact_id,
        late=request.late,
        supplements=request.supplements,
    )
