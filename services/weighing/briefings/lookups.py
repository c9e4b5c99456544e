"""The briefings that come, and those that were held."""

from collections import Counter
from collections.abc import Iterator
from datetime import date, timedelta

from services.weighing.agenda.rules import on_table_next
from services.weighing.briefings.messages import (
    MOST_PAST_BRIEFINGS,
    BriefingInDetail,
    BriefingItem,
    BriefingList,
    BriefingView,
    briefing_view,
)
from services.weighing.briefings.store import BriefingStore
from services.weighing.calendar.lookups import briefing_at, house_of
from services.weighing.calendar.messages import BriefingsQuery
from services.weighing.calendar.rules import Briefing, State, by_weekday, check_sub_region
from services.weighing.calendar.store import CalendarStore
from services.weighing.decisions.lookups import lacking_follow_up
from services.weighing.house import House
from services.weighing.referrals.rules import next_briefing
from services.weighing.seats.rules import partners_at
from services.weighing.seats.store import SeatStore
from shared.postgres import as_row
from shared.unit import Lookup
from shared.web import MOST_ITEMS

AHEAD = timedelta(weeks=4)
"""So far ahead briefings are listed that nothing waits for yet."""


FIXED = frozenset({State.PREPARED, State.HELD, State.SETTLED})
"""The states in which a briefing has an agenda that stays as it is."""


def briefings(house: str, query: BriefingsQuery, lookup: Lookup[House]) -> BriefingList:
    """The coming briefings, and the last ones that were held. Raises UnknownSubRegion."""
    check_sub_region(query.sub_region, lookup.profile(house))
    past = lookup.store(BriefingStore).held_briefings(house, query.sub_region, MOST_PAST_BRIEFINGS)
    return BriefingList(items=tuple(_coming(house, query.sub_region, lookup)), past=tuple(past))


def briefing(house: str, on: date, query: BriefingsQuery, lookup: Lookup[House]) -> BriefingInDetail:
    """One briefing, coming or past. Raises UnknownSubRegion, UnknownBriefing."""
    check_sub_region(query.sub_region, lookup.profile(house))
    return in_detail(briefing_at(house, query.sub_region, on, lookup), lookup)


def in_detail(briefing: Briefing, lookup: Lookup[House]) -> BriefingInDetail:
    """A briefing with all that was recorded of it."""
    waiting = _waiting(briefing.house, briefing.sub_region, lookup)
    seated = lookup.store(SeatStore).partners([briefing.briefing_id])
    return BriefingInDetail(
        **as_row(briefing_view(briefing, waiting, seated.get(briefing.briefing_id, ()))),
        sub_region=briefing.sub_region,
        items=tuple(_items(briefing, lookup)),
        changes=tuple(lookup.store(CalendarStore).changes(briefing.briefing_id)),
    )


def _items(briefing: Briefing, lookup: Lookup[House]) -> Iterator[BriefingItem]:
    """The agenda as it was fixed; nothing before."""
    if briefing.state not in FIXED:
        return
    seats, items = lookup.store(SeatStore).seats(briefing.briefing_id), lookup.store(BriefingStore).items(briefing)
    lacking = lacking_follow_up(briefing.house, briefing.on, [item.referral_id for item in items], lookup)
    for item in items:
        partners, lacks = partners_at(seats, item.number), item.referral_id in lacking
        yield BriefingItem(**item._asdict(), partners=partners, lacks_follow_up=lacks)


def _coming(house: str, sub_region: str, lookup: Lookup[House]) -> Iterator[BriefingView]:
    """By day: those for which referrals wait, those of the next weeks, and those of which something was recorded."""
    waiting, today = _waiting(house, sub_region, lookup), lookup.today
    recorded = lookup.store(CalendarStore).recorded(house, sub_region, today, MOST_ITEMS)
    days = {*waiting, *_next_weeks(house, sub_region, lookup)} - {each.on for each in recorded}
    seated = lookup.store(SeatStore).partners([each.briefing_id for each in recorded])
    found = [*recorded, *(by_weekday(house, sub_region, on) for on in days)]
    for each in sorted(found, key=lambda briefing: briefing.on)[:MOST_ITEMS]:
        yield briefing_view(each, waiting, seated.get(each.briefing_id, ()))


def _next_weeks(house: str, sub_region: str, lookup: Lookup[House]) -> Iterator[date]:
    calendar, on = house_of(house, lookup), lookup.today
    while (on := next_briefing(sub_region, on, calendar)) <= lookup.today + AHEAD:
        yield on
        on += timedelta(days=1)


def _waiting(house: str, sub_region: str, lookup: Lookup[House]) -> Counter[date]:
    """By day, how many referrals come on the table."""
    waiting, calendar = Counter[date](), house_of(house, lookup)
    for found in lookup.store(BriefingStore).briefings(house, sub_region, MOST_ITEMS):
        waiting[on_table_next(sub_region, found.on, calendar, lookup.today)] += found.waiting
    return waiting
