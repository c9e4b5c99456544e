"""What a handler works with: one transaction on weighing's tables, and the houses."""

from collections.abc import Callable
from functools import cached_property, partial

from services.weighing.config import load_houses
from services.weighing.domain.house import House
from services.weighing.storage import WeighingStore
from shared.configuration import ServiceSettings
from shared.house_unit import HouseUnit


class Unit(HouseUnit[House]):
    @cached_property
    def store(self) -> WeighingStore:
        return WeighingStore(self.connection)


def unit_factory(settings: ServiceSettings) -> Callable[..., Unit]:
    """How units are made, once the houses' profiles are read. Raises ProfilesError."""
    return partial(Unit, houses=load_houses(settings.houses))
