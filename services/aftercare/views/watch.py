"""What people look up of preparations and breaches."""

from collections.abc import Mapping
from datetime import date
from functools import partial
from operator import itemgetter
from typing import Any
from uuid import UUID

from services.aftercare.dependencies import Unit
from services.aftercare.domain import preparations
from services.aftercare.domain.preparations import Level, Overdue
from services.aftercare.storage import AftercareStore
from shared.postgres import as_row
from shared.web.old_paging import check_cursor, page_of


def overdue(wanted: Mapping[str, Any], unit: Unit) -> dict[str, Any]:
    """A page of those of whom something is missing, the first to be released first. Raises Rejected: no such cursor."""
    house, on, after = wanted["house"], wanted["on"], wanted["cursor"]
    check_cursor(after, partial(unit.store.detention, house))
    profile = unit.profile(house)
    situations = unit.store.situations(house, on, preparations.days_ahead(profile), wanted["municipality"])
    views = (_view(each, on, wanted["level"]) for each in preparations.overdue(situations, on, profile))
    found = [view for view in views if view["missing"]]
    if after:
        found = _after(after, found, unit.store, house)
    return page_of(found[: wanted["limit"] + 1], wanted["limit"], itemgetter("detention_id"))


def breaches(wanted: Mapping[str, Any], store: AftercareStore) -> dict[str, Any]:
    """A page of breaches, longest ago first. Raises Rejected when the cursor is none of them."""
    house, after, limit = wanted["house"], wanted["cursor"], wanted["limit"]
    check_cursor(after, partial(store.breach, house))
    filters = {name: wanted[name] for name in ("state", "municipality")}
    found = store.breaches(house, **filters, after=after, limit=limit + 1)
    return page_of(found, limit, itemgetter("release_id"))


def _view(found: Overdue, on: date, level: Level | None) -> dict[str, Any]:
    situation, missing = found
    views = [as_row(each) | {"level": each.level(on)} for each in missing if level in (None, each.level(on))]
    return as_row(situation) | {"missing": views}


def _after(cursor: UUID, found: list[dict[str, Any]], store: AftercareStore, house: str) -> list[dict[str, Any]]:
    """What was shown last may be ready by now, so its place counts and not whether it is there."""
    shown = store.detention(house, cursor) or {}
    last = (shown["release_date"]["release_on"], cursor)
    return [each for each in found if (each["release_on"], each["detention_id"]) > last]
