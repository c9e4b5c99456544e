"""What people look up: nothing here changes anything."""

from collections.abc import Mapping
from functools import partial
from operator import itemgetter
from typing import Any
from uuid import UUID

from services.aftercare.storage import AftercareStore
from shared.messaging import NotFound, Problem
from shared.web.paging import check_cursor, page_of


def detentions(wanted: Mapping[str, Any], store: AftercareStore) -> dict[str, Any]:
    """A page of a house's detentions, longest ago first. Raises Rejected when the cursor is none of them."""
    house, after = wanted["house"], wanted["cursor"]
    check_cursor(after, partial(store.detention, house))
    found = store.detentions(
        house,
        case_id=wanted["case_id"],
        release_before=wanted["release_before"],
        without_plan=wanted["without_plan"],
        after=after,
        limit=wanted["limit"] + 1,
    )
    return page_of(found, wanted["limit"], itemgetter("detention_id"))


def detention(house: str, detention_id: UUID, store: AftercareStore) -> dict[str, Any]:
    """One detention in detail. Raises NotFound."""
    found = store.detention(house, detention_id)
    if not found:
        raise NotFound(Problem("detentionId", "is not a detention of this house"))
    return found | {"release_dates": store.release_dates(detention_id), "plan": store.standing_plan(detention_id)}
