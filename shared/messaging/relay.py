"""The relay of a service: `python -m shared.messaging.relay <service>` publishes the events of the outbox.

A plain process on pika's SelectConnection; the database connection is in the same event loop. The relay publishes a
round of rows with pipelined confirms, and deletes the rows that were confirmed and not returned. A round holds at most
one row per case, so the events of a case arrive in order even if one must be published again. An event for a partner
gets the next number of the partner's stream before it is published for the first time.

Several relays of a service divide the slices of its outbox.
"""

import signal
import sys
import time
from collections import Counter
from contextlib import closing
from typing import Any

import psycopg
from pika.adapters.select_connection import IOLoop
from pika.channel import Channel
from pika.exceptions import AMQPError, ChannelClosedByBroker, ChannelClosedByClient
from pika.spec import Basic, BasicProperties
from psycopg.errors import DiskFull

from shared import crash_points
from shared.certificates import tell_when_certificates_end
from shared.collecting import collect_seldom
from shared.configuration import SettingsError, from_environment
from shared.crash_points import CrashPoint
from shared.messaging.envelope import MEDIA_TYPE, with_sequence
from shared.messaging.gathering import GatheringConnection
from shared.messaging.pace import HOLD_SECONDS, REFUSED_HOLD_SECONDS, Pace
from shared.messaging.publishing import PARTNERS_EXCHANGE
from shared.messaging.relay_settings import RelaySettings
from shared.messaging.retention import Retention
from shared.messaging.round import Round
from shared.messaging.sealing import Sealer
from shared.messaging.slices import SLICES, slice_key
from shared.messaging.storage import MessageStore, OutboxRow, StreamStore
from shared.observability import messaging as metrics
from shared.observability.health_server import serve_health
from shared.observability.logs import configure_logging, get_logger
from shared.postgres.lasting import LastingConnection
from shared.postgres.link import HOLDERS_LINK
from shared.postgres.shares import Shares
from shared.postgres.writing import CANNOT_WRITE, can_write

log = get_logger()

BY_INDEX = "SET enable_seqscan = off; SET enable_bitmapscan = off; SET enable_sort = off"
"""The outbox is empty now and full a moment later: a plan for an empty outbox would be slow on a full one."""
ROUND_SIZE = 500
LOOK_AGAIN_SECONDS = 0.5
"""The polling interval of an idle relay. Commits notify the relay at once."""
MEASURE_SECONDS = 5.0
PURGE_SECONDS = 10.0
"""The interval of the steps of `Retention`."""
RECONNECT_SECONDS = 1.0
LEAVE_SECONDS = 5.0
"""The time that a stopped relay waits for confirms: an overloaded broker sends none."""


class Relay:
    """Publishes the outbox over one connection to the broker, until it is stopped or a connection is lost."""

    def __init__(self, settings: RelaySettings, service: str, pace: Pace) -> None:
        self._service = service
        self._pace = pace
        self._parameters = settings.broker_parameters()  # first, because unreadable TLS files raise here
        self._database = LastingConnection.connect(
            settings.database_url, autocommit=True, application_name=f"{service} relay", **HOLDERS_LINK
        )
        self._database.execute(BY_INDEX)
        self._database.add_notify_handler(self._on_notified)
        sealer = Sealer(settings.message_key)
        self._messages = MessageStore(self._database, sealer)
        self._streams = StreamStore(self._database)
        self._retention = Retention(self._database, sealer, settings)
        self._shares: Shares | None = None
        self._slices: frozenset[int] = frozenset()
        self._round = Round()
        self._published = 0
        self._notified_in_round = False
        self._measure_at = self._purge_at = 0.0
        self._listening_to: int | None = None
        self._stopping = False
        self._ended = False
        self._failure: Exception | None = None
        self.ready = False

    def run(self) -> None:
        """Raises AMQPError or psycopg.Error when a connection is lost; unconfirmed rows are published again later.

        Publishes nothing while the database can't write: what goes out then goes out again and again.
        Always closes the database connection, which holds the locks of this relay's slices.
        """
        with closing(self._database):
            if can_write(self._database):
                self._run_loop()
            else:
                self._failure = DiskFull()
        if self._failure:
            raise self._failure

    def _run_loop(self) -> None:
        self._connection = GatheringConnection(
            self._parameters,
            on_open_callback=lambda connection: connection.channel(on_open_callback=self._on_channel),
            on_open_error_callback=lambda _, error: self._end(_as_exception(error)),
            on_close_callback=lambda _, error: self._end(None if self._stopping else _as_exception(error)),
        )
        self._loop: Any = self._connection.ioloop
        try:
            self._loop.start()
        finally:
            self._ended, self.ready = True, False
            self._close_connection()

    def why_not_ready(self) -> str | None:
        """The problem; None if events can leave."""
        if isinstance(self._failure, CANNOT_WRITE):
            return "the database can't write"
        if not self.ready:
            return "is not connected to the broker and the database"
        return self._connection.blocked and f"the broker takes nothing: {self._connection.blocked}"

    def stop(self) -> None:
        """Finish the current round and stop, within LOOK_AGAIN_SECONDS. Safe to call from a signal handler."""
        self._stopping = True

    def _on_channel(self, channel: Channel) -> None:
        self._channel = channel
        channel.add_on_return_callback(self._on_returned)
        channel.add_on_close_callback(self._on_channel_closed)
        channel.confirm_delivery(self._on_confirm, callback=lambda _: self._guarded(self._begin))

    def _on_channel_closed(self, _: Channel, reason: Exception) -> None:
        """The broker closed the channel for a row. Only with one row per round is it known for which row."""
        if isinstance(reason, ChannelClosedByBroker):
            if self._pace.one_by_one:
                for row in self._round.rows.values():
                    log.error("the broker refuses an event", exchange=row.exchange, case_id=row.ordering_key)
                    self._pace.hold(row.ordering_key, REFUSED_HOLD_SECONDS)
            self._pace.one_by_one = True
        if not isinstance(reason, ChannelClosedByClient):
            self._end(reason)

    def _begin(self) -> None:
        self._database.execute("LISTEN outbox")
        self._listening_to = self._database.fileno()
        self._loop.add_handler(self._listening_to, lambda *_: self._guarded(self._on_readable), IOLoop.READ)
        self._poll()

    def _poll(self) -> None:
        """The periodic step: rows without a notification, metrics, purges."""
        if self._stopping:
            self._leave_if_idle()
            self._loop.call_later(LEAVE_SECONDS, self._loop.stop)
            return
        self._loop.call_later(LOOK_AGAIN_SECONDS, lambda: self._guarded(self._poll))
        self.ready = self.ready or self._messages.join_relays()
        if self.ready:
            self._divide()
            self._next_round()
            self._measure()
            self._purge()

    def _divide(self) -> None:
        """Update this relay's slices. A slice is given up only when the current round has no rows of it."""
        self._shares = self._shares or Shares(self._database, "slices of the outbox", [str(slice) for slice in SLICES])
        in_use = self._round.slices if self._round.waiting else ()
        self._slices = frozenset(int(slice) for slice in self._shares.divide([str(slice) for slice in in_use]))

    def _measure(self) -> None:
        if time.monotonic() >= self._measure_at:
            self._measure_at = time.monotonic() + MEASURE_SECONDS
            waiting, oldest_seconds = self._messages.outbox_waiting(self._slices)
            metrics.OUTBOX_WAITING.set(waiting)
            metrics.OUTBOX_OLDEST_SECONDS.set(oldest_seconds)

    def _purge(self) -> None:
        """The relay with the first slice purges for all relays."""
        if SLICES[0] in self._slices and time.monotonic() >= self._purge_at:
            self._purge_at = time.monotonic() + PURGE_SECONDS
            self._retention.step()

    def _on_notified(self, _: psycopg.Notify) -> None:
        """A commit notified during a query: its rows may be missing in the query's result."""
        self._notified_in_round = True

    def _on_readable(self) -> None:
        self._database.pgconn.consume_input()
        while self._database.pgconn.notifies():
            pass
        if self.ready:
            self._next_round()

    def _next_round(self) -> None:
        if self._round.waiting or self._stopping or self._ended:
            return
        self._round, self._notified_in_round = Round(self._slices), False
        size = 1 if self._pace.one_by_one else ROUND_SIZE
        head = self._messages.outbox_head(self._slices, size, self._pace.held_cases())
        rows = [row for row in head if self._is_opened(row)]
        if rows:
            self._send(rows)
        if not head:
            self._pace.one_by_one = False
        if not rows and (head or self._notified_in_round):
            self._loop.call_later(0, lambda: self._guarded(self._next_round))

    def _is_opened(self, row: OutboxRow) -> bool:
        """Whether the body could be opened; if not, the row's case is held back."""
        if row.body is None:
            log.error("an event was sealed with another key", position=row.position, case_id=row.ordering_key)
            self._pace.hold(row.ordering_key, REFUSED_HOLD_SECONDS)
            return False
        return True

    def _numbered(self, rows: list[OutboxRow]) -> list[OutboxRow]:
        """The rows with sequence numbers. New numbers are committed before the rows are published: a row that is
        published again, by any relay, keeps its number."""
        new = [row for row in rows if row.exchange == PARTNERS_EXCHANGE and row.sequence is None]
        if not new:
            return rows
        numbers = self._streams.number({row.position: row.routing_key for row in new})
        return [row._replace(sequence=numbers.get(row.position, row.sequence)) for row in rows]

    def _send(self, rows: list[OutboxRow]) -> None:
        rows = self._numbered(rows)
        crash_points.passing(CrashPoint.BEFORE_PUBLISH)
        with self._connection.gathering():
            for row in rows:
                self._publish(row)
        crash_points.passing(CrashPoint.AFTER_PUBLISH)

    def _publish(self, row: OutboxRow) -> None:
        assert row.body is not None
        self._published += 1
        self._round.rows[self._published] = row
        self._round.waiting.add(self._published)
        body = with_sequence(row.body, row.sequence) if row.sequence else row.body
        properties = _properties(row, self._service)
        self._channel.basic_publish(row.exchange, row.routing_key, body, properties, mandatory=True)

    def _on_returned(self, _: Channel, method: Basic.Return, properties: BasicProperties, body: bytes) -> None:
        """No queue is bound for the event: the topology lacks a binding. The event's confirm follows nevertheless."""
        metrics.PUBLISHED_RETURNED.inc()
        log.error("an event was returned: no queue is bound", exchange=method.exchange, event_type=method.routing_key)
        self._round.returned.add(properties.message_id)

    def _on_confirm(self, frame: Any) -> None:
        crash_points.passing(CrashPoint.BEFORE_CONFIRM)
        method = frame.method
        tags = (
            {tag for tag in self._round.waiting if tag <= method.delivery_tag}
            if method.multiple
            else {method.delivery_tag}
        )
        if isinstance(method, Basic.Nack):
            self._round.nacked |= tags
        self._round.waiting -= tags
        crash_points.passing(CrashPoint.AFTER_CONFIRM)
        if not self._round.waiting:
            self._guarded(self._end_round)

    def _end_round(self) -> None:
        finished, self._round = self._round, Round()
        confirmed = []
        for tag, row in finished.rows.items():
            if tag in finished.nacked or row.message_id in finished.returned:
                metrics.PUBLISHED_RETRIES.inc(not row.sealed)
                self._pace.hold(row.ordering_key, HOLD_SECONDS)
            else:
                self._pace.release(row.ordering_key)
                confirmed.append(row)
        self._delete(confirmed)
        if finished.nacked and self._pace.nacked():
            self._end(AMQPError("the broker goes on refusing events"))
        self._leave_if_idle() if self._stopping else self._next_round()

    def _delete(self, confirmed: list[OutboxRow]) -> None:
        for exchange, count in Counter(row.exchange for row in confirmed if not row.sealed).items():
            metrics.PUBLISHED.labels(exchange).inc(count)
        crash_points.passing(CrashPoint.BEFORE_DELETE)
        numbered = any(row.sequence for row in confirmed)
        delete = self._streams.move_from_outbox if numbered else self._messages.delete_from_outbox
        delete([row.position for row in confirmed])
        crash_points.passing(CrashPoint.AFTER_DELETE)

    def _leave_if_idle(self) -> None:
        if not self._round.waiting and not self._connection.is_closing and not self._connection.is_closed:
            self._connection.close()

    def _guarded(self, step: Any) -> None:
        """Run a step of the event loop. A database error ends the run; after the end, no step runs."""
        try:
            if not self._ended:
                step()
        except psycopg.Error as error:
            self._end(error)

    def _end(self, failure: Exception | None) -> None:
        self._ended, self._failure = True, self._failure or failure
        self._loop.stop()

    def _close_connection(self) -> None:
        """Close the connection to the broker; drop it if the broker does not answer within a second."""
        with closing(self._loop):
            if self._listening_to is not None:
                self._loop.remove_handler(self._listening_to)
            if self._connection.is_open:
                self._connection.close()
            if not self._connection.is_closed:
                self._loop.call_later(1.0, self._loop.stop)
                self._loop.start()


def _properties(row: OutboxRow, service: str) -> BasicProperties:
    """The AMQP properties. The header `CC` adds a routing key: it brings an event to the queue of its slice."""
    return BasicProperties(
        content_type=MEDIA_TYPE,
        delivery_mode=2,
        message_id=row.message_id,
        correlation_id=row.correlation_id,
        timestamp=row.created_at,
        app_id=service,
        headers=None if row.exchange == PARTNERS_EXCHANGE else {"CC": [slice_key(row.slice)]},
    )


def _as_exception(error: Any) -> Exception:
    return error if isinstance(error, Exception) else AMQPError(str(error))


def keep_running(settings: RelaySettings, service: str) -> None:
    """Run a relay until SIGTERM or SIGINT. After a lost connection, run a new one after RECONNECT_SECONDS."""
    current: list[Relay] = []
    pace = Pace()
    stopped = False

    def stop(*_: Any) -> None:
        nonlocal stopped
        stopped = True
        for relay in current:
            relay.stop()

    signal.signal(signal.SIGTERM, stop)
    signal.signal(signal.SIGINT, stop)
    serve_health(settings.relay_http_address, lambda: next((each.why_not_ready() for each in current), "is connecting"))
    while not stopped:
        try:
            current[:] = [Relay(settings, service, pace)]
            current[0].run()
        except (AMQPError, psycopg.Error, OSError) as error:
            log.warning("the relay lost a connection", error=error)
            time.sleep(RECONNECT_SECONDS)
        finally:
            current.clear()


if __name__ == "__main__":
    if len(sys.argv) != 2:
        sys.exit("usage: python -m shared.messaging.relay <service>")
    try:
        configured = from_environment(RelaySettings)
    except SettingsError as error:
        sys.exit(str(error))
    configure_logging(f"{sys.argv[1]}-relay", configured.log_level)
    tell_when_certificates_end(configured)
    collect_seldom()
    keep_running(configured, sys.argv[1])
