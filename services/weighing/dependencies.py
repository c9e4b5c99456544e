"""What weighing's handlers work with."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime
from functools import cached_property
from typing import Any
from zoneinfo import ZoneInfo

from services.weighing.config import load_houses
from services.weighing.domain.house import House
from services.weighing.storage import WeighingStore
from shared.configuration import ServiceSettings
from shared.house_unit import HouseUnit


@dataclass(frozen=True, kw_only=True)
class Unit(HouseUnit[House]):
    """One transaction on weighing's tables."""

    today: date

    @cached_property
    def store(self) -> WeighingStore:
        return WeighingStore(self.connection)


def system_clock() -> date:
    """The day it is in the Netherlands."""
    return datetime.now(ZoneInfo("Europe/Amsterdam")).date()


def unit_factory(settings: ServiceSettings, clock: Callable[[], date] = system_clock) -> Callable[..., Unit]:
    """How units are made, once the houses' profiles are read. Raises ProfilesError."""
    houses = load_houses(settings.houses)

    def unit(**transaction: Any) -> Unit:
        return Unit(houses=houses, today=clock(), **transaction)

    return unit
