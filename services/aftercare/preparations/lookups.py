"""What is missing before the releases of a house."""

from collections.abc import Collection, Iterator
from functools import partial
from itertools import islice
from operator import attrgetter
from uuid import UUID

from services.aftercare.detentions.store import DetentionStore
from services.aftercare.house import House
from services.aftercare.preparations import rules
from services.aftercare.preparations.messages import MissingPreparation, OverdueRelease, PreparationsQuery
from services.aftercare.preparations.rules import Overdue
from services.aftercare.preparations.store import Place, PreparationStore
from shared.postgres import as_row
from shared.unit import Lookup
from shared.web import Page, check_cursor, page_of

READ_AT_ONCE = 500
"""So many people, ready or not."""


def preparations(house: str, query: PreparationsQuery, lookup: Lookup[House]) -> Page[OverdueRelease]:
    """A page of overdue releases, the first one first. Raises Rejected if the cursor is no detention of this house."""
    check_cursor(query.cursor, partial(lookup.store(DetentionStore).detention, house))
    views = (_view(somebody, query) for somebody in _overdue(house, query, lookup))
    found = islice((view for view in views if view.missing), query.limit + 1)
    return page_of([*found], query.limit, attrgetter("detention_id"))


def missing_today(house: str, detention_ids: Collection[UUID], lookup: Lookup[House]) -> list[OverdueRelease]:
    """What is missing for these detentions, the earliest release first."""
    today, profile = lookup.today, lookup.profile(house)
    days = rules.days_ahead(profile)
    found = lookup.store(PreparationStore).situations_of(house, today, days, detention_ids)
    return [_view(somebody, PreparationsQuery(on=today)) for somebody in rules.overdue(found, today, profile)]


def _overdue(house: str, query: PreparationsQuery, lookup: Lookup[House]) -> Iterator[Overdue]:
    """The overdue releases after the cursor, read some at a time: most people in prison lack nothing."""
    profile, store = lookup.profile(house), lookup.store(PreparationStore)
    days, place = rules.days_ahead(profile), _place(house, query.cursor, lookup)
    while situations := store.situations(house, query.on, days, query.municipality, place, READ_AT_ONCE):
        yield from rules.overdue(situations, query.on, profile)
        place = Place(situations[-1].release_on, situations[-1].detention_id)


def _place(house: str, cursor: UUID | None, lookup: Lookup[House]) -> Place | None:
    """The place of the last one shown: for that person all may be ready by now."""
    shown = lookup.store(DetentionStore).detention(house, cursor) if cursor else None
    return Place(shown.release_on, shown.detention_id) if shown else None


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
