"""What is missing before the releases of a house."""

from collections.abc import Iterator, Sequence
from datetime import date
from functools import partial
from operator import attrgetter
from uuid import UUID

from services.aftercare.detentions.store import DetentionStore
from services.aftercare.house import House
from services.aftercare.preparations import rules
from services.aftercare.preparations.messages import MissingPreparation, OverdueRelease, PreparationsQuery
from services.aftercare.preparations.rules import Overdue
from services.aftercare.preparations.store import PreparationStore
from shared.postgres import as_row
from shared.unit import Lookup
from shared.web import Page, check_cursor, page_of


def preparations(house: str, query: PreparationsQuery, lookup: Lookup[House]) -> Page[OverdueRelease]:
    """A page of overdue releases, the first one first. Raises Rejected if the cursor is no detention of this house."""
    detentions = lookup.store(DetentionStore)
    check_cursor(query.cursor, partial(detentions.detention, house))
    profile = lookup.profile(house)
    situations = lookup.store(PreparationStore).situations(
        house, query.on, rules.days_ahead(profile), query.municipality
    )
    views = (_view(somebody, query) for somebody in rules.overdue(situations, query.on, profile))
    found = [view for view in views if view.missing]
    if query.cursor:
        found = _after(query.cursor, found, detentions, house)
    return page_of(found[: query.limit + 1], query.limit, attrgetter("detention_id"))


def _view(somebody: Overdue, query: PreparationsQuery) -> OverdueRelease:
    situation = somebody.situation
    return OverdueRelease(
        detention_id=situation.detention_id,
        case_id=situation.case_id,
        municipality=situation.municipality,
        release_on=situation.release_on,
        missing=tuple(_missing(somebody, query)),
    )


def _missing(somebody: Overdue, query: PreparationsQuery) -> Iterator[MissingPreparation]:
    for missing in somebody.missing:
        level = missing.level(query.on)
        if query.level in (None, level):
            yield MissingPreparation(level=level, **as_row(missing))


def _after(
    cursor: UUID, found: Sequence[OverdueRelease], detentions: DetentionStore, house: str
) -> list[OverdueRelease]:
    """Go on from the place of the last one shown: for that person all may be ready by now."""
    shown = detentions.detention(house, cursor)
    if not shown:
        return []
    last = shown.release_on or date.max, cursor
    return [view for view in found if (view.release_on or date.max, view.detention_id) > last]
