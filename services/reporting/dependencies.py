"""What a handler works with: one transaction on the journal and the projections, and the houses."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from psycopg import Connection

from services.reporting.config import Houses, load_houses
from services.reporting.storage import ReportingStore
from shared.configuration import ServiceSettings
from shared.messaging import Publishing, UnitOfWork


@dataclass(frozen=True, kw_only=True)
class Unit(UnitOfWork):
    store: ReportingStore
    houses: Houses


def unit_factory(settings: ServiceSettings) -> Callable[..., Unit]:
    """How units are made, once the houses' profiles are read. Raises ProfilesError."""
    houses = load_houses(settings.houses)

    def build(*, connection: Connection[Any], publishing: Publishing, correlation_id: UUID) -> Unit:
        return Unit(
            connection=connection,
            publishing=publishing,
            correlation_id=correlation_id,
            store=ReportingStore(connection),
            houses=houses,
        )

    return build
