"""Figures on cases under treatment: at the briefing and at the tables, by municipality and sub-region."""

from collections.abc import Mapping, Sequence
from typing import Any

from services.reporting.domain.counting import percentage
from services.reporting.domain.facts import TableCase, Tablings
from services.reporting.domain.house import AFTERCARE, FOCUS, House

Row = dict[str, Any]
COLUMN_OF = {AFTERCARE: "aftercare", FOCUS: "focus"}
COLUMNS = ("briefing", "aftercare", "focus", "total")


def treatment_figures(house: House, tablings: Sequence[Tablings], table_cases: Sequence[TableCase]) -> dict[str, Any]:
    """Each tabling of the year counts, and each table case that was open at any moment of it."""
    rows = by_municipality(house, tablings, table_cases)
    under = {column: sum(row[column] for row in rows) for column in COLUMNS}
    return {
        "under_treatment": {
            "briefing": under["briefing"],
            "aftercare": under["aftercare"],
            "focus_or_top60": under["focus"],
            "total": under["total"],
        },
        "by_municipality": rows,
        "by_sub_region": by_sub_region(house, rows),
        "percentage_from_municipalities": from_municipalities(house, rows, under),
    }


def by_municipality(house: House, tablings: Sequence[Tablings], table_cases: Sequence[TableCase]) -> list[Row]:
    """Every place of the profile in its order; then those that left the profile since."""
    seen = {each.municipality for each in tablings} | {each.municipality for each in table_cases}
    rows = {
        place: {"municipality": place, "briefing": 0, "aftercare": 0, "focus": 0, "total": 0}
        for place in dict.fromkeys([*house.places, *sorted(seen)])
    }
    for tabling in tablings:
        _add(rows[tabling.municipality], "briefing", tabling.count)
    for case in table_cases:
        _add(rows[case.municipality], COLUMN_OF[house.tables[case.table]], 1)
    return list(rows.values())


def by_sub_region(house: House, rows: Sequence[Row]) -> list[Row]:
    """The sums of each sub-region's municipalities; people who live elsewhere belong to none."""
    sub_region_of = {each.name: each.sub_region for each in house.municipalities}
    sums = {name: {"sub_region": name} | dict.fromkeys(COLUMNS, 0) for name in sub_region_of.values()}
    for row in rows:
        if row["municipality"] in sub_region_of:
            for column in COLUMNS:
                sums[sub_region_of[row["municipality"]]][column] += row[column]
    return list(sums.values())


def from_municipalities(house: House, rows: Sequence[Row], under: Mapping[str, int]) -> dict[str, float | None]:
    """Which part of all cases came from the region's own municipalities."""
    own = {each.name for each in house.municipalities}
    return {
        column: percentage(sum(row[column] for row in rows if row["municipality"] in own), under[column])
        for column in COLUMNS
    }


def _add(row: Row, column: str, count: int) -> None:
    row[column] += count
    row["total"] += count
