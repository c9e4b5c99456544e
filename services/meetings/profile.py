"""How meetings read a house's profile."""

from dataclasses import dataclass
from datetime import date
from typing import Annotated, Literal

from marshmallow import ValidationError

from services.meetings.house import House, MomentRule, Table
from shared.bounds import Length, Range
from shared.configuration import Coded, Named, house_loader
from shared.days import FIRST_DAY


@dataclass(frozen=True, slots=True, kw_only=True)
class ProfileTable:
    id: str
    rhythm: Literal["once_per_case", "series"]
    scored_on: tuple[str, ...] = ()
    monitored: bool = True
    municipalities: tuple[str, ...] | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class ProfilePartner:
    id: str
    may_get: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Profile:
    """The sections of a profile that meetings use."""

    sub_regions: tuple[Named, ...]
    partners: tuple[ProfilePartner, ...]
    outcome_questions: tuple[Coded, ...] = ()
    tables: tuple[ProfileTable, ...]
    life_domains: tuple[Coded, ...]
    monitoring_moments: Annotated[tuple[MomentRule, ...], Length(least=1)]
    relation_days: Annotated[int, Range(least=0)] = 0
    began_on: date = FIRST_DAY

    def __post_init__(self) -> None:
        known = {question.code for question in self.outcome_questions}
        for position, table in enumerate(self.tables):
            if unknown := sorted(set(table.scored_on) - known):
                raise ValidationError({f"tables[{position}].scored_on": [f"{unknown[0]!r} is no outcome question"]})

    def house(self) -> House:
        return House(
            began_on=self.began_on,
            tables={table.id: _table(table) for table in self.tables},
            sub_regions=frozenset(sub_region.name for sub_region in self.sub_regions),
            partners=frozenset(partner.id for partner in self.partners),
            life_domains=frozenset(domain.code for domain in self.life_domains),
            monitoring_moments=self.monitoring_moments,
            relation_days=self.relation_days,
            advised=frozenset(partner.id for partner in self.partners if "zsm-advices.sent.v1" in partner.may_get),
        )


def _table(table: ProfileTable) -> Table:
    return Table(
        once=table.rhythm == "once_per_case",
        scored_on=frozenset(table.scored_on),
        monitored=table.monitored,
        municipalities=None if table.municipalities is None else frozenset(table.municipalities),
    )


load_houses = house_loader(Profile)
