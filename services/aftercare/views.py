"""What people look up: nothing here changes anything."""

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from services.aftercare.storage import AftercareStore
from shared.messaging import NotFound, Problem, Rejected


def detentions(wanted: Mapping[str, Any], store: AftercareStore) -> dict[str, Any]:
    """A page of a house's detentions, longest ago first. Raises Rejected when the cursor is none of them."""
    house, after = wanted["house"], wanted["cursor"]
    if after and not store.detention(house, after):
        raise Rejected(Problem("cursor", "is not the cursor of a page"))
    found = store.detentions(
        house,
        case_id=wanted["case_id"],
        release_before=wanted["release_before"],
        without_plan=wanted["without_plan"],
        after=after,
        limit=wanted["limit"] + 1,
    )
    page = found[: wanted["limit"]]
    return {"items": page, "next": page[-1]["detention_id"] if len(found) > len(page) else None}


def detention(house: str, detention_id: UUID, store: AftercareStore) -> dict[str, Any]:
    """One detention in detail. Raises NotFound."""
    found = store.detention(house, detention_id)
    if not found:
        raise NotFound(Problem("detentionId", "is not a detention of this house"))
    return found | {"release_dates": store.release_dates(detention_id), "plan": store.standing_plan(detention_id)}
