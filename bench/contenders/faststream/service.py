"""What all handlers of a service's process share."""

import asyncio
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Generic, TypeVar

from psycopg import AsyncConnection
from psycopg.rows import DictRow, dict_row
from psycopg_pool import AsyncConnectionPool

from shared.configuration import ServiceSettings
from shared.messaging.sealing import Sealer
from shared.postgres import load_queries

Pool = AsyncConnectionPool[AsyncConnection[DictRow]]
Own = TypeVar("Own")
POOL_SIZE = 16
"""Five of these fit in a cluster's 100 connections."""


@dataclass(frozen=True, kw_only=True)
class Service(Generic[Own]):
    """own: what only this service's handlers need. announced: set when there is something in the outbox."""

    name: str
    own: Own
    pool: Pool
    queries: Mapping[str, str]
    sealer: Sealer
    announced: asyncio.Event = field(default_factory=asyncio.Event)


def service_of(name: str, own: Own, settings: ServiceSettings) -> Service[Own]:
    """Its pool is still to be opened."""
    return Service(
        name=name,
        own=own,
        pool=AsyncConnectionPool(
            settings.database_url,
            min_size=POOL_SIZE,
            max_size=POOL_SIZE,
            kwargs={"row_factory": dict_row, "application_name": f"faststream {name}"},
            open=False,
        ),
        queries=load_queries(Path(__file__).with_name("sql") / f"{name}.sql"),
        sealer=Sealer(settings.message_key),
    )
