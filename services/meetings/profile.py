"""How meetings read a house's profile."""

from dataclasses import dataclass
from typing import Annotated, Literal

from services.meetings.house import House, MomentRule, Table
from shared.bounds import Length
from shared.configuration import Coded, Identified, Named, house_loader

SCORED_FIGURE = "focus_or_top60"


@dataclass(frozen=True, slots=True, kw_only=True)
class ProfileTable:
    id: str
    figure: str
    rhythm: Literal["once_per_case", "series"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Profile:
    """The sections of a profile that meetings use."""

    sub_regions: tuple[Named, ...]
    partners: tuple[Identified, ...]
    tables: tuple[ProfileTable, ...]
    life_domains: tuple[Coded, ...]
    monitoring_moments: Annotated[tuple[MomentRule, ...], Length(least=1)]

    def house(self) -> House:
        return House(
            tables={
                table.id: Table(once=table.rhythm == "once_per_case", scored=table.figure == SCORED_FIGURE)
                for table in self.tables
            },
            sub_regions=frozenset(sub_region.name for sub_region in self.sub_regions),
            partners=frozenset(partner.id for partner in self.partners),
            life_domains=frozenset(domain.code for domain in self.life_domains),
            monitoring_moments=self.monitoring_moments,
        )


load_houses = house_loader(Profile)
