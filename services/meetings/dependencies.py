"""What a handler works with: one transaction on the meetings' tables, and the houses."""

from collections.abc import Callable
from functools import cached_property, partial

from services.meetings.config import load_houses
from services.meetings.domain.house import House
from services.meetings.storage import MeetingsStore
from shared.configuration import ServiceSettings
from shared.house_unit import HouseUnit


class Unit(HouseUnit[House]):
    @cached_property
    def store(self) -> MeetingsStore:
        return MeetingsStore(self.connection)


def unit_factory(settings: ServiceSettings) -> Callable[..., Unit]:
    """How units are made, once the houses' profiles are read. Raises ProfilesError."""
    return partial(Unit, houses=load_houses(settings.houses))
