"""What weighing's handlers work with."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID
from zoneinfo import ZoneInfo

from psycopg import Connection

from services.weighing.config import Houses, load_houses
from services.weighing.domain.errors import UnknownHouse
from services.weighing.domain.house import House
from services.weighing.storage import WeighingStore
from shared.configuration import ServiceSettings
from shared.messaging.unit import Publishing, UnitOfWork


@dataclass(frozen=True, kw_only=True)
class Unit(UnitOfWork):
    """One transaction on weighing's tables."""

    store: WeighingStore
    houses: Houses
    today: date

    def house(self, name: str) -> House:
        """The profile of a house; raises UnknownHouse."""
        if name not in self.houses:
            raise UnknownHouse
        return self.houses[name]


def system_clock() -> date:
    """The day it is in the Netherlands."""
    return datetime.now(ZoneInfo("Europe/Amsterdam")).date()


def unit_factory(settings: ServiceSettings, clock: Callable[[], date] = system_clock) -> Callable[..., Unit]:
    """How units are made, once the houses' profiles are read. Raises ProfilesError."""
    houses = load_houses(settings.houses)

    def build(*, connection: Connection[Any], publishing: Publishing, correlation_id: UUID) -> Unit:
        return Unit(
            connection=connection,
            publishing=publishing,
            correlation_id=correlation_id,
            store=WeighingStore(connection),
            houses=houses,
            today=clock(),
        )

    return build
