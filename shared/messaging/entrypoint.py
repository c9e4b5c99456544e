"""A nameko entrypoint that takes raw messages in batches: gathered by size or linger time, acked after the commit.

nameko's own consumer acks what it cannot decode and loses or loops on errors; here a message leaves the broker only
after the transaction that holds its effect, or the reason why it was set aside, has committed.
"""

import inspect
import time
from collections import deque
from collections.abc import Callable, Iterator, Sequence
from contextlib import closing, suppress
from dataclasses import dataclass
from functools import partial
from typing import Any, NamedTuple

import eventlet
from amqp.exceptions import AMQPError
from amqp.serialization import PROPERTY_CLASSES, decode_properties_basic
from amqp.spec import Basic
from eventlet.event import Event as Signal
from greenlet import GreenletExit
from nameko.extensions import ENTRYPOINT_EXTENSIONS_ATTR, Entrypoint, ProviderCollector
from nameko.messaging import QueueConsumer

from shared import crash_points
from shared.crash_points import CrashPoint
from shared.messaging.brake import Brake
from shared.messaging.division import Division
from shared.messaging.event import Delivery
from shared.messaging.reader import Reader, Routes
from shared.messaging.slices import EventQueues
from shared.observability import messaging as metrics
from shared.observability.logs import get_logger

log = get_logger()

BATCH_SIZE = 200
READ_BYTES = 16 * 1024
LINGER_SECONDS = 0.02
LOOK_AGAIN_SECONDS = 1.0
"""How often messages that were postponed are looked at."""
NOTICE_SECONDS = 0.2
"""How soon a worker to which no message comes notices that it is to stop, or to read other queues."""
FIRST_PAUSE_SECONDS, LONGEST_PAUSE_SECONDS = 0.2, 10.0
AWAY_SECONDS = 5.0
"""After so long without the broker a worker leaves its queues to its replicas."""


@dataclass
class Batch:
    """What one call of the service's method takes. Without deliveries: the time to look at postponed messages.

    settled: set once the batch is committed; until then it is offered again. moved: something came to its end in it.
    former: names from before the number of shards changed, under which messages may be set aside.
    """

    reader: Reader
    queues: list[str]
    deliveries: list[Delivery]
    brake: Brake
    former: Sequence[str] = ()
    settled: bool = False
    moved: bool = False


def _decoded(properties: bytes, offset: int) -> tuple[dict[str, Any], int]:
    """A sender chooses its message's properties. Those that can't be decoded would end the connection and, as the
    message comes again, the next one too; they count as none, so that the message is read and judged without them."""
    try:
        return decode_properties_basic(properties, offset)  # type: ignore[no-any-return]
    except Exception:
        return {}, offset


PROPERTY_CLASSES[Basic.CLASS_ID] = _decoded


def _read_ahead(transport: Any) -> None:
    """py-amqp asks the socket for each piece of a frame, nine times a message; it keeps what it got beyond that."""
    receive = transport._quick_recv
    transport._quick_recv = lambda size: receive(max(size, READ_BYTES))


class RawConsumer:
    """Consumes one queue without looking into its messages: kombu would unpack, decode and ack by their headers."""

    def __init__(self, channel: Any, queue: str, receive: Callable[["Arrival"], None]) -> None:
        self._channel = channel
        self._queue = queue
        self._receive = receive

    def __enter__(self) -> "RawConsumer":
        self._channel.auto_decode = False
        self._channel.basic_qos(0, 2 * BATCH_SIZE, False)
        self._channel.basic_consume(self._queue, consumer_tag=self._queue, callback=self._on_message)
        return self

    def __exit__(self, *error: object) -> None:
        """Nothing to undo: the channel is closed next."""

    def _on_message(self, message: Any) -> None:
        properties = message.properties
        body = message.body
        delivery = Delivery(
            queue=self._queue,
            body=body if isinstance(body, bytes) else str(body).encode(),
            user_id=properties.get("user_id"),
            published_at=properties.get("timestamp"),
        )
        self._receive(Arrival(delivery, self._channel, message.delivery_tag))


class Arrival(NamedTuple):
    """A delivery and how to ack it."""

    delivery: Delivery
    channel: Any
    tag: int

    def ack(self) -> None:
        """It and all before it: a channel serves one entrypoint. Raises OSError when the connection is gone."""
        self.channel.basic_ack(self.tag, multiple=True)

    @property
    def withdrawn(self) -> bool:
        """The channel is closed: the broker will deliver this message again over another."""
        return not self.channel.is_open


class QueuesChanged(Exception):
    """Some of a worker's queues are another's now."""


class BatchQueueConsumer(QueueConsumer):
    """One connection of a process for all its batch entrypoints; declares nothing, the deployment has done that.

    It reads those queues that are this worker's. A queue more is read over the same connection; to give one up, the
    connection is closed, once nothing is in hand, and made again: what was fetched goes back to its place in the queue.
    """

    _channel: Any = None
    _changed = _leaving = False
    _looker: Any = None

    def run(self, **options: Any) -> None:
        self._division = Division(self.container.config["settings"].database_url)
        self._look()
        self._looker = self.container.spawn_managed_thread(self._keep_looking, identifier="division of queues")
        while True:
            try:
                super().run(safety_interval=NOTICE_SECONDS, **options)
            except QueuesChanged:
                log.info("some queues are read by another from now on")
            else:
                return

    def _keep_looking(self) -> None:
        connected_at = time.monotonic()
        with closing(self._division):
            while True:
                eventlet.sleep(LOOK_AGAIN_SECONDS)
                if not self.why_not_ready():
                    connected_at = time.monotonic()
                if time.monotonic() - connected_at < AWAY_SECONDS:
                    self._look()
                else:
                    self._division.close()

    def _look(self) -> None:
        self._division.look(self._providers)
        self._changed = any(provider.in_use != provider.assigned for provider in self._providers)

    def get_consumers(self, consumer_cls: Any, channel: Any) -> list[RawConsumer]:
        self._leaving = False
        self._cancel_consumers_if_requested()  # who wants to leave need not wait for a queue that is gone
        _read_ahead(channel.connection.transport)
        channels = [channel.connection.channel() for _ in self._providers.copy()]  # meanwhile one may leave
        self._channels = dict(zip(self._providers, channels, strict=False))
        self._consumers = {provider: RawConsumers() for provider in self._channels}
        for provider in self._consumers:
            provider.forget()
        return self._new_consumers()

    def on_consume_ready(self, connection: Any, channel: Any, consumers: Any, **options: Any) -> None:
        self._channel = channel
        super().on_consume_ready(connection, channel, consumers, **options)

    def on_iteration(self) -> None:
        """After each message, so most often there is nothing to do."""
        super().on_iteration()
        if self._changed or self._leaving:
            self._change()

    def _change(self) -> None:
        self._leaving = self._leaving or any(provider.in_use - provider.assigned for provider in self._consumers)
        if not self._leaving:
            for consumer in self._new_consumers():
                consumer.__enter__()
            return
        in_hand = [provider.leave() for provider in self._consumers]
        if not any(in_hand):
            raise QueuesChanged

    def _new_consumers(self) -> list[RawConsumer]:
        """For the queues that are to be read over this connection and are not yet."""
        self._changed = False
        consumers = []
        for provider in self._consumers:
            queues = sorted(provider.assigned - provider.in_use)
            provider.in_use |= provider.assigned
            consumers += [RawConsumer(self._channels[provider], queue, provider.receive) for queue in queues]
        metrics.QUEUES.set(sum(len(provider.in_use) for provider in self._consumers))
        return consumers

    def unregister_provider(self, provider: Any) -> None:
        """Without a connection, or while it is being made, nobody comes by who would take its consumers away."""
        if self.why_not_ready() or not self._consumers_ready.ready() or provider not in self._consumers:
            ProviderCollector.unregister_provider(self, provider)
        else:
            super().unregister_provider(provider)

    def stop(self) -> None:
        """Leave, also while the broker is away."""
        if self._consumers_ready.ready() and self.why_not_ready():
            self._gt.kill()
        with suppress(GreenletExit):
            super().stop()
        if self._looker:
            self._looker.kill()

    def why_not_ready(self) -> str | None:
        """For the readiness check."""
        return None if self._channel is not None and self._channel.is_open else "is not connected to the broker"


class RawConsumers(list[RawConsumer]):
    """The consumers of one provider."""

    def cancel(self) -> None:
        """Not at the broker, which would give the queue to who stands by while messages are still with us: those would
        come after newer ones. It gets the queue, and them in their place, when the connection is closed."""


def reader_of_events(routes: Routes, settings: Any) -> Reader:
    """Of what other services publish."""
    return Reader(routes)


class BatchConsumer(Entrypoint):
    """Gives the batches of some queues to the service's method, one at a time and in order.

    queues: called with the service's settings, gives the names. routes: what is done with their messages. reader: what
    reads them, made of the routes and the settings when the service starts.
    """

    queue_consumer = BatchQueueConsumer()

    def __init__(
        self,
        queues: Callable[[Any], list[str]],
        routes: Routes,
        reader: Callable[[Routes, Any], Reader] = reader_of_events,
        **options: Any,
    ) -> None:
        super().__init__(**options)
        self._queues_of = queues
        self.routes = routes
        self._reader_of = reader
        self._arrived: deque[Arrival] = deque()
        self._arrival: Signal = Signal()
        self._brake = Brake()
        self._in_hand = self._leaving = self._stopping = False
        self._former_queues: list[str] = []
        self.assigned: frozenset[str] = frozenset()
        self.in_use: frozenset[str] = frozenset()

    def setup(self) -> None:
        names, settings = self._queues_of, self.container.config["settings"]
        self.queues = names(settings)
        self.reader = self._reader_of(self.routes, settings)
        self._former_queues = names.others(self.queues) if isinstance(names, EventQueues) else []
        self.queue_consumer.register_provider(self)

    def start(self) -> None:
        self._loop = self.container.spawn_managed_thread(self._run, identifier=f"batches of {self.method_name}")

    def stop(self) -> None:
        """Finish the batch in hand, ack it and leave; what was fetched beyond it goes back to the queue."""
        self._stopping = True
        self._wake()
        self._loop.wait()
        self.queue_consumer.unregister_provider(self)

    def receive(self, arrival: Arrival) -> None:
        """Called on the connection's greenlet for each raw message."""
        if not self._leaving:
            self._arrived.append(arrival)
            self._wake()

    def leave(self) -> bool:
        """Begin nothing more with what comes over this connection. Returns whether a batch is in hand."""
        self._leaving = True
        self._arrived.clear()
        return self._in_hand

    def forget(self) -> None:
        """A new connection: the broker delivers again what was fetched and not acked over the old one."""
        self._leaving = False
        self._arrived.clear()
        for queue in self.in_use - self.assigned:
            metrics.forget_queue(queue)
        self.in_use = frozenset()

    def _wake(self) -> None:
        if not self._arrival.ready():
            self._arrival.send()

    def _run(self) -> None:
        looked = 0.0
        while not self._stopping:
            arrivals = self._gather(LOOK_AGAIN_SECONDS)
            self._in_hand = True
            if arrivals:
                self._settle(arrivals)
            if self.in_use and time.monotonic() - looked > LOOK_AGAIN_SECONDS:
                while self._offer([]).moved and not self._stopping and not self._leaving:
                    pass  # what waited behind a message that came to its end may be due now
                looked = time.monotonic()
            self._in_hand = False

    def _gather(self, patience: float) -> list[Arrival]:
        """The next messages in order; empty after `patience` seconds without any."""
        if not self._arrived:
            self._arrival = Signal()
            with eventlet.Timeout(patience, exception=False):
                self._arrival.wait()
        if self._arrived and len(self._arrived) < BATCH_SIZE:
            eventlet.sleep(LINGER_SECONDS)
        while self._arrived and self._arrived[0].withdrawn:
            # it comes again, after what came before it
            self._arrived.popleft()
        return [self._arrived.popleft() for _ in range(min(len(self._arrived), BATCH_SIZE))]

    def _settle(self, arrivals: list[Arrival]) -> None:
        """Offer a batch until it is taken, with growing pauses: while the database is down, one can only wait."""
        pause = FIRST_PAUSE_SECONDS
        deliveries = [arrival.delivery for arrival in arrivals]
        while not self._offer(deliveries).settled:
            if self._stopping or arrivals[0].withdrawn:
                return
            eventlet.sleep(pause)
            pause = min(2 * pause, LONGEST_PAUSE_SECONDS)
        try:
            crash_points.passing(CrashPoint.BEFORE_ACK)
            arrivals[-1].ack()
            crash_points.passing(CrashPoint.AFTER_ACK)
        except (AMQPError, OSError) as error:
            log.info("acks were lost; the inbox will know the messages", error=error)
        _observe_waiting(deliveries)

    def _offer(self, deliveries: list[Delivery]) -> Batch:
        former = self._former_queues if self.in_use.issuperset(self.queues[:1]) else ()
        batch = Batch(self.reader, sorted(self.in_use), deliveries, self._brake, former)
        done: Signal = Signal()
        self.container.spawn_worker(self, (batch,), {}, handle_result=partial(self._finish, done))
        done.wait()
        return batch

    def _finish(self, done: Signal, worker_ctx: Any, result: Any = None, exc_info: Any = None) -> tuple[Any, Any]:
        done.send()
        return result, exc_info


consume = BatchConsumer.decorator


def consumers_of(service: type) -> Iterator[BatchConsumer]:
    """The consumers that a service class declares."""
    for _, method in inspect.getmembers(service, inspect.isfunction):
        entrypoints = getattr(method, ENTRYPOINT_EXTENSIONS_ATTR, ())
        yield from (entrypoint for entrypoint in entrypoints if isinstance(entrypoint, BatchConsumer))


def _observe_waiting(deliveries: list[Delivery]) -> None:
    """How long the last of each queue had waited."""
    published_at = {delivery.queue: delivery.published_at for delivery in deliveries if delivery.published_at}
    for queue, seconds in published_at.items():
        metrics.QUEUE_WAITING_SECONDS.labels(queue).set(max(0.0, time.time() - seconds))
