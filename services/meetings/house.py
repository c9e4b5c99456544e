"""What meetings need to know of a house. Standard library only; `profile.py` reads it from the house's profile."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from shared.days import FIRST_DAY


@dataclass(frozen=True, slots=True, kw_only=True)
class Table:
    """A table where cases are under treatment.

    once: a case comes to one session, and to another only for a reason. scored_on: the codes of the yes-or-no questions
    that are answered at closing; none if the table is not scored. monitored: the case holder is asked at the monitoring
    moments whether the plan still stands. municipalities: the table takes cases from these only; None: from all.
    """

    once: bool
    scored_on: frozenset[str] = frozenset()
    monitored: bool = True
    municipalities: frozenset[str] | None = None

    def takes_from(self, municipality: str) -> bool:
        return self.municipalities is None or municipality in self.municipalities


@dataclass(frozen=True, slots=True, kw_only=True)
class MomentRule:
    """How long after the plan the process director asks the case holder whether it still stands."""

    code: str
    weeks: int = 0
    months: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class House:
    """One house's profile. tables: by id. partners, life_domains: their ids and codes. relation_days: how long after
    the closing partners still see a case. advised: the partners that get ZSM advices.
    """

    tables: Mapping[str, Table]
    sub_regions: frozenset[str]
    partners: frozenset[str]
    life_domains: frozenset[str]
    monitoring_moments: tuple[MomentRule, ...]
    relation_days: int = 0
    advised: frozenset[str] = frozenset()
    began_on: date = FIRST_DAY
