"""The transition houses of a house as they stand on a day, and the stays in them."""

from datetime import date
from functools import partial
from operator import attrgetter
from uuid import UUID

from services.aftercare.house import House
from services.aftercare.stays.messages import Occupancy, OccupiedTransitionHouse, StayInDetail, StaysQuery
from services.aftercare.stays.rules import Stay, UnknownStay
from services.aftercare.stays.store import StayStore
from shared.postgres import as_row
from shared.unit import Lookup
from shared.web import Page, check_cursor, page_of

EMPTY = Occupancy()


def stays(house: str, query: StaysQuery, lookup: Lookup[House]) -> Page[Stay]:
    """A page of them, in the order of asking. Raises Rejected if the cursor is no stay of this house."""
    store = lookup.store(StayStore)
    check_cursor(query.cursor, partial(store.stay, house))
    return page_of(store.stays(house, query), query.limit, attrgetter("stay_id"))


def stay(house: str, stay_id: UUID, lookup: Lookup[House]) -> StayInDetail:
    """Raises UnknownStay."""
    found = lookup.store(StayStore).stay(house, stay_id)
    if not found:
        raise UnknownStay
    stated = {name: value for name, value in as_row(found).items() if name != "state"}
    return StayInDetail(**stated, steps=tuple(lookup.store(StayStore).steps(stay_id)))


def transition_houses(house: str, on: date, lookup: Lookup[House]) -> list[OccupiedTransitionHouse]:
    """Each transition house of the profile, as it stands on the day."""
    occupancy = lookup.store(StayStore).occupancy(house, on)
    return [
        OccupiedTransitionHouse(**as_row(transition_house), **as_row(occupancy.get(code, EMPTY)))
        for code, transition_house in lookup.profile(house).transition_houses.items()
    ]
