"""Transition houses and stays that people look up."""

from collections.abc import Iterable, Mapping
from datetime import date
from functools import partial
from operator import attrgetter
from typing import Any

from services.aftercare.domain.house import TransitionHouse
from services.aftercare.storage import AftercareStore
from shared.postgres import as_row
from shared.web.old_paging import check_cursor, page_of

FILTERS = ("case_id", "transition_house", "state")
EMPTY = {"occupied": 0, "waiting": 0, "moved_in": 0, "moved_out": 0, "mean_stay_days": None}


def stays(wanted: Mapping[str, Any], store: AftercareStore) -> dict[str, Any]:
    """A page of stays in the order in which they were asked for. Raises Rejected when the cursor is none of them."""
    house, after, limit = wanted["house"], wanted["cursor"], wanted["limit"]
    check_cursor(after, partial(store.stay, house))
    filters = {name: wanted[name] for name in FILTERS}
    found = store.stays(house, **filters, after=after, limit=limit + 1)
    return page_of(found, limit, attrgetter("stay_id"))


def transition_houses(
    house: str, on: date, houses: Iterable[TransitionHouse], store: AftercareStore
) -> list[dict[str, Any]]:
    """The transition houses of a house's profile, each as it stands on a day."""
    occupancy = store.occupancy(house, on)
    return [as_row(each) | occupancy.get(each.code, EMPTY) for each in houses]
