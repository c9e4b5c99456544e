"""Who the referrals are about: people with their sex, age class and place, so that every margin comes out."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from random import Random

from replay.contradictions import Contradiction
from replay.groups import closest_sizes, seen_n_times, typical_rows, with_one_more_single
from replay.house import House
from replay.published import TABLE_COLUMNS, Year
from replay.shares import Kind, partition, spread

_TRIES = 200
Labels = dict[int, list[str]]
"""For each size of group: the label of each group of that size."""


@dataclass
class Person:
    """One person or family, and how many referrals are weighed on it in the year."""

    referrals: int
    sex: str
    age_class: str
    place: str


@dataclass(frozen=True)
class Placing:
    """tablings: those in the year beyond one per referral, by place. table_decisions: by place and table figure."""

    people: list[Person]
    extra_tablings: Mapping[str, int]
    table_decisions: Mapping[str, Mapping[str, int]]
    shortfalls: list[Contradiction] = field(default_factory=list)


def place_people(year: Year, house: House, random: Random) -> Placing:
    """People for all of the year's weighed referrals, deviating only where no exact division is found."""
    table_decisions = decisions_by_place(year)
    sizes = _sizes(year)
    shortfalls = []
    divided = None
    for _ in range(_TRIES):
        if (divided := _divide(sizes, year, table_decisions)) or not (fewer := with_one_more_single(sizes)):
            break
        sizes = fewer
    if divided is None:
        figures = ("sex", "age_class", "by_municipality", "under_treatment")
        shortfalls.append(Contradiction(figures, "no exact division of the people over sex, age and place was found"))
        sizes = _sizes(year)
        divided = _divide_nearly(sizes, year)
    elif year.subjects_seen_n_times and sizes != _sizes(year):
        reason = f"no division over sex, age and place was found with {seen_n_times(_sizes(year))} as people seen"
        shortfalls.append(Contradiction(("subjects_seen_n_times",), reason))
    people = _people(sizes, divided, random)
    _make_likely(people, house)
    weighed = Counter[str]()
    for person in people:
        weighed[person.place] += person.referrals
    extra = {row.municipality: max(row.briefing - weighed[row.municipality], 0) for row in year.by_municipality}
    return Placing(people, extra, table_decisions, shortfalls)


def decisions_by_place(year: Year) -> dict[str, dict[str, int]]:
    """How many of each table's decisions fall on each place: never more than its cases there, or its tablings."""
    rows = year.by_municipality
    free = [row.briefing for row in rows]
    given: dict[str, list[int]] = {}
    for table in sorted(TABLE_COLUMNS, key=lambda each: year.decisions.get(each, 0)):
        room = [min(row.cases(table), left) for row, left in zip(rows, free, strict=True)]
        given[table] = spread(year.decisions.get(table, 0), room)
        free = [left - count for left, count in zip(free, given[table], strict=True)]
    for table in given:
        _make_room(table, given, free, year)
    return {row.municipality: {table: given[table][at] for table in given} for at, row in enumerate(rows)}


def _make_room(table: str, given: dict[str, list[int]], free: list[int], year: Year) -> None:
    """Where a table lacks decisions because another took the place's tablings: move the other's elsewhere."""
    rows = year.by_municipality
    for at, row in enumerate(rows):
        for other in given:
            for to in range(len(rows)):
                while (
                    other != table
                    and sum(given[table]) < year.decisions.get(table, 0)
                    and given[table][at] < row.cases(table)
                    and given[other][at] > 0
                    and free[to] > 0
                    and given[other][to] < rows[to].cases(other)
                ):
                    given[table][at] += 1
                    given[other][at] -= 1
                    given[other][to] += 1
                    free[to] -= 1


def _sizes(year: Year) -> list[int]:
    unique, weighed = year.unique_subjects, year.weighed_referrals
    sizes = closest_sizes(unique, weighed, year.subjects_seen_n_times or typical_rows(unique, weighed))
    families = year.sex.get("family", 0)
    while sizes.count(1) < families and (fewer := with_one_more_single(sizes)):
        sizes = fewer
    return sizes


def _divide(sizes: list[int], year: Year, table_decisions: Mapping[str, Mapping[str, int]]) -> list[Labels] | None:
    """Labels for sex, age and place, exact in each; None when one of them has no way found."""
    counts = Counter(sizes)
    families = year.sex.get("family", 0)
    if counts[1] < families:
        return None
    sexes = {sex: count for sex, count in year.sex.items() if sex != "family"}
    by_sex = _labelled(counts - Counter({1: families}), sexes)
    by_age = _labelled(counts, year.age_class)
    by_place = _placed(counts, year, table_decisions)
    if by_sex is None or by_age is None or by_place is None:
        return None
    by_sex[1] = ["family"] * families + by_sex.get(1, [])
    return [by_sex, by_age, by_place]


def _labelled(counts: Mapping[int, int], targets: Mapping[str, int]) -> Labels | None:
    sizes = [size for size in counts if counts[size]]
    return _labels(sizes, partition([Kind(size, counts[size]) for size in sizes], list(targets.values())), targets)


def _labels(sizes: Sequence[int], divided: list[list[int]] | None, names: Mapping[str, int]) -> Labels | None:
    if divided is None:
        return None
    return {
        size: [name for name, counts in zip(names, divided, strict=True) for _ in range(counts[at])]
        for at, size in enumerate(sizes)
    }


def _placed(counts: Mapping[int, int], year: Year, table_decisions: Mapping[str, Mapping[str, int]]) -> Labels | None:
    """Each place takes people up to its tablings, and at least as many referrals as it has table decisions.

    What is left of a place's tablings is further tablings, which are divided as if they were people of weight 1.
    """
    tablings = {row.municipality: row.briefing for row in year.by_municipality}
    most = tuple(count - sum(table_decisions[place].values()) for place, count in tablings.items())
    further = Kind(1, sum(tablings.values()) - year.weighed_referrals, most)
    sizes = [size for size in counts if counts[size]]
    divided = partition([*(Kind(size, counts[size]) for size in sizes), further], list(tablings.values()))
    return _labels(sizes, divided, tablings)


def _divide_nearly(sizes: list[int], year: Year) -> list[Labels]:
    """Labels that are as near as largest-first comes."""
    tablings = {row.municipality: row.briefing for row in year.by_municipality}
    return [_nearly(sizes, targets) for targets in (year.sex, year.age_class, tablings)]


def _nearly(sizes: list[int], targets: Mapping[str, int]) -> Labels:
    left = dict(targets)
    labels: Labels = {}
    for size in sizes:
        name = max(left, key=lambda each: left[each])
        left[name] -= size
        labels.setdefault(size, []).append(name)
    return labels


def _people(sizes: list[int], divided: list[Labels], random: Random) -> list[Person]:
    people = []
    for size in dict.fromkeys(sizes):
        labels = [list(by_size[size]) for by_size in divided]
        for each in labels:
            random.shuffle(each)
        people += [Person(size, *label) for label in zip(*labels, strict=True)]
    return people


def _make_likely(people: list[Person], house: House) -> None:
    """Exchange labels between people of the same size, where that makes a likelier story.

    Of a family no age is known, or it is a grown-up's. Who comes again without a birth date must have a BSN to be
    recognised, so does not live where people have none.
    """
    for person in people:
        if person.sex == "family":
            _exchange(person, people, "age_class", ("unknown", "23_and_over"))
        if person.referrals > 1 and person.age_class == "unknown" and not house.places[person.place].registered:
            _exchange(person, people, "place", [name for name, place in house.places.items() if place.registered])


def _exchange(person: Person, people: list[Person], label: str, preferred: Sequence[str]) -> None:
    """Give somebody one of the preferred labels, the first that somebody else of that size can spare."""
    for wanted in preferred:
        for other in people:
            if getattr(person, label) == wanted:
                return
            if (other.referrals, getattr(other, label)) == (person.referrals, wanted) and other.sex != person.sex:
                setattr(other, label, getattr(person, label))
                setattr(person, label, wanted)
