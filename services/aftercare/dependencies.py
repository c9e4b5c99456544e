"""What a handler works with: one transaction on aftercare's tables, and the houses."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from psycopg import Connection

from services.aftercare.config import Houses, load_houses
from services.aftercare.domain.house import House
from services.aftercare.storage import AftercareStore
from shared.configuration import ServiceSettings
from shared.messaging import Problem, Publishing, Rejected, UnitOfWork


@dataclass(frozen=True, kw_only=True)
class Unit(UnitOfWork):
    store: AftercareStore
    houses: Houses

    def profile(self, house: str) -> House:
        """The house by its id. Raises Rejected when it does not run in this installation."""
        if house not in self.houses:
            raise Rejected(Problem("house", "is not a house of this installation"))
        return self.houses[house]


def unit_factory(settings: ServiceSettings) -> Callable[..., Unit]:
    """How units are made, once the houses' profiles are read. Raises ProfilesError."""
    houses = load_houses(settings.houses)

    def build(*, connection: Connection[Any], publishing: Publishing, correlation_id: UUID) -> Unit:
        return Unit(
            connection=connection,
            publishing=publishing,
            correlation_id=correlation_id,
            store=AftercareStore(connection),
            houses=houses,
        )

    return build
