"""The nameko dependency that runs a service's units of work, for commands and for batches of messages."""

import re
import time
from collections.abc import Callable, Collection, Iterator, Mapping
from contextlib import contextmanager, suppress
from typing import Any, Protocol
from uuid import UUID

import psycopg
from nameko.extensions import DependencyProvider
from psycopg import Connection
from psycopg_pool import PoolTimeout

from shared import crash_points
from shared.configuration import ServiceSettings
from shared.crash_points import CrashPoint
from shared.messaging.brake import Braked
from shared.messaging.entrypoint import Batch, BatchConsumer
from shared.messaging.outcomes import CannotWrite, Outcome, outcome_of
from shared.messaging.parked import Parking
from shared.messaging.publishing import Publishing
from shared.messaging.sealing import Sealer
from shared.messaging.storage import MessageStore
from shared.messaging.taking import SEALED, Taker, Tally
from shared.messaging.unit import Transaction
from shared.observability import messaging as metrics
from shared.observability.logs import get_logger
from shared.postgres.pool import open_pool
from shared.postgres.writing import CANNOT_WRITE, has_room, may_write
from shared.schemas import names_in

log = get_logger()

ESCAPED = re.compile(rb"\\u00([0-7][0-9A-Fa-f])")
"""A letter as JSON may spell it: `\\u0065` is an e."""
WATCH_SECONDS = 5.0
"""The interval of the metrics of parked and postponed messages, and of whether the database can write again."""


class Correlated(Protocol):
    """The trigger of a command: an HTTP call, or the tick of a timer."""

    @property
    def correlation_id(self) -> UUID: ...


class Units(DependencyProvider):
    """`with self.units.begin(call) as unit` for a command, `self.units.take(batch)` for messages.

    factory: called once with the settings; returns the class, or function, that makes a unit of work of the keywords
    connection, publishing and correlation_id. publishes: the class of each published message, by short type.
    sealing_fields: a message with one of these fields is about a sealed matter, and is parked apart from all others.
    """

    def __init__(
        self,
        factory: Callable[[Any], Callable[..., Any]],
        publishes: Mapping[str, Any],
        sealing_fields: Collection[str] = (),
    ) -> None:
        super().__init__()
        self._factory = factory
        self.publishes = publishes
        self._sealing_fields = [f'"{name}"'.encode() for name in sealing_fields]

    def setup(self) -> None:
        settings: ServiceSettings = self.container.config["settings"]
        self._sealer = Sealer(settings.message_key)
        self._publishing = Publishing(self.container.service_name, self.publishes, self._sealer)
        self._new_unit = self._factory(settings)
        self._pool = open_pool(settings.database_url)
        self._say_it_can_write(True)
        self._watch_again: dict[str, float] = {}
        for reason in ("braked", "database"):
            metrics.PAUSES.labels(reason)  # so that Prometheus sees the first increment

    def stop(self) -> None:
        self._pool.close()

    def get_dependency(self, worker_ctx: Any) -> "Units":
        return self

    @contextmanager
    def begin(self, call: Correlated) -> Iterator[Any]:
        """The transaction of one command: commits at the end of the block, and rolls back on an error.

        A BrokenRule is raised as the Outcome of `outcome_of`.
        """
        try:
            with self._writing() as connection:
                unit = self._unit(connection, call.correlation_id)
                yield unit
                unit.flush()
                crash_points.passing(CrashPoint.BEFORE_COMMAND_COMMIT)
            crash_points.passing(CrashPoint.AFTER_COMMAND_COMMIT)
        except Outcome:
            raise
        except Exception as error:
            outcome = outcome_of(error)
            if outcome is None:
                raise
            raise outcome from None

    @contextmanager
    def _writing(self) -> Iterator[Connection[Any]]:
        """A transaction. Raises CannotWrite if the database can't write."""
        try:
            with self._pool.connection() as connection, connection.transaction():
                yield connection
        except CANNOT_WRITE:
            self._say_it_can_write(False)
            raise CannotWrite from None

    @contextmanager
    def read(self) -> Iterator[Connection[Any]]:
        """A read-only connection, rolled back at the end of the block."""
        with self._pool.connection() as connection:
            connection.read_only = True
            try:
                yield connection
            finally:
                connection.rollback()
                connection.read_only = None

    @contextmanager
    def lookup(self) -> Iterator[Any]:
        """A read-only transaction: PostgreSQL refuses writes."""
        with self.read() as connection:
            yield Transaction(connection=connection)

    @contextmanager
    def parking(self) -> Iterator[Parking]:
        """The service's parked messages, in a transaction that commits at the end of the block."""
        with self._writing() as connection:
            yield Parking(connection, self._sealer)

    def field_names(self) -> frozenset[str]:
        """The field names of all messages that the service reads."""
        consumers = [entry for entry in self.container.entrypoints if isinstance(entry, BatchConsumer)]
        routes = [route for consumer in consumers for route in consumer.routes.values()]
        return frozenset(name for route in routes for name in names_in(route.schema))

    def is_sealed(self, body: bytes) -> bool:
        """Whether a message is about a sealed matter. By its text, because a parked one may be no valid JSON."""
        text = _plain(body) if self._sealing_fields else b""
        return any(name in text for name in self._sealing_fields)

    def take(self, batch: Batch) -> None:
        """Take a batch in one transaction. If that fails, the batch stays unsettled, and is offered again."""
        began = time.monotonic()
        try:
            tally = self._take(batch)
        except Exception as error:
            if isinstance(error, CANNOT_WRITE):
                self._say_it_can_write(False)
            metrics.PAUSES.labels("braked" if isinstance(error, Braked) else "database").inc()
            log.warning("a batch could not be taken; pausing", error=error)
            return
        batch.settled = True
        batch.moved = any(outcome != "postponed" for _, outcome in tally)
        self._measure(batch, tally, time.monotonic() - began)
        if not batch.deliveries:
            self._watch(batch.queues)

    def _measure(self, batch: Batch, tally: Tally, seconds: float) -> None:
        """Count what was taken. A message on a sealed matter is in no figure, and a batch of nothing else is none."""
        sealed = sum(count for (queue, _), count in tally.items() if queue == SEALED)
        if not sealed or batch.stint.taken > sealed:
            metrics.BATCH_SECONDS.observe(seconds)
            metrics.BATCH_MESSAGES.observe(max(0, batch.stint.taken - sealed))
        for (queue, outcome), count in tally.items():
            if queue != SEALED:
                metrics.CONSUMED.labels(queue, outcome).inc(count)
        for queue, cpu in (batch.stint.cpu - batch.stint.sealed).items():
            metrics.QUEUE_CPU_SECONDS.labels(queue).inc(cpu)
        taken = batch.deliveries[: batch.stint.taken]
        last = {each.queue: each.published_at for each in taken if each.published_at and not self.is_sealed(each.body)}
        for queue, published_at in last.items():
            metrics.QUEUE_WAITING_SECONDS.labels(queue).set(max(0.0, time.time() - published_at))

    def _take(self, batch: Batch) -> Tally:
        taker = Taker(batch.reader, self._sealer, self._unit, self.is_sealed)
        with self._pool.connection() as connection:
            if batch.deliveries:
                return taker.take(connection, batch.deliveries, batch.brake, batch.stint)
            return taker.take_postponed(connection, batch.queues, batch.former)

    def why_not_ready(self) -> str | None:
        """The readiness check of `shared.web.health`. After a failed write, it tries whether there is room again."""
        try:
            with self._pool.connection(timeout=2.0) as connection:
                self._say_it_can_write(may_write(connection) and (self._could_write or has_room(connection)))
        except (psycopg.Error, PoolTimeout):
            return "the database does not answer"
        return None if self._could_write else "the database can't write"

    def _say_it_can_write(self, can_write: bool) -> None:
        self._could_write = can_write
        metrics.DATABASE_CANNOT_WRITE.set(not can_write)

    def _unit(self, connection: Connection[Any], correlation_id: UUID) -> Any:
        return self._new_unit(connection=connection, publishing=self._publishing, correlation_id=correlation_id)

    def _watch(self, queues: list[str]) -> None:
        """Update the metrics of the service's database, every WATCH_SECONDS; database errors are ignored."""
        if time.monotonic() < self._watch_again.get(queues[0], 0.0):
            return
        self._watch_again[queues[0]] = time.monotonic() + WATCH_SECONDS
        if not self._could_write:
            self.why_not_ready()
        with suppress(psycopg.Error), self.read() as connection:
            for counts in MessageStore(connection, self._sealer).set_aside(queues):
                metrics.PARKED.labels(counts.queue).set(counts.parked)
                metrics.POSTPONED.labels(counts.queue).set(counts.postponed)
                metrics.POSTPONED_OLDEST_SECONDS.labels(counts.queue).set(counts.postponed_oldest_seconds)


def _plain(body: bytes) -> bytes:
    """A text with each letter spelled plainly, whether it was escaped, a capital, or in UTF-16 with a NUL beside it."""
    return ESCAPED.sub(lambda escaped: bytes([int(escaped[1], 16)]), body.replace(b"\0", b"")).lower()
