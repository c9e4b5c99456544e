"""Divides the queues of a worker's entrypoints among the replicas of its service."""

import time
from collections.abc import Collection, Iterable, Sequence
from typing import Any, Protocol

import psycopg
from psycopg import Connection

from shared.observability.logs import get_logger
from shared.postgres.link import HOLDERS_LINK
from shared.postgres.shares import Shares

log = get_logger()

CHECK_SECONDS = 5.0
"""How often replicas are looked for that stand still in the middle of a batch."""


class Divided(Protocol):
    """An entrypoint. assigned: those of its queues that are to be this worker's; in_use: those that are."""

    method_name: str
    queues: Sequence[str]
    assigned: frozenset[str]

    @property
    def in_use(self) -> Collection[str]: ...


class Division:
    """This worker's part, held over a connection to the service's database of its own.

    It only divides: that one worker at a time reads a queue is seen to by the broker. So each keeps what it has while
    the database is away.
    """

    def __init__(self, database_url: str) -> None:
        self._database_url = database_url
        self._connection: Connection[Any] | None = None
        self._shares: dict[str, Shares] = {}
        self._check_at = 0.0

    def look(self, entrypoints: Iterable[Divided]) -> None:
        """See who else is there, and assign each entrypoint its queues."""
        try:
            self._assign(list(entrypoints))
        except psycopg.Error as error:
            log.warning("who else takes messages can't be told; going on as before", error=error)
            self.close()

    def close(self) -> None:
        """What was held is free for others."""
        if self._connection:
            self._connection.close()
        self._connection = None

    def _assign(self, entrypoints: Sequence[Divided]) -> None:
        if self._connection is None:
            self._join(entrypoints)
            if any(each.in_use for each in entrypoints):
                return  # others that have lost theirs at the same time are to be counted before anything moves
        for each in entrypoints:
            each.assigned = self._shares[each.method_name].divide(each.in_use)
        if entrypoints and time.monotonic() >= self._check_at:
            self._check_at = time.monotonic() + CHECK_SECONDS
            self._shares[entrypoints[0].method_name].end_stalled()

    def _join(self, entrypoints: Sequence[Divided]) -> None:
        connection = psycopg.connect(
            self._database_url, autocommit=True, application_name="ketenhuis queues", **HOLDERS_LINK
        )
        self._connection = connection
        self._shares = {
            each.method_name: Shares(connection, f"queues of {each.method_name}", each.queues) for each in entrypoints
        }
