"""The agenda: which referrals are on the table at which briefing, and whom to ask about them before."""

from dataclasses import dataclass, replace
from datetime import date, timedelta
from uuid import UUID, uuid5

from services.weighing.domain.errors import UnknownMunicipality, UnknownSubRegion
from services.weighing.domain.house import House

REQUESTS = UUID("2f6c3c52-6a0a-4f0e-9d4c-0f4f7a6f2f5b")


@dataclass(frozen=True, slots=True, kw_only=True)
class Referral:
    """A referral and its place on the agenda.

    tabling: 1 for its first briefing, one more each time it comes back. table_on: the briefing that it is on the table
    for, and for each later one until the team decides; None while it has no place, or when the team is done with it.
    """

    referral_id: UUID
    house: str
    case_id: UUID
    subject_id: UUID
    kind: str
    referrer: str
    received_on: date
    municipality: str
    sub_region: str
    tabling: int = 1
    table_on: date | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class InformationRequest:
    """What a partner is asked about a referral; `answer_by` is the last day that is in time."""

    request_id: UUID
    referral_id: UUID
    partner: str
    answer_by: date


def next_briefing(sub_region: str, on_or_after: date, house: House) -> date:
    """The first briefing of a sub-region from that day on."""
    days = (house.briefing_weekdays[sub_region] - on_or_after.weekday()) % 7
    return on_or_after + timedelta(days=days)


def place(referral: Referral, house: House) -> Referral:
    """The referral on the agenda of the next briefing before which information can still be asked."""
    if referral.sub_region not in house.briefing_weekdays:
        raise UnknownSubRegion
    if referral.municipality not in house.contacts:
        raise UnknownMunicipality
    answerable_from = referral.received_on + timedelta(days=house.answer_days_before)
    return replace(referral, table_on=next_briefing(referral.sub_region, answerable_from, house))


def information_request(referral: Referral, house: House) -> InformationRequest | None:
    """What is asked about a referral on the agenda; None when its subject lives in no municipality of the house."""
    partner = house.contacts[referral.municipality]
    if partner is None or referral.table_on is None:
        return None
    return InformationRequest(
        request_id=uuid5(REQUESTS, f"{referral.referral_id}|{partner}"),
        referral_id=referral.referral_id,
        partner=partner,
        answer_by=referral.table_on - timedelta(days=house.answer_days_before),
    )
