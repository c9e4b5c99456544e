"""What aftercare needs to know of a house, as its profile says it."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from services.aftercare.domain.funds import Fund


@dataclass(frozen=True, slots=True, kw_only=True)
class Provider:
    """Who carries out trajectories. `partner`: the id under which it gets its assignments, None where it gets none."""

    code: str
    partner: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class TransitionHouse:
    """A house where people live for a time after detention. Its places are numbered from 1."""

    code: str
    name: str
    municipality: str
    places: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Preparation:
    """What must be ready so many days before somebody's release."""

    code: str
    name: str
    days_before: int


@dataclass(frozen=True, slots=True, kw_only=True)
class House:
    """One house's profile. `life_domains` are in the order in which a plan goes through them.

    own_aftercare: those of its municipalities that do the aftercare themselves. trajectory_kinds: the stages of each
    kind, in order. providers, transition_houses, funds: by code. names: what people read for the code of a fund, a
    provider or a life domain. recurrence_years: how long after a release another detention is a recurrence.
    climbs_after_days: how long the aftercare coordinator alone sees to what is missing.
    """

    life_domains: tuple[str, ...]
    aftercare_tables: frozenset[str]
    municipalities: frozenset[str] = frozenset()
    own_aftercare: frozenset[str] = frozenset()
    providers: Mapping[str, Provider] = field(default_factory=dict)
    trajectory_kinds: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    transition_houses: Mapping[str, TransitionHouse] = field(default_factory=dict)
    funds: Mapping[str, Fund] = field(default_factory=dict)
    names: Mapping[str, str] = field(default_factory=dict)
    preparations: tuple[Preparation, ...] = ()
    recurrence_years: int = 2
    climbs_after_days: int = 7
