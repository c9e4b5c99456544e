"""What a partner told after the decision of somebody at no table, until somebody of the house has read it."""

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from services.weighing.house import House
from services.weighing.information_requests.rules import InformationRequest, asked_as_usual
from services.weighing.referrals.rules import Referral, concerns
from shared.rules import UnknownObject


class UnknownInformation(UnknownObject):
    field = "informationId"
    reason = "is not late information of this house"


@dataclass(frozen=True, slots=True, kw_only=True)
class LateInformation:
    """That a partner told something. `guard`: it said that the case runs there. `endedOn`: when somebody read it, or
    others had it: the team on its board, or whoever holds the case; null until then. `readBy`: null for others.
    """

    information_id: UUID
    request_id: UUID
    told_on: date
    guard: str | None = None
    ended_on: date | None = None
    read_by: str | None = None


def running_at(request: InformationRequest, told_on: date, referral: Referral, house: House) -> str | None:
    """The guard whose platform said on that day, last, that the case runs there; None if none did."""
    last = {each.service: each.answer for on, each in request.given if on == told_on}
    for code, rule in house.guards.items():
        is_known = last.get(rule.service or "") == "known" and asked_as_usual([request], rule.service, house)
        if is_known and concerns(rule, referral):
            return code
    return None
