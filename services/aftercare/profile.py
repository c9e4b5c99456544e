"""How aftercare reads a house's profile."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from functools import partial
from itertools import chain
from typing import Annotated

from marshmallow import ValidationError, fields

from services.aftercare.house import (
    ACCRUAL_MONTHS,
    CLIMBS_AFTER_DAYS,
    RECURRENCE_YEARS,
    CostKind,
    Fund,
    FundYear,
    House,
    Preparation,
    Provider,
    TransitionHouse,
)
from shared.bounds import Length, Range
from shared.configuration import Coded, Identified, house_loader
from shared.days import FIRST_DAY

Euros = Annotated[Decimal, partial(fields.Decimal, places=2), Range(0)]
"""Written as text, so that no amount is ever a binary fraction."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ProfileMunicipality:
    name: str
    own_aftercare: bool = False
    contact: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Readable(Coded):
    """An entry of which people read the name, if it has one, in place of the code."""

    name: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class ProfileProvider(Readable):
    partner: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class ProfileTrajectoryKind(Coded):
    stages: tuple[str, ...] = ()
    cost: CostKind = CostKind.TRAJECTORY


@dataclass(frozen=True, slots=True, kw_only=True)
class ProfileTable(Identified):
    aftercare: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class ProfileLine(Coded):
    """A budget line of a fund."""

    cost: CostKind


@dataclass(frozen=True, slots=True, kw_only=True)
class ProfileFundYear(FundYear):
    amount_per_outflow: Euros
    single_from: Euros
    co_financing_percent: Annotated[Decimal, Range(0, 100)]
    accrual_months: Annotated[int, Range(0, 24)] = ACCRUAL_MONTHS


@dataclass(frozen=True, slots=True, kw_only=True)
class ProfileFund(Readable):
    lines: Annotated[tuple[ProfileLine, ...], Length(least=1)]
    years: tuple[ProfileFundYear, ...]

    def fund(self) -> Fund:
        return Fund(
            code=self.code,
            lines={line.code: line.cost for line in self.lines},
            years={conditions.year: conditions for conditions in self.years},
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class ProfileAftercare:
    recurrence_years: Annotated[int, Range(0, 100)] = RECURRENCE_YEARS
    climbs_after_days: Annotated[int, Range(0)] = CLIMBS_AFTER_DAYS


@dataclass(frozen=True, slots=True, kw_only=True)
class Profile:
    """The sections of a profile that aftercare uses."""

    life_domains: Annotated[tuple[Readable, ...], Length(least=1)]
    tables: tuple[ProfileTable, ...]
    municipalities: tuple[ProfileMunicipality, ...] = ()
    partners: tuple[Identified, ...] = ()
    providers: tuple[ProfileProvider, ...] = ()
    trajectory_kinds: tuple[ProfileTrajectoryKind, ...] = ()
    transition_houses: tuple[TransitionHouse, ...] = ()
    funds: tuple[ProfileFund, ...] = ()
    preparations: tuple[Preparation, ...] = ()
    aftercare: ProfileAftercare = ProfileAftercare()
    relation_days: Annotated[int, Range(0)] = 0
    began_on: date = FIRST_DAY

    def __post_init__(self) -> None:
        """Raises ValidationError where a provider is reached as a partner that the house does not have."""
        partners = {partner.id for partner in self.partners}
        for position, provider in enumerate(self.providers):
            if provider.partner is not None and provider.partner not in partners:
                raise ValidationError({"providers": {position: {"partner": ["is not a partner of this house"]}}})

    def house(self) -> House:
        tables = (table.id for table in self.tables if table.aftercare)
        own_aftercare = (municipality.name for municipality in self.municipalities if municipality.own_aftercare)
        return House(
            began_on=self.began_on,
            life_domains=tuple(domain.code for domain in self.life_domains),
            aftercare_tables=frozenset(tables),
            municipalities=frozenset(municipality.name for municipality in self.municipalities),
            own_aftercare=frozenset(own_aftercare),
            contacts={place.name: place.contact for place in self.municipalities if place.contact},
            relation_days=self.relation_days,
            providers={entry.code: Provider(code=entry.code, partner=entry.partner) for entry in self.providers},
            trajectory_kinds={kind.code: kind.stages for kind in self.trajectory_kinds},
            trajectory_costs={kind.code: kind.cost for kind in self.trajectory_kinds},
            transition_houses={house.code: house for house in self.transition_houses},
            funds={entry.code: entry.fund() for entry in self.funds},
            names=self._names(),
            preparations=self.preparations,
            recurrence_years=self.aftercare.recurrence_years,
            climbs_after_days=self.aftercare.climbs_after_days,
        )

    def _names(self) -> Mapping[str, str]:
        readable = chain(self.funds, self.providers, self.life_domains)
        return {entry.code: entry.name for entry in readable if entry.name is not None}


load_houses = house_loader(Profile)
