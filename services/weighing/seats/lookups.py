"""Who sits at a briefing, and who sat there at one item."""

from datetime import date

from services.weighing.calendar.lookups import briefing_at
from services.weighing.calendar.rules import Briefing, check_sub_region
from services.weighing.house import House
from services.weighing.referrals.rules import Referral
from services.weighing.seats.messages import SeatList, SeatView
from services.weighing.seats.rules import has_quorum, partners_at
from services.weighing.seats.store import SeatStore
from shared.unit import Lookup


def seats(house: str, sub_region: str, on: date, lookup: Lookup[House]) -> SeatList:
    """Raises UnknownSubRegion, UnknownBriefing."""
    check_sub_region(sub_region, lookup.profile(house))
    return seat_list(briefing_at(house, sub_region, on, lookup), lookup)


def seat_list(briefing: Briefing, lookup: Lookup[House]) -> SeatList:
    found = tuple(lookup.store(SeatStore).seats(briefing.briefing_id))
    quorum = has_quorum(partners_at(found, 1), lookup.profile(briefing.house))
    return SeatList(version=briefing.version, seats=found, quorum=quorum)


def seated(referral: Referral, on: date, lookup: Lookup[House]) -> tuple[str, ...]:
    """The partners at the table when the team came to a referral."""
    table = lookup.store(SeatStore).table(referral.house, referral.sub_region, on)
    return partners_at(table.seats, table.numbers.get(referral.referral_id))


def chairs(referral: Referral, on: date, lookup: Lookup[House]) -> list[SeatView]:
    """Who led the briefing when the team came to a referral; empty if nobody was written down."""
    table = lookup.store(SeatStore).table(referral.house, referral.sub_region, on)
    number = table.numbers.get(referral.referral_id)
    return [seat for seat in table.seats if seat.chair and seat.is_taken_at(number)]
