"""What people look up: nothing here changes anything."""

from collections.abc import Mapping
from functools import partial
from operator import itemgetter
from typing import Any
from uuid import UUID

from services.aftercare.dependencies import Unit
from shared.messaging import NotFound, Problem
from shared.web.old_paging import check_cursor, page_of

FILTERS = ("case_id", "release_before", "without_plan", "recurrent")


def detentions(wanted: Mapping[str, Any], unit: Unit) -> dict[str, Any]:
    """A page of a house's detentions, longest ago first. Raises Rejected when the cursor is none of them."""
    house, after, limit = wanted["house"], wanted["cursor"], wanted["limit"]
    check_cursor(after, partial(unit.store.detention, house))
    found = unit.store.detentions(
        house,
        **{name: wanted[name] for name in FILTERS},
        recurrence_years=unit.profile(house).recurrence_years,
        after=after,
        limit=limit + 1,
    )
    return page_of(found, limit, itemgetter("detention_id"))


def detention(house: str, detention_id: UUID, unit: Unit) -> dict[str, Any]:
    """One detention in detail. Raises NotFound."""
    if not unit.store.detention(house, detention_id):
        raise NotFound(Problem("detentionId", "is not a detention of this house"))
    found = unit.store.detention(house, detention_id, unit.profile(house).recurrence_years) or {}
    plan = unit.store.standing_plan(detention_id)
    return found | {
        "version": plan.version if plan else 0,
        "release_dates": unit.store.release_dates(detention_id),
        "plan": plan,
        "refusals": unit.store.refusals(detention_id),
        "follow_ups": unit.store.follow_ups(detention_id),
        "conversations": unit.store.conversations(detention_id),
    }
