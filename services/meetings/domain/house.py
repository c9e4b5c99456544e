"""What the meetings need to know of a house, as its profile says it."""

from collections.abc import Mapping
from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Table:
    """A table where cases are under treatment.

    once: a case comes there once, and again only for a reason. scored: its cases are scored at closing.
    """

    once: bool
    scored: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class MomentRule:
    """When, after the plan, the process director asks the case holder how it goes."""

    code: str
    weeks: int = 0
    months: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class House:
    """One house's profile."""

    tables: Mapping[str, Table]
    sub_regions: frozenset[str]
    partners: frozenset[str]
    life_domains: frozenset[str]
    monitoring_moments: tuple[MomentRule, ...]
