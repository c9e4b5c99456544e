"""What a handler works with: one transaction on the journal and the projections, and the houses."""

from collections.abc import Callable
from functools import cached_property, partial

from services.reporting.config import load_houses
from services.reporting.domain.house import House
from services.reporting.storage import ReportingStore
from shared.configuration import ServiceSettings
from shared.house_unit import HouseUnit


class Unit(HouseUnit[House]):
    @cached_property
    def store(self) -> ReportingStore:
        return ReportingStore(self.connection)


def unit_factory(settings: ServiceSettings) -> Callable[..., Unit]:
    """How units are made, once the houses' profiles are read. Raises ProfilesError."""
    return partial(Unit, houses=load_houses(settings.houses))
