"""Figures on cases under treatment: at the briefing and at the tables, by municipality and sub-region."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from services.reporting.counting.rules import percentage
from services.reporting.house import AFTERCARE, FOCUS, House
from services.reporting.table_figures.rules import TableCase
from services.reporting.weighing_figures.rules import TablingCount

COLUMN_OF = {AFTERCARE: "aftercare", FOCUS: "focus"}
COLUMNS = ("briefing", "aftercare", "focus", "total")
CountByColumn = Counter[str]
"""How many cases are under treatment, by COLUMNS."""


@dataclass(frozen=True, slots=True, kw_only=True)
class UnderTreatment:
    briefing: int
    aftercare: int
    focus_or_top60: int
    total: int


@dataclass(frozen=True, slots=True, kw_only=True)
class MunicipalityRow:
    """How many cases came from one municipality or residence."""

    municipality: str
    briefing: int
    aftercare: int
    focus: int
    total: int


@dataclass(frozen=True, slots=True, kw_only=True)
class SubRegionRow:
    """How many cases came from the municipalities of one sub-region."""

    sub_region: str
    briefing: int
    aftercare: int
    focus: int
    total: int


@dataclass(frozen=True, kw_only=True)
class TreatmentFigures:
    """Each tabling of the year counts, and each table case that was open at any moment of the year."""

    under_treatment: UnderTreatment
    by_municipality: tuple[MunicipalityRow, ...]
    by_sub_region: tuple[SubRegionRow, ...]
    percentage_from_municipalities: Mapping[str, float | None]


def treatment_figures(
    house: House, tablings: Sequence[TablingCount], table_cases: Sequence[TableCase]
) -> TreatmentFigures:
    places = cases_by_place(house, tablings, table_cases)
    cases = _sum(places.values())
    return TreatmentFigures(
        under_treatment=under_treatment(cases),
        by_municipality=tuple(MunicipalityRow(municipality=place, **_row(places[place])) for place in places),
        by_sub_region=by_sub_region(house, places),
        percentage_from_municipalities=percentage_from_municipalities(house, places, cases),
    )


def under_treatment(cases: CountByColumn) -> UnderTreatment:
    return UnderTreatment(
        briefing=cases["briefing"],
        aftercare=cases["aftercare"],
        focus_or_top60=cases["focus"],
        total=cases["total"],
    )


def cases_by_place(
    house: House, tablings: Sequence[TablingCount], table_cases: Sequence[TableCase]
) -> dict[str, CountByColumn]:
    """Every place of the profile in its order; then the places that left the profile."""
    seen = {tabling.municipality for tabling in tablings} | {case.municipality for case in table_cases}
    places = {place: CountByColumn() for place in dict.fromkeys([*house.places, *sorted(seen)])}
    for tabling in tablings:
        places[tabling.municipality].update({"briefing": tabling.count, "total": tabling.count})
    for case in table_cases:
        places[case.municipality].update((COLUMN_OF[house.tables[case.table]], "total"))
    return places


def by_sub_region(house: House, places: Mapping[str, CountByColumn]) -> tuple[SubRegionRow, ...]:
    """The sums of each sub-region's municipalities; people who live elsewhere belong to none."""
    sums: dict[str, CountByColumn] = {}
    for municipality in house.municipalities:
        sums.setdefault(municipality.sub_region, CountByColumn()).update(places[municipality.name])
    return tuple(SubRegionRow(sub_region=name, **_row(cases)) for name, cases in sums.items())


def percentage_from_municipalities(
    house: House, places: Mapping[str, CountByColumn], cases: CountByColumn
) -> dict[str, float | None]:
    """Which part of all cases came from the region's own municipalities."""
    own = _sum(places[municipality.name] for municipality in house.municipalities)
    return {column: percentage(own[column], cases[column]) for column in COLUMNS}


def _row(cases: CountByColumn) -> dict[str, int]:
    return {column: cases[column] for column in COLUMNS}


def _sum(counts: Iterable[CountByColumn]) -> CountByColumn:
    total = CountByColumn()
    for count in counts:
        total.update(count)
    return total
