"""What a handler works with: one transaction on aftercare's tables, and the houses."""

from collections.abc import Callable
from functools import cached_property, partial

from services.aftercare.config import load_houses
from services.aftercare.domain.house import House
from services.aftercare.storage import AftercareStore
from shared.configuration import ServiceSettings
from shared.house_unit import HouseUnit


class Unit(HouseUnit[House]):
    @cached_property
    def store(self) -> AftercareStore:
        return AftercareStore(self.connection)


def unit_factory(settings: ServiceSettings) -> Callable[..., Unit]:
    """How units are made, once the houses' profiles are read. Raises ProfilesError."""
    return partial(Unit, houses=load_houses(settings.houses))
