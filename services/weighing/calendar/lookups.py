"""The days of the briefings, as they count now."""

from datetime import date

from services.weighing.calendar.rules import Briefing, State, UnknownBriefing, by_weekday, check_sub_region
from services.weighing.calendar.store import CalendarStore
from services.weighing.house import House
from services.weighing.referrals.rules import next_briefing
from shared.unit import Lookup, Unit


def house_of(house: str, lookup: Lookup[House]) -> House:
    """The house's profile, with the briefings that were moved, cancelled and added. Raises UnknownHouse."""
    return lookup.store(CalendarStore).house(house, lookup.profile(house))


def briefing_at(house: str, sub_region: str, on: date, lookup: Lookup[House]) -> Briefing:
    """The briefing of a sub-region on that day, of which something was recorded or not. Raises UnknownBriefing."""
    recorded = lookup.store(CalendarStore).briefing_on(house, sub_region, on)
    following = next_briefing(sub_region, on, house_of(house, lookup))
    if recorded and (recorded.state is not State.CANCELLED or following != on):
        return recorded
    if following != on:
        raise UnknownBriefing(reason=f"is no day of a briefing in {sub_region}; the next one is {following}")
    return by_weekday(house, sub_region, on)


def locked_calendar(house: str, sub_region: str, unit: Unit[House]) -> House:
    """The house, with the calendar of the sub-region locked until the transaction ends. Raises UnknownSubRegion."""
    check_sub_region(sub_region, unit.profile(house))
    unit.store(CalendarStore).lock(house, sub_region)
    return house_of(house, unit)
