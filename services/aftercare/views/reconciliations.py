"""DJI's outflow list beside our inflow, as people look it up."""

from collections.abc import Mapping, Sequence
from operator import attrgetter
from typing import Any
from uuid import UUID

from services.aftercare.domain import reconciliation
from services.aftercare.domain.house import House
from services.aftercare.domain.reconciliation import Counts, Line
from services.aftercare.storage import AftercareStore
from shared.messaging import NotFound, Problem
from shared.postgres import as_row
from shared.web.old_paging import check_cursor, page_of


def reconciliation_of(year: int, wanted: Mapping[str, Any], house: House, store: AftercareStore) -> dict[str, Any]:
    """A page of the lines with the summary of all. Raises NotFound while no part of the year's list is in."""
    in_house, municipality = wanted["house"], wanted["municipality"]
    known = store.outflow_list(in_house, year)
    if not known:
        raise NotFound(Problem("year", "has no outflow list yet"))
    rows = store.outflows(in_house, year)
    detentions = store.detentions_beside_outflows(in_house, year, {row.case_id for row in rows if row.case_id})
    whole = known["standing"] == known["parts"]
    lines = reconciliation.of_municipality(
        reconciliation.reconcile(year, rows, detentions, house, whole=whole), municipality
    )
    about = {"year": year, "parts": known["parts"], "parts_in": known["standing"]}
    return about | {"summary": _summary(lines, year, municipality)} | _page(lines, wanted)


def _summary(lines: Sequence[Line], year: int, municipality: str | None) -> dict[str, Any]:
    totals = reconciliation.totals(lines, year, municipality)
    causes = [as_row(sums) | {"finding": finding, "cause": cause} for (finding, cause), sums in totals.items()]
    return as_row(sum(totals.values(), Counts())) | {"causes": causes}


def _page(lines: Sequence[Line], wanted: Mapping[str, Any]) -> dict[str, Any]:
    """From behind the line that the cursor names. Raises Rejected when it names none."""
    places = {line.line_id: place for place, line in enumerate(lines, start=1)}
    after: UUID | None = wanted["cursor"]
    check_cursor(after, places.get)
    start = places[after] if after else 0
    return page_of(lines[start : start + wanted["limit"] + 1], wanted["limit"], attrgetter("line_id"))
