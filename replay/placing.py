"""Who the referrals are about: people with their sex, age class and place, so that every margin comes out."""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence, Set
from dataclasses import dataclass, field
from random import Random

from replay.contradictions import Contradiction
from replay.groups import closest_sizes, seen_n_times, typical_rows, with_one_more_single
from replay.house import AGE_CLASSES, House
from replay.published import Year
from replay.shares import Kind, partition, spread

_TRIES = 200
FIGURES = {"sex": ("sex",), "age_class": ("age_class",), "place": ("by_municipality", "under_treatment")}
"""What is divided over the people, and the figures that depend on it."""
_TableDecisions = Mapping[str, Mapping[str, int]]
"""By place and table figure: how many of the decisions for that table."""
Labels = dict[int, list[str]]
"""For each size of group: the label of each group of that size."""


@dataclass
class Person:
    """One person or family, and how many referrals are weighed on it in the year."""

    referrals: int
    sex: str
    age_class: str
    place: str

    def can_be_decided_on(self, figure: str, house: House) -> bool:
        """Whether a decision that this figure counts can be taken on the person's referrals."""
        return bool(house.decisions_for(figure, self.place, self.age_class, family=self.sex == "family"))

    def exchange(self, other: "Person", labels: Sequence[str]) -> None:
        """Give each other these labels."""
        for label in labels:
            mine, theirs = getattr(self, label), getattr(other, label)
            setattr(self, label, theirs)
            setattr(other, label, mine)


@dataclass(frozen=True)
class Placing:
    """tablings: those in the year beyond one per referral, by place. table_decisions: by place and table figure."""

    people: list[Person]
    extra_tablings: Mapping[str, int]
    table_decisions: _TableDecisions
    shortfalls: list[Contradiction] = field(default_factory=list)


def place_people(year: Year, house: House, random: Random) -> Placing:
    """People for all of the year's weighed referrals, deviating only where no exact division is found."""
    table_decisions = decisions_by_place(year, house)
    sizes, divided, shortfalls = _exactly(year, table_decisions) or _nearly(year, table_decisions)
    people = _people(sizes, divided, random)
    _make_likely(people, house)
    _make_of_age(people, house, table_decisions)
    weighed = Counter[str]()
    for person in people:
        weighed[person.place] += person.referrals
    extra = {row.municipality: max(row.briefing - weighed[row.municipality], 0) for row in year.by_municipality}
    return Placing(people, extra, table_decisions, shortfalls)


_Divided = tuple[list[int], list[Labels], list[Contradiction]]


def _exactly(year: Year, table_decisions: _TableDecisions) -> _Divided | None:
    """Exact in sex, age class and place; with more people seen once when there is no other way."""
    wished = sizes = _sizes(year)
    for _ in range(_TRIES):
        labels = [each for each in _divide(sizes, year, table_decisions).values() if each is not None]
        if len(labels) == len(FIGURES):
            break
        if not (fewer := with_one_more_single(sizes)):
            return None
        sizes = fewer
    else:
        return None
    if sizes == wished or not year.subjects_seen_n_times:
        return sizes, labels, []
    reason = f"no division over sex, age and place was found with {seen_n_times(wished)} as people seen again"
    return sizes, labels, [Contradiction(("subjects_seen_n_times",), reason)]


def _nearly(year: Year, table_decisions: _TableDecisions) -> _Divided:
    """Largest first, in those of sex, age class and place in which no exact way was found."""
    sizes = _sizes(year)
    families = year.sex.get("family", 0)
    grown = sizes[: len(sizes) - families]
    without = {sex: count for sex, count in year.sex.items() if sex != "family"}
    near = {
        "sex": lambda: _with_families(families, _largest_first(grown, without or {"man": 0})),
        "age_class": lambda: _largest_first(sizes, year.age_class),
        "place": lambda: _largest_first(sizes, {row.municipality: row.briefing for row in year.by_municipality}),
    }
    exact = _divide(sizes, year, table_decisions)
    shortfalls = [
        Contradiction(FIGURES[each], f"no exact division of the people over {each} was found")
        for each, labels in exact.items()
        if labels is None
    ]
    return sizes, [exact[each] or near[each]() for each in FIGURES], shortfalls


def decisions_by_place(year: Year, house: House) -> dict[str, dict[str, int]]:
    """How many of each table's decisions fall on each place: never more than its cases there, or its tablings."""
    rows = year.by_municipality
    free = [row.briefing for row in rows]
    given: dict[str, list[int]] = {}
    for table in sorted(house.columns, key=lambda each: year.decisions.get(each, 0)):
        room = [min(row.cases(house.columns[table]), left) for row, left in zip(rows, free, strict=True)]
        given[table] = spread(year.decisions.get(table, 0), room)
        free = [left - count for left, count in zip(free, given[table], strict=True)]
    for table in given:
        _make_room(table, given, free, year, house)
    return {row.municipality: {table: given[table][at] for table in given} for at, row in enumerate(rows)}


def _make_room(table: str, given: dict[str, list[int]], free: list[int], year: Year, house: House) -> None:
    """Where a table lacks decisions because another took the place's tablings: move the other's elsewhere."""
    rows, columns = year.by_municipality, house.columns
    for at, row in enumerate(rows):
        for other in given:
            for to in range(len(rows)):
                while (
                    other != table
                    and sum(given[table]) < year.decisions.get(table, 0)
                    and given[table][at] < row.cases(columns[table])
                    and given[other][at] > 0
                    and free[to] > 0
                    and given[other][to] < rows[to].cases(columns[other])
                ):
                    given[table][at] += 1
                    given[other][at] -= 1
                    given[other][to] += 1
                    free[to] -= 1


def _sizes(year: Year) -> list[int]:
    unique, weighed = year.unique_subjects, year.weighed_referrals
    seen = year.subjects_seen_n_times or typical_rows(unique, weighed)
    return closest_sizes(unique, weighed, seen, singles=year.sex.get("family", 0))


def _divide(sizes: list[int], year: Year, table_decisions: _TableDecisions) -> dict[str, Labels | None]:
    """Labels for sex, age class and place, each exact; None where no way was found."""
    counts = Counter(sizes)
    families = year.sex.get("family", 0)
    without = {sex: count for sex, count in year.sex.items() if sex != "family"}
    by_sex = _labelled(counts - Counter({1: families}), without) if counts[1] >= families else None
    return {
        "sex": by_sex if by_sex is None else _with_families(families, by_sex),
        "age_class": _labelled(counts, year.age_class),
        "place": _placed(counts, year, table_decisions),
    }


def _with_families(families: int, by_sex: Labels) -> Labels:
    return by_sex | {1: ["family"] * families + by_sex.get(1, [])}


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


def _placed(counts: Mapping[int, int], year: Year, table_decisions: _TableDecisions) -> Labels | None:
    """Each place takes people up to its tablings, if it can be with as many referrals as it has table decisions."""
    needed = [sum(table_decisions[row.municipality].values()) for row in year.by_municipality]
    return _placed_with(counts, year, needed) or _placed_with(counts, year, [0] * len(needed))


def _placed_with(counts: Mapping[int, int], year: Year, needed: Sequence[int]) -> Labels | None:
    """What is left of a place's tablings is further tablings, divided as if they were people of weight 1."""
    tablings = {row.municipality: row.briefing for row in year.by_municipality}
    most = tuple(count - least for count, least in zip(tablings.values(), needed, strict=True))
    further = Kind(1, sum(tablings.values()) - year.weighed_referrals, most)
    sizes = [size for size in counts if counts[size]]
    divided = partition([*(Kind(size, counts[size]) for size in sizes), further], list(tablings.values()))
    return _labels(sizes, divided, tablings)


def _largest_first(sizes: list[int], targets: Mapping[str, int]) -> Labels:
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

    A family has no age, as far as enough ages are unknown. Who comes again without a birth date must have a BSN to be
    recognised, so does not live where people have none.
    """
    for person in people:
        if person.sex == "family":
            _exchange(person, people, "age_class", ("unknown", "23_and_over"))
        if person.referrals > 1 and person.age_class == "unknown" and not house.places[person.place].registered:
            _exchange(person, people, "place", [name for name, place in house.places.items() if place.registered])


def _make_of_age(people: list[Person], house: House, table_decisions: _TableDecisions) -> None:
    """Exchange ages or sexes between people of the same size, so that each place has enough whom its tables take.

    If that is not enough, families give their ages to others first.
    """
    choosy = [figure for figure in house.columns if not house.ages_of(figure) >= set(AGE_CLASSES)]
    by_place = {place: [person for person in people if person.place == place] for place in table_decisions}

    def lacking(place: str) -> int:
        """How many decisions of the place find nobody of the right age."""
        wanted = table_decisions[place]
        return sum(max(wanted[figure] - _of_age(by_place[place], figure, house), 0) for figure in choosy)

    def improves(person: Person, other: Person, labels: Sequence[str]) -> bool:
        """Exchange their labels, and back again if no fewer decisions lack somebody."""
        before = lacking(person.place) + lacking(other.place)
        person.exchange(other, labels)
        if lacking(person.place) + lacking(other.place) < before:
            return True
        person.exchange(other, labels)
        return False

    def improve() -> None:
        for place in by_place:
            for person in by_place[place]:
                if lacking(place):
                    any(improves(person, other, labels) for other, labels in _exchangeable(person, people))

    improve()
    if any(map(lacking, by_place)):
        _give_ages_of_families(people, frozenset.intersection(*map(house.ages_of, choosy)))
        improve()


def _give_ages_of_families(people: Sequence[Person], wanted: Set[str]) -> None:
    """Whoever is not of a wanted age gets that of a family, which needs none."""
    families = [each for each in people if each.sex == "family" and each.age_class in wanted]
    others = [each for each in people if each.sex != "family" and each.age_class not in wanted and each.referrals == 1]
    for family, person in zip(families, others, strict=False):
        person.exchange(family, ("age_class",))


def _exchangeable(person: Person, people: Iterable[Person]) -> Iterator[tuple[Person, Sequence[str]]]:
    """Those of the same size, with the labels that may change hands.

    The age of somebody who comes again stays where it is unknown: see `_make_likely`.
    """
    for labels in (("age_class",), ("sex",), ("sex", "age_class")):
        for other in people:
            unknown = "unknown" in (other.age_class, person.age_class)
            if other.referrals == person.referrals and not (unknown and person.referrals > 1):
                yield other, labels


def _of_age(people: Iterable[Person], figure: str, house: House) -> int:
    """How many referrals are about people whom the tables of a figure take."""
    return sum(person.referrals for person in people if person.can_be_decided_on(figure, house))


def _exchange(person: Person, people: list[Person], label: str, preferred: Sequence[str]) -> None:
    """Give somebody one of the preferred labels, the first that somebody else of that size can spare."""
    for wanted in preferred:
        for other in people:
            if getattr(person, label) == wanted:
                return
            if (other.referrals, getattr(other, label)) == (person.referrals, wanted) and other.sex != person.sex:
                setattr(other, label, getattr(person, label))
                setattr(person, label, wanted)
