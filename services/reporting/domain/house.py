"""What reports need to know of a house."""

from collections.abc import Mapping
from dataclasses import dataclass

AFTERCARE = "aftercare"
FOCUS = "focus_or_top60"
ESCALATE = "escalate"
TABLE_FIGURES = (AFTERCARE, FOCUS)
"""The figures that count table cases."""


@dataclass(frozen=True)
class Municipality:
    name: str
    sub_region: str


@dataclass(frozen=True)
class House:
    """One house's profile. `decisions` and `tables` map a code to the figure of the report that counts it.

    smallest_count_shown: no factsheet counts what is about fewer subjects.
    """

    house: str
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
        return (*(each.name for each in self.municipalities), *self.residences)
