"""The outflow list of a year beside our own detentions."""

from collections.abc import Sequence
from dataclasses import replace
from operator import attrgetter

from services.aftercare.house import House
from services.aftercare.outflows.store import OutflowStore
from services.aftercare.reconciliation.messages import (
    CauseView,
    LineView,
    Reconciliation,
    ReconciliationQuery,
    SummaryView,
)
from services.aftercare.reconciliation.rules import Counts, Line, UnknownList, lines_in, reconcile, totals
from services.aftercare.reconciliation.store import ReconciliationStore
from shared.aliases.store import AliasStore
from shared.postgres import as_row
from shared.unit import Lookup
from shared.web import Page, check_cursor, page_of


def reconciliation(house: str, year: int, query: ReconciliationQuery, lookup: Lookup[House]) -> Reconciliation:
    """A page of the lines with the summary of all. Raises UnknownList while no part of the year's list is in."""
    known = lookup.store(OutflowStore).known_list(house, year)
    if not known:
        raise UnknownList
    lines = lines_in(_lines(house, year, lookup, whole=known.is_whole), query.municipality)
    page = _page(lines, query)
    return Reconciliation(
        year=year,
        parts=known.parts,
        parts_in=known.standing,
        summary=_summary(lines, year, query.municipality),
        items=tuple(map(LineView.of, page.items)),
        next=page.next,
    )


def _lines(house: str, year: int, lookup: Lookup[House], *, whole: bool) -> list[Line]:
    rows = lookup.store(OutflowStore).outflows(house, year)
    case_ids, aliases = {row.case_id for row in rows if row.case_id}, lookup.store(AliasStore)
    aliases.load(case_ids)
    detentions = lookup.store(ReconciliationStore).detentions_beside_outflows(house, year, aliases.all_of(case_ids))
    aliases.load({detention.case_id for detention in detentions})
    rows = [replace(row, case_id=aliases.person(row.case_id)) if row.case_id else row for row in rows]
    detentions = [replace(detention, case_id=aliases.person(detention.case_id)) for detention in detentions]
    return reconcile(year, rows, detentions, lookup.profile(house), whole=whole)


def _summary(lines: Sequence[Line], year: int, municipality: str | None) -> SummaryView:
    sums = totals(lines, year, municipality)
    causes = (CauseView(finding=finding, cause=cause, **as_row(part)) for (finding, cause), part in sums.items())
    return SummaryView(causes=tuple(causes), **as_row(sum(sums.values(), Counts())))


def _page(lines: Sequence[Line], query: ReconciliationQuery) -> Page[Line]:
    """From behind the line that the cursor names. Raises Rejected when the cursor names none."""
    places = {line.line_id: place for place, line in enumerate(lines, start=1)}
    check_cursor(query.cursor, places.get)
    start = places[query.cursor] if query.cursor else 0
    return page_of(lines[start : start + query.limit + 1], query.limit, attrgetter("line_id"))
