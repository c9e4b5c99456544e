"""Divides the queues of a worker's entrypoints among the replicas of its service."""

import time
from collections.abc import Collection, Iterable, Sequence
from typing import Any, Protocol

import psycopg
from psycopg import Connection

from shared.observability.logs import get_logger
from shared.postgres.lasting import LastingConnection
from shared.postgres.link import HOLDERS_LINK
from shared.postgres.shares import Shares

log = get_logger()

CHECK_SECONDS = 5.0
"""The interval between two checks for replicas that hang in the middle of a batch."""


class DividedEntrypoint(Protocol):
    """An entrypoint. assigned: the queues that this worker is to consume. in_use: the queues that it consumes now."""

    method_name: str
    queues: Sequence[str]
    assigned: frozenset[str]

    @property
    def in_use(self) -> Collection[str]: ...


class Division:
    """This worker's part of the queues, held by advisory locks on a database connection of its own.

    The locks only divide the queues: the broker ensures that each queue has one active consumer. So a worker can keep
    its queues while the database is down.
    """

    def __init__(self, database_url: str) -> None:
        self._database_url = database_url
        self._connection: Connection[Any] | None = None
        self._shares: dict[str, Shares] = {}
        self._check_at = 0.0

    def assign(self, entrypoints: Iterable[DividedEntrypoint]) -> None:
        """Set `assigned` of each entrypoint by the replicas that run now; no change if the database is down."""
        try:
            self._assign(list(entrypoints))
        except psycopg.Error as error:
            log.warning("who else takes messages can't be told; going on as before", error=error)
            self.close()

    def close(self) -> None:
        """Release the locks."""
        if self._connection:
            self._connection.close()
        self._connection = None

    def _assign(self, entrypoints: Sequence[DividedEntrypoint]) -> None:
        if self._connection is None:
            self._join(entrypoints)
            if any(entrypoint.in_use for entrypoint in entrypoints):
                return  # replicas that lost their connections at the same time must first join again
        for entrypoint in entrypoints:
            entrypoint.assigned = self._shares[entrypoint.method_name].divide(entrypoint.in_use)
        if entrypoints and time.monotonic() >= self._check_at:
            self._check_at = time.monotonic() + CHECK_SECONDS
            self._shares[entrypoints[0].method_name].end_stalled()

    def _join(self, entrypoints: Sequence[DividedEntrypoint]) -> None:
        connection = LastingConnection.connect(
            self._database_url, autocommit=True, application_name="ketenhuis queues", **HOLDERS_LINK
        )
        self._connection = connection
        self._shares = {
            entrypoint.method_name: Shares(connection, f"queues of {entrypoint.method_name}", entrypoint.queues)
            for entrypoint in entrypoints
        }
