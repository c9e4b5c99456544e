"""How a registered referral comes on the agenda."""

from dataclasses import replace
from datetime import timedelta

from services.weighing.house import House
from services.weighing.referrals.rules import Referral, next_briefing
from shared.rules import BrokenRule


class UnknownSubRegion(BrokenRule):
    field = "subRegion"
    reason = "is not a sub-region of this house"


class UnknownMunicipality(BrokenRule):
    field = "municipality"
    reason = "is not a municipality or residence of this house"


def place(referral: Referral, house: House) -> Referral:
    """The referral on the agenda of the next briefing before which information can still be asked."""
    if referral.sub_region not in house.briefing_weekdays:
        raise UnknownSubRegion
    if referral.municipality not in house.contacts:
        raise UnknownMunicipality
    answerable_from = referral.received_on + timedelta(days=house.answer_days_before)
    return replace(referral, table_on=next_briefing(referral.sub_region, answerable_from, house))
