"""The relay of a service: `python -m shared.messaging.relay <service>` brings its outbox to the broker.

A plain process on pika's SelectConnection with the database's connection in the same loop. It publishes a round of rows
with pipelined confirms and deletes those whose confirm is in and that were not returned. A round holds one row of a
case, so that the events of a case arrive in order even when one of them has to go out again. What goes to a partner
gets the next number of the partner's stream before it leaves for the first time.

Several relays of a service divide the slices of its outbox; each reads, measures and carries its own.
"""

import signal
import sys
import time
from collections import Counter
from contextlib import closing
from dataclasses import dataclass, field
from typing import Any, NamedTuple
from uuid import UUID

import psycopg
from pika.adapters.select_connection import IOLoop
from pika.channel import Channel
from pika.exceptions import AMQPError, ChannelClosedByBroker, ChannelClosedByClient
from pika.spec import Basic, BasicProperties

from shared import crash_points
from shared.collecting import collect_seldom
from shared.configuration import SettingsError, from_environment
from shared.crash_points import CrashPoint
from shared.messaging.envelope import MEDIA_TYPE, with_sequence
from shared.messaging.gathering import GatheringConnection
from shared.messaging.pace import HOLD_SECONDS, REFUSED_HOLD_SECONDS, Pace
from shared.messaging.publishing import PARTNERS_EXCHANGE
from shared.messaging.relay_settings import RelaySettings
from shared.messaging.sealing import Sealer
from shared.messaging.slices import SLICES, slice_key
from shared.messaging.storage import CommandStore, MessageStore, StreamStore
from shared.observability import messaging as metrics
from shared.observability.health_server import serve_health
from shared.observability.logs import configure_logging, get_logger
from shared.postgres.link import HOLDERS_LINK
from shared.postgres.shares import Shares

log = get_logger()

BY_INDEX = "SET enable_seqscan = off; SET enable_bitmapscan = off; SET enable_sort = off"
"""An outbox is empty now and full a moment later: how it is read must not hang on when that was planned."""
ROUND_SIZE = 500
LOOK_AGAIN_SECONDS = 0.5
"""How often an idle relay looks by itself; a commit rings at once."""
MEASURE_SECONDS = 5.0
PURGE_SECONDS, PURGE_BITE = 10.0, 500
"""How often, and how many at a time, is forgotten what no partner, and no caller, can ask for any more."""
RECONNECT_SECONDS = 1.0
LEAVE_SECONDS = 5.0
"""How long a stopped relay waits for confirms: a broker in need gives none."""


class Sent(NamedTuple):
    """A row that is under way. sequence: its number, if it goes to a partner."""

    position: int
    message_id: str
    case: UUID
    exchange: str
    sequence: int | None


@dataclass
class Round:
    """The rows that are under way, by delivery tag, and the slices that they may be of."""

    slices: frozenset[int] = frozenset()
    rows: dict[int, Sent] = field(default_factory=dict)
    waiting: set[int] = field(default_factory=set)
    returned: set[str] = field(default_factory=set)
    failed: set[int] = field(default_factory=set)


class Relay:
    """Carries one outbox over one connection to the broker, until it is stopped or a connection is lost."""

    def __init__(self, settings: RelaySettings, service: str, pace: Pace) -> None:
        self._service = service
        self._pace = pace
        self._parameters = settings.broker_parameters()  # first: they may not be readable
        self._database = psycopg.connect(
            settings.database_url, autocommit=True, application_name=f"{service} relay", **HOLDERS_LINK
        )
        self._database.execute(BY_INDEX)
        self._database.add_notify_handler(self._on_notified)
        sealer = Sealer(settings.message_key)
        self._messages = MessageStore(self._database, sealer)
        self._streams = StreamStore(self._database)
        self._commands = CommandStore(self._database, sealer)
        self._stream_days, self._command_days = settings.stream_days, settings.command_days
        self._shares: Shares | None = None
        self._slices: frozenset[int] = frozenset()
        self._round = Round()
        self._published = 0
        self._rung = False
        self._measure_at = self._purge_at = 0.0
        self._listening_to: int | None = None
        self._stopping = False
        self._ended = False
        self._failure: Exception | None = None
        self.ready = False

    def run(self) -> None:
        """Raises AMQPError or psycopg.Error when a connection is lost; the round in hand goes out again later.

        The database's connection is closed whatever happens: it holds the lock that the next relay waits for.
        """
        with closing(self._database):
            self._carry()
        if self._failure:
            raise self._failure

    def _carry(self) -> None:
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
            self._hang_up()

    def stop(self) -> None:
        """Finish the round in hand and leave, within LOOK_AGAIN_SECONDS. Safe to call from a signal handler."""
        self._stopping = True

    def _on_channel(self, channel: Channel) -> None:
        self._channel = channel
        channel.add_on_return_callback(self._on_returned)
        channel.add_on_close_callback(self._on_channel_closed)
        channel.confirm_delivery(self._on_confirm, callback=lambda _: self._guarded(self._begin))

    def _on_channel_closed(self, _: Channel, reason: Exception) -> None:
        """The broker refuses a row. Taken one by one, the culprit is known and held back alone."""
        if isinstance(reason, ChannelClosedByBroker):
            if self._pace.careful:
                for sent in self._round.rows.values():
                    log.error("the broker refuses an event", exchange=sent.exchange, case_id=sent.case)
                    self._pace.hold(sent.case, REFUSED_HOLD_SECONDS)
            self._pace.careful = True
        if not isinstance(reason, ChannelClosedByClient):
            self._end(reason)

    def _begin(self) -> None:
        self._database.execute("LISTEN outbox")
        self._listening_to = self._database.fileno()
        self._loop.add_handler(self._listening_to, lambda *_: self._guarded(self._on_ring), IOLoop.READ)
        self._look()

    def _look(self) -> None:
        """Look now and then for what a ring did not tell, and measure."""
        if self._stopping:
            self._leave_if_idle()
            self._loop.call_later(LEAVE_SECONDS, self._loop.stop)
            return
        self._loop.call_later(LOOK_AGAIN_SECONDS, lambda: self._guarded(self._look))
        self.ready = self.ready or self._messages.join_relays()
        if self.ready:
            self._divide()
            self._next_round()
            self._measure()
            self._purge()

    def _divide(self) -> None:
        """A slice that is another's from now on is let go once no round is under way that may hold rows of it."""
        self._shares = self._shares or Shares(self._database, "slices of the outbox", [str(each) for each in SLICES])
        in_use = self._round.slices if self._round.waiting else ()
        self._slices = frozenset(int(each) for each in self._shares.divide([str(each) for each in in_use]))

    def _measure(self) -> None:
        if time.monotonic() >= self._measure_at:
            self._measure_at = time.monotonic() + MEASURE_SECONDS
            waiting, oldest_seconds = self._messages.outbox_waiting(self._slices)
            metrics.OUTBOX_WAITING.set(waiting)
            metrics.OUTBOX_OLDEST_SECONDS.set(oldest_seconds)

    def _purge(self) -> None:
        """Whoever has the first slice does it for all."""
        if SLICES[0] in self._slices and time.monotonic() >= self._purge_at:
            self._purge_at = time.monotonic() + PURGE_SECONDS
            self._streams.purge(days=self._stream_days, limit=PURGE_BITE)
            self._commands.purge(days=self._command_days, limit=PURGE_BITE)

    def _on_notified(self, _: psycopg.Notify) -> None:
        """A commit rang while a query ran; what it committed may have come too late for that query."""
        self._rung = True

    def _on_ring(self) -> None:
        self._database.pgconn.consume_input()
        while self._database.pgconn.notifies():
            pass
        if self.ready:
            self._next_round()

    def _next_round(self) -> None:
        if self._round.waiting or self._stopping or self._ended:
            return
        self._round, self._rung = Round(self._slices), False
        size = 1 if self._pace.careful else ROUND_SIZE
        found = self._messages.outbox_head(self._slices, size, self._pace.held_now())
        rows = [row for row in found if self._can_be_opened(row)]
        if rows:
            self._send(rows)
        if not found:
            self._pace.careful = False
        if not rows and (found or self._rung):
            self._loop.call_later(0, lambda: self._guarded(self._next_round))

    def _can_be_opened(self, row: dict[str, Any]) -> bool:
        """One that can't holds back its case."""
        if row["body"] is None:
            position, case = row["position"], row["ordering_key"]
            log.error("an event was sealed with another key", position=position, case_id=case)
            self._pace.hold(case, REFUSED_HOLD_SECONDS)
            return False
        return True

    def _number(self, rows: list[dict[str, Any]]) -> None:
        """Committed before the round leaves: a row that goes out again, whoever sends it, has its number already."""
        new = {row["position"]: row for row in rows if row["exchange"] == PARTNERS_EXCHANGE and row["sequence"] is None}
        if new:
            streams = {position: row["routing_key"] for position, row in new.items()}
            for position, sequence in self._streams.number(streams).items():
                new[position]["sequence"] = sequence

    def _send(self, rows: list[dict[str, Any]]) -> None:
        self._number(rows)
        crash_points.passing(CrashPoint.BEFORE_PUBLISH)
        with self._connection.gathering():
            for row in rows:
                self._publish(row)
        crash_points.passing(CrashPoint.AFTER_PUBLISH)

    def _publish(self, row: dict[str, Any]) -> None:
        self._published += 1
        sent = Sent(row["position"], row["message_id"], row["ordering_key"], row["exchange"], row["sequence"])
        self._round.rows[self._published] = sent
        self._round.waiting.add(self._published)
        properties = BasicProperties(
            content_type=MEDIA_TYPE,
            delivery_mode=2,
            message_id=row["message_id"],
            correlation_id=row["correlation_id"],
            timestamp=row["created_at"],
            app_id=self._service,
            headers=_way(row),
        )
        body = with_sequence(row["body"], row["sequence"]) if row["sequence"] else row["body"]
        self._channel.basic_publish(row["exchange"], row["routing_key"], body, properties, mandatory=True)

    def _on_returned(self, _: Channel, method: Basic.Return, properties: BasicProperties, body: bytes) -> None:
        """Nobody wants it: the topology lacks a binding. Its confirm follows all the same."""
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
            self._round.failed |= tags
        self._round.waiting -= tags
        crash_points.passing(CrashPoint.AFTER_CONFIRM)
        if not self._round.waiting:
            self._guarded(self._end_round)

    def _end_round(self) -> None:
        this, self._round = self._round, Round()
        confirmed = []
        for tag, sent in this.rows.items():
            if tag in this.failed or sent.message_id in this.returned:
                metrics.PUBLISHED_RETRIES.inc()
                self._pace.hold(sent.case, HOLD_SECONDS)
            else:
                self._pace.went_through(sent.case)
                confirmed.append(sent)
        for exchange, count in Counter(sent.exchange for sent in confirmed).items():
            metrics.PUBLISHED.labels(exchange).inc(count)
        crash_points.passing(CrashPoint.BEFORE_DELETE)
        numbered = any(sent.sequence for sent in confirmed)
        delete = self._streams.move_from_outbox if numbered else self._messages.delete_from_outbox
        delete([sent.position for sent in confirmed])
        crash_points.passing(CrashPoint.AFTER_DELETE)
        if this.failed and self._pace.refused():
            self._end(AMQPError("the broker goes on refusing events"))
        self._leave_if_idle() if self._stopping else self._next_round()

    def _leave_if_idle(self) -> None:
        if not self._round.waiting and not self._connection.is_closing and not self._connection.is_closed:
            self._connection.close()

    def _guarded(self, step: Any) -> None:
        """A lost database ends the run as a lost broker does. After the end, timers and confirms do nothing."""
        try:
            if not self._ended:
                step()
        except psycopg.Error as error:
            self._end(error)

    def _end(self, failure: Exception | None) -> None:
        self._ended, self._failure = True, self._failure or failure
        self._loop.stop()

    def _hang_up(self) -> None:
        """Close the connection to the broker, whatever ended the run; if it doesn't answer, the process drops it."""
        with closing(self._loop):
            if self._listening_to is not None:
                self._loop.remove_handler(self._listening_to)
            if self._connection.is_open:
                self._connection.close()
            if not self._connection.is_closed:
                self._loop.call_later(1.0, self._loop.stop)
                self._loop.start()


def _way(row: dict[str, Any]) -> dict[str, Any] | None:
    """The header that brings an event to its case's queue, if its reader has several."""
    return None if row["exchange"] == PARTNERS_EXCHANGE else {"CC": [slice_key(row["slice"])]}


def _as_exception(error: Any) -> Exception:
    return error if isinstance(error, Exception) else AMQPError(str(error))


def keep_running(settings: RelaySettings, service: str) -> None:
    """Run relays one after another until SIGTERM or SIGINT: a lost connection costs a pause."""
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
    serve_health(settings.relay_http_address, lambda: any(relay.ready for relay in current))
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
    collect_seldom()
    keep_running(configured, sys.argv[1])
