"""How a registered referral comes on the agenda."""

from dataclasses import replace
from datetime import date

from services.weighing.calendar.rules import check_sub_region
from services.weighing.house import House
from services.weighing.referrals.rules import Referral, is_extra, next_briefing, next_briefing_to_prepare
from shared.rules import BrokenRule


class UnknownMunicipality(BrokenRule):
    field = "municipality"
    reason = "is not a municipality or residence of this house"


def place(referral: Referral, house: House) -> Referral:
    """The referral on the agenda of the first briefing after its receipt for which information can still be asked.

    That briefing is over if the referral comes in late: then the referral is on the table of the next one.
    """
    check_sub_region(referral.sub_region, house)
    if referral.municipality not in house.contacts:
        raise UnknownMunicipality
    return replace(referral, table_on=next_briefing_to_prepare(referral.sub_region, referral.received_on, house))


def on_table_next(sub_region: str, table_on: date, house: House, today: date) -> date:
    """The briefing at which a referral that waits since `table_on` is on the table next: none that is over."""
    if table_on >= today and is_extra(sub_region, table_on, house):
        return table_on
    return next_briefing(sub_region, max(table_on, today), house)
