"""Figures on cases under treatment: at the briefing and at the tables, by municipality and sub-region."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from services.reporting.counting.rules import percentage
from services.reporting.house import BRIEFING, TOTAL, House
from services.reporting.table_figures.rules import TableCase
from services.reporting.weighing_figures.rules import TablingCount

CountByFigure = Counter[str]
"""How many cases are under treatment: at the briefing, by figure at the tables, and in total."""


@dataclass(frozen=True, slots=True, kw_only=True)
class MunicipalityRow:
    """How many cases came from one municipality or residence: by column."""

    municipality: str
    cases: Mapping[str, int]


@dataclass(frozen=True, slots=True, kw_only=True)
class SubRegionRow:
    """How many cases came from the municipalities of one sub-region: by column."""

    sub_region: str
    cases: Mapping[str, int]


@dataclass(frozen=True, kw_only=True)
class TreatmentFigures:
    """Each tabling of the year counts, and each table case that was open at any moment of the year."""

    under_treatment: Mapping[str, int]
    by_municipality: tuple[MunicipalityRow, ...]
    by_sub_region: tuple[SubRegionRow, ...]
    percentage_from_municipalities: Mapping[str, float | None]


def treatment_figures(
    house: House, tablings: Sequence[TablingCount], table_cases: Sequence[TableCase]
) -> TreatmentFigures:
    places = cases_by_place(house, tablings, table_cases)
    cases = _sum(places.values())
    return TreatmentFigures(
        under_treatment={figure: cases[figure] for figure in columns(house)},
        by_municipality=tuple(
            MunicipalityRow(municipality=place, cases=_by_column(house, places[place])) for place in places
        ),
        by_sub_region=by_sub_region(house, places),
        percentage_from_municipalities=percentage_from_municipalities(house, places, cases),
    )


def columns(house: House) -> dict[str, str]:
    """The key in the rows of each figure in order: the briefing, the figures that count table cases, the total."""
    return {BRIEFING: BRIEFING, **house.columns, TOTAL: TOTAL}


def cases_by_place(
    house: House, tablings: Sequence[TablingCount], table_cases: Sequence[TableCase]
) -> dict[str, CountByFigure]:
    """Every place of the profile in its order; then the places that left the profile."""
    seen = {tabling.municipality for tabling in tablings} | {case.municipality for case in table_cases}
    places = {place: CountByFigure() for place in dict.fromkeys([*house.places, *sorted(seen)])}
    for tabling in tablings:
        places[tabling.municipality].update({BRIEFING: tabling.count, TOTAL: tabling.count})
    for case in table_cases:
        places[case.municipality].update((house.tables[case.table], TOTAL))
    return places


def by_sub_region(house: House, places: Mapping[str, CountByFigure]) -> tuple[SubRegionRow, ...]:
    """The sums of each sub-region's municipalities; people who live elsewhere belong to none."""
    sums: dict[str, CountByFigure] = {}
    for municipality in house.municipalities:
        sums.setdefault(municipality.sub_region, CountByFigure()).update(places[municipality.name])
    return tuple(SubRegionRow(sub_region=name, cases=_by_column(house, cases)) for name, cases in sums.items())


def percentage_from_municipalities(
    house: House, places: Mapping[str, CountByFigure], cases: CountByFigure
) -> dict[str, float | None]:
    """Which part of all cases came from the region's own municipalities."""
    own = _sum(places[municipality.name] for municipality in house.municipalities)
    return {column: percentage(own[figure], cases[figure]) for figure, column in columns(house).items()}


def _by_column(house: House, cases: CountByFigure) -> dict[str, int]:
    return {column: cases[figure] for figure, column in columns(house).items()}


def _sum(counts: Iterable[CountByFigure]) -> CountByFigure:
    total = CountByFigure()
    for count in counts:
        total.update(count)
    return total
