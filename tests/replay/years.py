"""Random published years: consistent ones, as counted from a random population, and ones with slips in them."""

from collections import Counter
from dataclasses import replace
from random import Random
from typing import Any

from hypothesis import strategies as st

from replay.house import House
from replay.published import Row, Year

PLACES = ["Aa en Hunze", "'s-Gravendal", "Kaag & Braassem", "Bergen (NH)", 'Dorp "Zuid"', "Ærø", "Gouda", "Leiden"]
RESIDENCES = ["Buiten regio", "Geen GBA"]
OTHERS = ("bilateral", "voluntary_trajectory", "escalate", "no_follow_up")
SEXES = ("man", "man", "man", "woman", "unknown")
AGES = ("under_18", "18_to_23", "23_and_over", "23_and_over", "unknown")


@st.composite
def years(draw: st.DrawFn, most_people: int = 60) -> Year:
    """A year that somebody could have counted: people with their referrals, and places with older cases."""
    random = draw(st.randoms(use_true_random=False))
    names = draw(st.lists(st.sampled_from(PLACES), min_size=1, max_size=8, unique=True))
    outside = draw(st.lists(st.sampled_from(RESIDENCES), max_size=2, unique=True))
    places = names + outside
    briefing, tables = Counter[str](), {"aftercare": Counter[str](), "focus_or_top60": Counter[str]()}
    decisions, ages, sexes, sizes = Counter[str](), Counter[str](), Counter[str](), []
    repeating = draw(st.sampled_from([0.0, 0.2, 0.6]))
    for _ in range(draw(st.integers(0, most_people))):
        place, sex, age = random.choice(places), random.choice(SEXES), random.choice(AGES)
        is_family = random.random() < 0.05
        size = random.choice((2, 2, 3, 4, 5, 8)) if random.random() < repeating and not is_family else 1
        of_table = {"focus_or_top60": 1} if is_family or age == "under_18" else {"aftercare": 3, "focus_or_top60": 1}
        shares = of_table | dict(zip(OTHERS, (8, 1, 1, 6), strict=True))
        figures = random.choices(tuple(shares), tuple(shares.values()), k=size)
        for table in {"aftercare", "focus_or_top60"}.intersection(figures):
            tables[table][place] += 1
        decisions.update(figures)
        sexes["family" if is_family else sex] += size
        ages[age] += size
        briefing[place] += size
        sizes.append(size)
    for place in places:
        briefing[place] += random.choice((0, 0, 1, 5))
        for cases in tables.values():
            cases[place] += random.choice((0, 0, 1, 4))
    rows = tuple(_row(place, briefing, tables) for place in places)
    return Year(
        house=draw(st.sampled_from(["hollands-midden", "elders-2"])),
        year=draw(st.integers(1990, 2024)),
        weighed_referrals=sum(sizes),
        decisions=_filled(decisions, ("aftercare", "focus_or_top60", *OTHERS)),
        age_class=_filled(ages, AGES),
        sex=_filled(sexes, (*SEXES, "family")),
        unique_subjects=len(sizes),
        subjects_seen_n_times=_filled(
            Counter("7+" if size > 6 else str(size) for size in sizes if size > 1), ("2", "3", "4", "5", "6", "7+")
        ),
        under_treatment={
            "briefing": briefing.total(),
            "aftercare": tables["aftercare"].total(),
            "focus_or_top60": tables["focus_or_top60"].total(),
            "total": briefing.total() + sum(table.total() for table in tables.values()),
        },
        by_municipality=rows,
        sub_regions={"Noord": names[::2], "Zuid": names[1::2]} if draw(st.booleans()) else {},
    )


@st.composite
def years_of(draw: st.DrawFn, house: House, most_people: int = 40) -> Year:
    """A year that somebody could have counted in a house: each decision is about somebody whom its table takes."""
    random = draw(st.randoms(use_true_random=False))
    weighed: list[tuple[str, str, str, list[str]]] = []
    for _ in range(draw(st.integers(0, most_people))):
        place, sex, age = random.choice(list(house.places)), random.choice(SEXES), random.choice(AGES)
        possible = [rule.figure for rule in house.decisions.values() if house.decisions_for(rule.figure, place, age)]
        weighed.append((place, sex, age, random.choices(possible, k=random.choice((1, 1, 1, 2, 3)))))
    rows = tuple(_row_of(place, house, weighed, random) for place in house.places)
    sizes = [len(figures) for *_, figures in weighed]
    treated = {"briefing": "briefing", **house.columns, "total": "total"}
    return Year(
        house=house.house,
        year=draw(st.integers(1990, 2024)),
        weighed_referrals=sum(sizes),
        decisions=_filled(
            Counter(figure for *_, figures in weighed for figure in figures),
            [rule.figure for rule in house.decisions.values()],
        ),
        age_class=_filled(Counter(age for _, _, age, figures in weighed for _ in figures), AGES),
        sex=_filled(Counter(sex for _, sex, _, figures in weighed for _ in figures), SEXES),
        unique_subjects=len(weighed),
        subjects_seen_n_times=dict(Counter(str(size) for size in sizes if size > 1)),
        under_treatment={key: sum(row.cases(column) for row in rows) for key, column in treated.items()},
        by_municipality=rows,
    )


def _row_of(place: str, house: House, weighed: list[tuple[str, str, str, list[str]]], random: Random) -> Row:
    here = [figures for home, *_, figures in weighed if home == place]
    counts = {"briefing": sum(map(len, here)) + random.choice((0, 0, 1, 4))}
    for figure, column in house.columns.items():
        older = random.choice((0, 0, 1, 3)) if house.takes_from(figure, place) else 0
        counts[column] = sum(figure in figures for figures in here) + older
    return Row(place, counts | {"total": sum(counts.values())})


@st.composite
def years_with_slips(draw: st.DrawFn) -> Year:
    """A year in which some figures were changed afterwards."""
    year = draw(years(most_people=25))
    for _ in range(draw(st.integers(1, 3))):
        year = draw(st.sampled_from(_SLIPS))(year, draw(st.integers(-9, 9)))
    return year


def row(municipality: str, briefing: int, aftercare: int, focus: int) -> Row:
    """As Hollands Midden publishes it."""
    counts = {"briefing": briefing, "aftercare": aftercare, "focus": focus}
    return Row(municipality, counts | {"total": sum(counts.values())})


def _row(place: str, briefing: Counter[str], tables: dict[str, Counter[str]]) -> Row:
    return row(place, briefing[place], tables["aftercare"][place], tables["focus_or_top60"][place])


def _filled(counts: Counter[str], keys: Any) -> dict[str, int]:
    return {key: counts[key] for key in dict.fromkeys(keys)}


def _slip(key: str) -> Any:
    return lambda year, change: replace(year, **{key: max(getattr(year, key) + change, 0)})


def _slip_in(key: str) -> Any:
    def slip(year: Year, change: int) -> Year:
        counts: Any = dict(getattr(year, key))
        at = sorted(counts)[change % len(counts)]
        counts[at] = max(counts[at] + change, 0)
        changed: Any = {key: counts}
        return replace(year, **changed)

    return slip


def _slip_in_row(column: str) -> Any:
    def slip(year: Year, change: int) -> Year:
        rows = list(year.by_municipality)
        at = change % len(rows)
        counts = dict(rows[at].counts)
        counts[column] = max(counts[column] + change, 0)
        rows[at] = replace(rows[at], counts=counts)
        return replace(year, by_municipality=tuple(rows))

    return slip


_SLIPS = [
    _slip("weighed_referrals"),
    _slip("unique_subjects"),
    *(_slip_in(key) for key in ("decisions", "age_class", "sex", "subjects_seen_n_times", "under_treatment")),
    *(_slip_in_row(column) for column in ("briefing", "aftercare", "focus", "total")),
]
