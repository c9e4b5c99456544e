"""A referral and its place on the agenda: from one briefing to the next until the team decides."""

from dataclasses import dataclass
from datetime import date, timedelta
from uuid import UUID

from services.weighing.house import House
from shared.rules import UnknownObject


class UnknownReferral(UnknownObject):
    field = "referralId"
    reason = "is not a referral of this house"


@dataclass(frozen=True, slots=True, kw_only=True)
class Referral:
    """A referral and its place on the agenda.

    age_class: None if the referral was registered before weighing kept it. tabling: 1 for its first briefing, one more
    each time the referral comes back. table_on: the referral is on the table at this briefing, and at each later one
    until the team decides; None while the referral has no place, or when the team is done with the referral.
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
    age_class: str | None = None
    tabling: int = 1
    table_on: date | None = None


def next_briefing(sub_region: str, on_or_after: date, house: House) -> date:
    """The first briefing of a sub-region from that day on."""
    days = (house.briefing_weekdays[sub_region] - on_or_after.weekday()) % 7
    return on_or_after + timedelta(days=days)
