"""The events that announce an information request and its answer, and the request as people see it."""

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from services.weighing.information_requests.rules import InformationRequest, ServiceAnswer, Supplement


@dataclass(frozen=True, slots=True, kw_only=True)
class InformationRequestIssued:
    """`information-requests.issued.v1`: a partner must be asked about the subject of a referral."""

    request_id: UUID
    referral_id: UUID
    subject_id: UUID
    partner: str
    answer_by: date


@dataclass(frozen=True, slots=True, kw_only=True)
class InformationRequestRescheduled(InformationRequestIssued):
    """`information-requests.rescheduled.v1`: the briefing is on another day; `answer_by` is the day that counts now."""


@dataclass(frozen=True, slots=True, kw_only=True)
class InformationRequestAnswered:
    """`information-requests.answered.v1` of intake: a partner's answer.

    `involved`: codes of the services that know the subject. `services`: the answer of each service; absent if the
    partner named only those that know the subject.
    """

    request_id: UUID
    partner: str
    answered_on: date
    involved: tuple[str, ...]
    services: tuple[ServiceAnswer, ...] | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class InformationRequestSupplemented:
    """`information-requests.supplemented.v1` of intake: what a partner adds to its answer, or corrects."""

    request_id: UUID
    partner: str
    supplemented_on: date
    services: tuple[ServiceAnswer, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class InformationRequestView:
    """`answeredOn` and `involved`, the services that know the subject, are null until the partner answers.

    `services`: the last answer of each service that gave one. `late`: the answer came after `answerBy`, or after the
    team had decided. `supplements`: what the partner added or corrected, in order; `late` after the team had decided.
    """

    request_id: UUID
    partner: str
    answer_by: date
    answered_on: date | None
    involved: tuple[str, ...] | None
    services: tuple[ServiceAnswer, ...]
    late: bool
    supplements: tuple[Supplement, ...]


def information_request_view(request: InformationRequest) -> InformationRequestView:
    return InformationRequestView(
        request_id=request.request_id,
        partner=request.partner,
        answer_by=request.answer_by,
        answered_on=request.answered_on,
        involved=request.involved and tuple(each.service for each in request.standing if each.answer == "known"),
        services=request.standing,
        late=request.late,
        supplements=request.supplements,
    )
