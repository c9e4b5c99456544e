"""Which decision falls on each referral, so that the published decisions come out."""

from collections import Counter
from collections.abc import Iterator, Mapping
from random import Random

from replay.contradictions import Contradiction, shifted
from replay.house import House
from replay.placing import Person, Placing
from replay.published import Year

UNLIKELY_IN_DETENTION = "under_18"
"""Somebody of this age class comes to a table of aftercare only when nobody else is left."""


class Decisions:
    """The figure that each person's referrals count under; None as long as it is open."""

    def __init__(self, placing: Placing, house: House, random: Random) -> None:
        self._house = house
        self.figures: list[list[str | None]] = [[None] * person.referrals for person in placing.people]
        self._placing = placing
        self._random = random

    def decide(self, year: Year) -> list[Contradiction]:
        """Fill in every referral's figure; gives what could not be met."""
        counts, shortfalls = dict(year.decisions), []
        # every table's shares before any table's rest, which would take another's last place; those first that take few
        tables = sorted(self._house.columns, key=lambda figure: len(self._house.ages_of(figure)))
        given = {table: self._give_shares(table, year) for table in tables}
        for table in tables:
            if lacking := counts.get(table, 0) - given[table] - self._give_rest(table, year, given[table]):
                reason = f"{lacking} decisions.{table} find neither a free case nor a person with a running one"
                shortfalls.append(Contradiction(("decisions",), reason))
                counts = shifted(counts, table, lacking, self._house)
        rest = [figure for figure, count in counts.items() if figure not in tables for _ in range(count)]
        self._random.shuffle(rest)
        for figures in self.figures:
            for at, figure in enumerate(figures):
                figures[at] = figure or rest.pop()
        return shortfalls

    def _give_shares(self, table: str, year: Year) -> int:
        """Each place's share goes to as many people as it can; gives how many decisions that were."""
        shares = {place: tables[table] for place, tables in self._placing.table_decisions.items()}
        scarce = self._is_scarce(table, year)
        return sum(self._give(table, self._likely(table, place, scarce), share) for place, share in shares.items())

    def _give_rest(self, table: str, year: Year, given: int) -> int:
        """What is left goes where cases are left, then to who has one; gives how many decisions that were."""
        left, scarce = year.decisions.get(table, 0) - given, self._is_scarce(table, year)
        rest = left
        for row in year.by_municipality:
            newcomers = [at for at in self._likely(table, row.municipality, scarce) if table not in self.figures[at]]
            free = row.cases(self._house.columns[table]) - self._at(table, row.municipality)
            rest -= self._give(table, newcomers[: min(free, rest)], rest)
        at_table = [at for at, figures in enumerate(self.figures) if table in figures]
        return left - rest + self._give(table, at_table, rest)

    def _is_scarce(self, table: str, year: Year) -> bool:
        """Whether there are more decisions for a table than its shares hold."""
        shares = (tables[table] for tables in self._placing.table_decisions.values())
        return year.decisions.get(table, 0) > sum(shares)

    def _at(self, table: str, place: str) -> int:
        """How many people of a place are decided on for a table."""
        people = zip(self._placing.people, self.figures, strict=True)
        return sum(person.place == place and table in figures for person, figures in people)

    def _likely(self, table: str, place: str, scarce: bool) -> list[int]:
        """The people of a place, the likeliest for a table first; when cases are scarce, who comes most often first."""
        people = self._placing.people
        here = [
            at
            for at, person in enumerate(people)
            if person.place == place and person.can_be_decided_on(table, self._house)
        ]
        self._random.shuffle(here)
        return sorted(here, key=lambda at: (scarce and -people[at].referrals, self._is_unlikely(people[at], table)))

    def _is_unlikely(self, person: Person, figure: str) -> bool:
        for_aftercare = any(table.aftercare for table in self._house.tables.values() if table.figure == figure)
        is_young = person.age_class == UNLIKELY_IN_DETENTION and for_aftercare
        return person.sex == "family" or is_young

    def _give(self, table: str, people: list[int], count: int) -> int:
        """Up to `count` open referrals, one of each of these people before a second of anybody."""
        left = count
        while left > 0 and (taken := list(self._open(people, left))):
            for figures in taken:
                figures[figures.index(None)] = table
            left -= len(taken)
        return count - left

    def _open(self, people: list[int], most: int) -> Iterator[list[str | None]]:
        for at in people:
            if most > 0 and None in self.figures[at]:
                most -= 1
                yield self.figures[at]


def people_decided_on(placing: Placing, figures: list[list[str | None]]) -> Mapping[tuple[str, str], int]:
    """How many people of each place were decided on for each figure."""
    counts = Counter[tuple[str, str]]()
    for person, theirs in zip(placing.people, figures, strict=True):
        counts.update((person.place, figure) for figure in set(theirs) if figure)
    return counts
