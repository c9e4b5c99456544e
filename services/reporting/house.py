"""What figures need to know of a house. Standard library only; `profile.py` reads it from the house's profile."""

from collections.abc import Mapping
from dataclasses import dataclass

BRIEFING, TOTAL, TABLED_AGAIN = "briefing", "total", "tabled_again"
"""Keys among the figures that stand for none."""
SCORED = "closed_cases_scored"
"""The key beside the outcome questions: how many cases were scored."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Municipality:
    name: str
    sub_region: str


@dataclass(frozen=True, slots=True, kw_only=True)
class House:
    """One house's profile, its figures in order. `decisions` and `tables` map a code to the figure that counts it.

    columns: of each figure that counts the cases of a table, its key in the rows by municipality. scored_on: by table,
    the outcome questions that are answered at closing; a table without is not scored. escalating: the decisions that
    escalate. smallest_count_shown: a factsheet shows no count of cases about fewer subjects.
    """

    municipalities: tuple[Municipality, ...]
    residences: tuple[str, ...]
    columns: Mapping[str, str]
    decisions: Mapping[str, str]
    escalating: frozenset[str]
    tables: Mapping[str, str]
    scored_on: Mapping[str, frozenset[str]]
    outcome_questions: tuple[str, ...]
    reasons: tuple[str, ...]
    life_domains: tuple[str, ...]
    monitoring_moments: tuple[str, ...]
    smallest_count_shown: int

    @property
    def places(self) -> tuple[str, ...]:
        """All municipalities, then the residences outside them, in the order of the profile."""
        return (*(municipality.name for municipality in self.municipalities), *self.residences)

    @property
    def questions(self) -> tuple[str, ...]:
        """The outcome questions that any table is scored on, in the order of the profile."""
        asked = frozenset().union(*self.scored_on.values())
        return tuple(question for question in self.outcome_questions if question in asked)

    @property
    def scored_figures(self) -> tuple[str, ...]:
        """The figures that count the cases of a scored table, in the order of the profile."""
        scored = {self.tables[table] for table in self.scored_on}
        return tuple(figure for figure in self.columns if figure in scored)
