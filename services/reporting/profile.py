"""How reporting reads a house's profile."""

from dataclasses import dataclass
from typing import Annotated, Literal

from services.reporting.house import House, Municipality
from shared.bounds import Length, Range
from shared.configuration import Coded, Named, house_loader


@dataclass(frozen=True, slots=True, kw_only=True)
class ProfileDecision:
    """`figure`: the figure of the report that counts referrals with this decision."""

    code: str
    figure: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ProfileTable:
    """`figure`: the figure of the report that counts the cases of this table."""

    id: str
    figure: Literal["aftercare", "focus_or_top60"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Profile:
    """The sections of a profile that figures use."""

    municipalities: tuple[Municipality, ...]
    residences: tuple[Named, ...]
    decisions: Annotated[tuple[ProfileDecision, ...], Length(least=1)]
    tables: tuple[ProfileTable, ...]
    reasons: tuple[Coded, ...]
    life_domains: tuple[Coded, ...]
    monitoring_moments: tuple[Coded, ...]
    smallest_count_shown: Annotated[int, Range(least=2)] = 5

    def house(self) -> House:
        return House(
            municipalities=self.municipalities,
            residences=tuple(residence.name for residence in self.residences),
            decisions={decision.code: decision.figure for decision in self.decisions},
            tables={table.id: table.figure for table in self.tables},
            reasons=tuple(reason.code for reason in self.reasons),
            life_domains=tuple(domain.code for domain in self.life_domains),
            monitoring_moments=tuple(moment.code for moment in self.monitoring_moments),
            smallest_count_shown=self.smallest_count_shown,
        )


load_houses = house_loader(Profile)
