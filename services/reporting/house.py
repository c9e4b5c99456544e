"""What figures need to know of a house. Standard library only; `profile.py` reads it from the house's profile."""

from collections.abc import Mapping
from dataclasses import dataclass

AFTERCARE = "aftercare"
FOCUS = "focus_or_top60"
ESCALATE = "escalate"
TABLE_FIGURES = (AFTERCARE, FOCUS)
"""The figures that count table cases."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Municipality:
    name: str
    sub_region: str


@dataclass(frozen=True, slots=True, kw_only=True)
class House:
    """One house's profile. `decisions` and `tables` map a code to the figure of the report that counts it.

    smallest_count_shown: a factsheet shows no count of cases about fewer subjects.
    """

    municipalities: tuple[Municipality, ...]
    residences: tuple[str, ...]
    decisions: Mapping[str, str]
    tables: Mapping[str, str]
    reasons: tuple[str, ...]
    life_domains: tuple[str, ...]
    monitoring_moments: tuple[str, ...]
    smallest_count_shown: int

    @property
    def places(self) -> tuple[str, ...]:
        """All municipalities, then the residences outside them, in the order of the profile."""
        return (*(municipality.name for municipality in self.municipalities), *self.residences)
