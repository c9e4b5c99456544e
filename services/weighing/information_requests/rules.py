"""An information request: one partner is asked about one referral, and answers once."""

from dataclasses import dataclass, replace
from datetime import date, timedelta
from uuid import UUID, uuid5

from services.weighing.house import House
from services.weighing.referrals.rules import Referral
from shared.rules import Contradiction, UnknownObject

REQUESTS = UUID("2f6c3c52-6a0a-4f0e-9d4c-0f4f7a6f2f5b")


class UnknownInformationRequest(UnknownObject):
    field = "requestId"
    reason = "is not an information request that was put to this partner"


class AlreadyAnswered(Contradiction):
    field = "requestId"
    reason = "is answered already"


@dataclass(frozen=True, slots=True, kw_only=True)
class InformationRequest:
    """What a partner is asked about a referral.

    answer_by: the last day that is in time. answered_on, involved: when the partner answered, and the codes of the
    services that know the subject; None until then.
    """

    request_id: UUID
    referral_id: UUID
    partner: str
    answer_by: date
    answered_on: date | None = None
    involved: tuple[str, ...] | None = None


def information_request(referral: Referral, house: House) -> InformationRequest | None:
    """The request about a referral on the agenda; None if the subject lives in no municipality of the house."""
    partner = house.contacts[referral.municipality]
    if partner is None or referral.table_on is None:
        return None
    return InformationRequest(
        request_id=uuid5(REQUESTS, f"{referral.referral_id}|{partner}"),
        referral_id=referral.referral_id,
        partner=partner,
        answer_by=referral.table_on - timedelta(days=house.answer_days_before),
    )


def answer(request: InformationRequest | None, answered_on: date, involved: tuple[str, ...]) -> InformationRequest:
    """The request with its answer, in time or late. request: None if the partner was not asked."""
    if not request:
        raise UnknownInformationRequest
    if request.answered_on:
        raise AlreadyAnswered
    return replace(request, answered_on=answered_on, involved=involved)
