"""The factsheet of one municipality and year. It may leave the house: small counts are left out of it."""

from collections.abc import Iterable, Mapping, Sequence
from itertools import compress
from typing import Any
from uuid import UUID

from services.reporting.domain.counting import percentage
from services.reporting.domain.errors import UnknownMunicipality
from services.reporting.domain.facts import Period, TableCase, Tabled
from services.reporting.domain.house import FOCUS, TABLE_FIGURES, House
from services.reporting.domain.tables import OUTCOMES
from services.reporting.domain.weighing import figure_of
from services.reporting.domain.withholding import Shown, shown

BRIEFING, AGAIN, SCORED = "briefing", "tabled_again", "closed_cases_scored"
Subjects = dict[str, list[UUID]]
"""Whom the cases are about, by what they are counted under."""


def factsheet(
    house: House, year: int, municipality: str, tabled: Sequence[Tabled], table_cases: Sequence[TableCase]
) -> dict[str, Any]:
    """Counted as in the management report, from the facts of the whole house. Raises UnknownMunicipality."""
    if municipality not in {each.name for each in house.municipalities}:
        raise UnknownMunicipality
    region = dealt_with(house, tabled, table_cases)
    under = {meeting: shown(cases, house.smallest_count_shown)[municipality] for meeting, cases in region.items()}
    here = [each for each in tabled if each.municipality == municipality]
    cases = [each for each in table_cases if each.municipality == municipality]
    return {
        "house": house.house,
        "year": year,
        "municipality": municipality,
        "smallest_count_shown": house.smallest_count_shown,
        "under_treatment": under,
        "percentage_of_region": {meeting: share(count, region[meeting]) for meeting, count in under.items()},
        **decisions(house, here, told=under[BRIEFING] is not None),
        "focus_outcomes": focus_outcomes(house, year, cases, told=under[FOCUS] is not None),
    }


def dealt_with(house: House, tabled: Sequence[Tabled], table_cases: Sequence[TableCase]) -> dict[str, Subjects]:
    """By meeting and municipality."""
    at = {figure: [each for each in table_cases if house.tables[each.table] == figure] for figure in TABLE_FIGURES}
    return {BRIEFING: by_place(house, tabled)} | {figure: by_place(house, cases) for figure, cases in at.items()}


def by_place(house: House, cases: Iterable[Tabled | TableCase]) -> Subjects:
    """By municipality; people who live in none of the house's do not belong to the region."""
    places: Subjects = {each.name: [] for each in house.municipalities}
    for each in cases:
        if each.municipality in places:
            places[each.municipality].append(each.subject_id)
    return places


def share(count: Shown, cases: Mapping[str, Sequence[UUID]]) -> float | None:
    """Which percentage of all cases a count is; None where it is left out."""
    return None if count is None else percentage(count, sum(map(len, cases.values())))


def decisions(house: House, tabled: Sequence[Tabled], *, told: bool) -> dict[str, Any]:
    """By figure, and how often a referral was tabled besides: parts of what the briefing dealt with, if it is told."""
    parts: Subjects = {figure: [] for figure in (*house.decisions.values(), AGAIN)}
    for each in tabled:
        figure = AGAIN if each.decision is None else figure_of(house, each.decision)
        parts.setdefault(figure, []).append(each.subject_id)
    counts = shown(parts, house.smallest_count_shown) if told else dict.fromkeys(parts)
    return {AGAIN: counts.pop(AGAIN), "decisions": counts}


def focus_outcomes(house: House, year: int, table_cases: Sequence[TableCase], *, told: bool) -> dict[str, Shown]:
    """Scored cases are a part of those under treatment, if that is told; those with an outcome are a part of them."""
    period = Period.of_year(year)
    focus = [each for each in table_cases if house.tables[each.table] == FOCUS]
    scored = [each.closed_on in period and each.outcome is not None for each in focus]
    count = part_shown(house, focus, scored) if told else None
    if count is None:
        return {**dict.fromkeys(OUTCOMES), SCORED: None}
    closed = list(compress(focus, scored))
    had = {name: [bool(each.outcome and each.outcome[name]) for each in closed] for name in OUTCOMES}
    return {name: part_shown(house, closed, had[name]) for name in OUTCOMES} | {SCORED: count}


def part_shown(house: House, cases: Sequence[TableCase], belongs: Sequence[bool]) -> Shown:
    """How many of the cases belong to a part of them; None when these or the others are few."""
    parts: Subjects = {"part": [], "rest": []}
    for case, belonging in zip(cases, belongs, strict=True):
        parts["part" if belonging else "rest"].append(case.subject_id)
    return shown(parts, house.smallest_count_shown)["part"]
