"""What aftercare needs to know of a house. Standard library only; `profile.py` reads it from the house's profile."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from decimal import Decimal
from enum import StrEnum
from typing import Annotated, Literal

from shared.bounds import NO_BSN, Pattern, Range
from shared.days import FIRST_DAY

Code = Annotated[str, Pattern("^[a-z0-9][a-z0-9_-]{0,63}$", "not_a_code", "Must be a code: a-z, 0-9, - and _."), NO_BSN]
"""A code of the house's profile or a partner's id: no text, which might tell about people."""

RECURRENCE_YEARS, CLIMBS_AFTER_DAYS, ACCRUAL_MONTHS = 2, 7, 6
"""Where a profile says nothing of them."""

PreparationCode = Literal["conversation", "plan", "identity", "housing", "plan_accepted"]
"""The preparations that a profile can ask for: those of which the service knows when they are ready."""


class CostKind(StrEnum):
    """What a cost is for. Start-up financing is of a transition house, and of nobody's need."""

    TRAJECTORY = "trajectory"
    CONVERSATION = "conversation"
    START_UP = "start_up"
    WORK_TRAINING = "work_training"
    ADVANCE = "advance"


@dataclass(frozen=True, slots=True, kw_only=True)
class FundYear:
    """The conditions of a year. Amounts in euros.

    amount_per_outflow: for each person that left detention in the reference year. single_from: what a municipality must
    be allotted to apply by itself. co_financing_percent: of all that is spent, what municipalities bring in.
    accrual_months: how long after the year its late invoices are still booked.
    """

    year: int
    reference_year: int
    amount_per_outflow: Decimal
    single_from: Decimal
    co_financing_percent: Decimal
    accrual_months: int = ACCRUAL_MONTHS

    @property
    def first_day(self) -> date:
        return date(self.year, 1, 1)

    @property
    def last_day(self) -> date:
        """The last day on which the year's money is committed, spent or lent."""
        years, month = divmod(12 + self.accrual_months, 12)
        return date(self.year + years, month + 1, 1) - timedelta(days=1)


@dataclass(frozen=True, slots=True, kw_only=True)
class Fund:
    """A fund that a house may spend. lines: what each budget line is for, by code. years: the conditions of each."""

    code: str
    lines: Mapping[str, CostKind]
    years: Mapping[int, FundYear]


@dataclass(frozen=True, slots=True, kw_only=True)
class Provider:
    """Who carries out trajectories. partner: the id under which it gets its assignments, None where it gets none."""

    code: str
    partner: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class TransitionHouse:
    """A house where people live for a time after detention. Its places are numbered from 1."""

    code: str
    name: str
    municipality: str
    places: Annotated[int, Range(1)]


@dataclass(frozen=True, slots=True, kw_only=True)
class Preparation:
    """What must be ready so many days before somebody's release.

    days_after_notice: by when, counted from the notice, while no release date is known; None: not before there is one.
    """

    code: PreparationCode
    name: str
    days_before: Annotated[int, Range(0)]
    days_after_notice: Annotated[int | None, Range(0)] = None


@dataclass(frozen=True, slots=True, kw_only=True)
class House:
    """One house's profile. life_domains: in the order in which a plan goes through them.

    own_aftercare: those of its municipalities that do the aftercare themselves. contacts: by municipality the partner
    that speaks for it. relation_days: how long after the end partners still see a case.
    trajectory_kinds: the stages of each kind, in order. trajectory_costs: what the cost of each kind is for.
    providers, transition_houses, funds: by code. names: what people read for the code of a fund, a provider or a life
    domain. recurrence_years: how long after a release another detention is a recurrence.
    climbs_after_days: how long the aftercare coordinator alone sees to what is missing.
    """

    life_domains: tuple[str, ...]
    aftercare_tables: frozenset[str]
    municipalities: frozenset[str] = frozenset()
    own_aftercare: frozenset[str] = frozenset()
    contacts: Mapping[str, str] = field(default_factory=dict)
    relation_days: int = 0
    providers: Mapping[str, Provider] = field(default_factory=dict)
    trajectory_kinds: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    trajectory_costs: Mapping[str, CostKind] = field(default_factory=dict)
    transition_houses: Mapping[str, TransitionHouse] = field(default_factory=dict)
    funds: Mapping[str, Fund] = field(default_factory=dict)
    names: Mapping[str, str] = field(default_factory=dict)
    preparations: tuple[Preparation, ...] = ()
    recurrence_years: int = RECURRENCE_YEARS
    climbs_after_days: int = CLIMBS_AFTER_DAYS
    began_on: date = FIRST_DAY
