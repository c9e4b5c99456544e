"""What a handler works with: one transaction on aftercare's tables, and the houses."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime
from functools import cached_property
from typing import Any
from zoneinfo import ZoneInfo

from services.aftercare.config import load_houses
from services.aftercare.domain.house import House
from services.aftercare.storage import AftercareStore
from shared.configuration import ServiceSettings
from shared.house_unit import HouseUnit


@dataclass(frozen=True, kw_only=True)
class Unit(HouseUnit[House]):
    """`today` is for what a timer begins: no handler and no rule asks which day it is."""

    today: date

    @cached_property
    def store(self) -> AftercareStore:
        return AftercareStore(self.connection)


def system_clock() -> date:
    """The day it is in the Netherlands."""
    return datetime.now(ZoneInfo("Europe/Amsterdam")).date()


def unit_factory(settings: ServiceSettings, clock: Callable[[], date] = system_clock) -> Callable[..., Unit]:
    """How units are made, once the houses' profiles are read. Raises ProfilesError."""
    houses = load_houses(settings.houses)

    def unit(**transaction: Any) -> Unit:
        return Unit(houses=houses, today=clock(), **transaction)

    return unit
