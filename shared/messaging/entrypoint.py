"""A nameko entrypoint that takes raw messages in batches, and acks a batch after its transaction has committed.

nameko's own consumer acks messages that it cannot decode, and loses or endlessly requeues a message when its handler
fails. Here, a message is acked once its effect, or its parking, is committed.
"""

import inspect
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import closing, suppress
from dataclasses import dataclass, field
from functools import partial
from typing import Any

import eventlet
from amqp.exceptions import AMQPError
from eventlet.event import Event as Signal
from greenlet import GreenletExit
from nameko.extensions import ENTRYPOINT_EXTENSIONS_ATTR, Entrypoint, ProviderCollector
from nameko.messaging import QueueConsumer

from shared import crash_points
from shared.crash_points import CrashPoint
from shared.messaging.brake import Brake
from shared.messaging.division import Division
from shared.messaging.event import Delivery
from shared.messaging.raw_consumer import Arrival, RawConsumer, RawConsumers, read_ahead
from shared.messaging.reader import Reader, Routes
from shared.messaging.slices import EventQueues
from shared.messaging.stint import Stint
from shared.messaging.turns import Turns
from shared.observability import messaging as metrics
from shared.observability.logs import get_logger

log = get_logger()

BATCH_SIZE = 200
PREFETCH = 2 * BATCH_SIZE
MOST_HELD = 4096
"""The messages of all queues of an entrypoint that a worker holds: all of them may be as large as the broker allows."""
LINGER_SECONDS, LONGEST_LINGER_SECONDS = 0.02, 0.25
"""The time to wait for more messages when a batch is not full: under load, few large batches cost less than many."""
LINGER_FACTOR = 4
"""So many times what a batch took must have gone by since that batch began."""
LOOK_AGAIN_SECONDS = 1.0
"""The interval between two looks at postponed messages, and at the division of queues."""
NOTICE_SECONDS = 0.2
"""The time in which an idle worker notices a stop, or a new division of queues."""
FIRST_PAUSE_SECONDS, LONGEST_PAUSE_SECONDS = 0.2, 10.0
AWAY_SECONDS = 5.0
"""A worker without a connection to the broker for this time gives its queues to its replicas."""


@dataclass
class Batch:
    """The argument of the service's method: deliveries to take, or none, to take due postponed messages.

    former: queue names of other numbers of shards; messages may be postponed or parked under these names.
    stint: what the batch cost, and how many of its deliveries were taken. settled: set by the service once the batch is
    committed; an unsettled batch is offered again. moved: set by the service if a message was done or parked.
    """

    reader: Reader
    queues: list[str]
    deliveries: list[Delivery]
    brake: Brake
    former: Sequence[str] = ()
    stint: Stint = field(default_factory=Stint)
    settled: bool = False
    moved: bool = False


class QueuesChanged(Exception):
    """The division of queues gives a queue of this worker to a replica."""


class BatchQueueConsumer(QueueConsumer):
    """The connection of a process for all its batch entrypoints. Declares no queues: the deployment does.

    Consumes the queues that the division assigns to this worker. A further queue is consumed on the same connection.
    To give up a queue, the worker finishes its batches, closes the connection and opens a new one: then all prefetched
    messages return to their places in the queue.
    """

    _channel: Any = None
    _changed = _leaving = False
    _division_watcher: Any = None

    def run(self, **options: Any) -> None:
        self._division = Division(self.container.config["settings"].database_url)
        self._divide()
        self._division_watcher = self.container.spawn_managed_thread(
            self._keep_dividing, identifier="division of queues"
        )
        while True:
            try:
                super().run(safety_interval=NOTICE_SECONDS, **options)
            except QueuesChanged:
                log.info("some queues are read by another from now on")
            else:
                return

    def _keep_dividing(self) -> None:
        connected_at = time.monotonic()
        with closing(self._division):
            while True:
                eventlet.sleep(LOOK_AGAIN_SECONDS)
                if not self.why_not_ready():
                    connected_at = time.monotonic()
                if time.monotonic() - connected_at < AWAY_SECONDS:
                    self._divide()
                else:
                    self._division.close()

    def _divide(self) -> None:
        self._division.assign(self._providers)
        self._changed = any(provider.in_use != provider.assigned for provider in self._providers)

    def get_consumers(self, consumer_cls: Any, channel: Any) -> list[RawConsumer]:
        self._leaving = False
        self._cancel_consumers_if_requested()  # a stopping worker need not wait for a deleted queue
        read_ahead(channel.connection.transport)
        channels = [channel.connection.channel() for _ in self._providers.copy()]  # a provider may leave meanwhile
        self._channels = dict(zip(self._providers, channels, strict=False))
        self._consumers = {provider: RawConsumers() for provider in self._channels}
        for provider in self._consumers:
            provider.forget()
        return self._new_consumers()

    def on_consume_ready(self, connection: Any, channel: Any, consumers: Any, **options: Any) -> None:
        self._channel = channel
        super().on_consume_ready(connection, channel, consumers, **options)

    def on_iteration(self) -> None:
        """Called after each message, so this must be fast."""
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
        """Consumers for the assigned queues that are not consumed yet."""
        self._changed = False
        consumers = []
        for provider in self._consumers:
            queues = sorted(provider.assigned - provider.in_use)
            provider.in_use |= provider.assigned
            consumers += [provider.consumer(self._channels[provider], queue) for queue in queues]
        metrics.QUEUES.set(sum(len(provider.in_use) for provider in self._consumers))
        return consumers

    def unregister_provider(self, provider: Any) -> None:
        """Without an open connection, do not wait for the consumer loop, as nameko does: the loop does not run."""
        if self.why_not_ready() or not self._consumers_ready.ready() or provider not in self._consumers:
            ProviderCollector.unregister_provider(self, provider)
        else:
            super().unregister_provider(provider)

    def stop(self) -> None:
        """Stop, even without a connection to the broker."""
        if self._consumers_ready.ready() and self.why_not_ready():
            self._gt.kill()
        with suppress(GreenletExit):
            super().stop()
        if self._division_watcher:
            self._division_watcher.kill()

    def why_not_ready(self) -> str | None:
        """The readiness check of `shared.web.health`."""
        return None if self._channel is not None and self._channel.is_open else "is not connected to the broker"


def reader_of_events(routes: Routes, settings: Any) -> Reader:
    """The reader of events that other services publish."""
    return Reader(routes)


class BatchConsumer(Entrypoint):
    """Calls the service's method with the batches of some queues, one batch at a time and in order.

    queues: returns the queues' names, given the service's settings. routes: the handlers of the messages, by event
    type. reader: makes the reader of the messages, given the routes and the settings.
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
        self._arrived = Turns()
        self._arrival: Signal = Signal()
        self._brake = Brake()
        self._lingers_until = 0.0
        self._in_hand = self._leaving = self._stopping = False
        self._former_queues: list[str] = []
        self.assigned: frozenset[str] = frozenset()
        self.in_use: frozenset[str] = frozenset()

    def setup(self) -> None:
        settings = self.container.config["settings"]
        self.queues = self._queues_of(settings)
        self.reader = self._reader_of(self.routes, settings)
        if isinstance(self._queues_of, EventQueues):
            self._former_queues = self._queues_of.former_names(self.queues)
        self.queue_consumer.register_provider(self)

    def start(self) -> None:
        self._loop = self.container.spawn_managed_thread(self._run, identifier=f"batches of {self.method_name}")

    def stop(self) -> None:
        """Finish and ack the current batch. Further prefetched messages return to the queue."""
        self._stopping = True
        self._wake()
        self._loop.wait()
        self.queue_consumer.unregister_provider(self)

    def consumer(self, channel: Any, queue: str) -> RawConsumer:
        """A consumer of one of the queues, which all share what a worker may hold."""
        return RawConsumer(channel, queue, self.receive, max(1, min(PREFETCH, MOST_HELD // len(self.queues))))

    def receive(self, arrival: Arrival) -> None:
        """Add a raw message to the next batch. Called in the connection's greenlet."""
        if not self._leaving:
            self._arrived.add(arrival)
            self._wake()

    def leave(self) -> bool:
        """Drop the prefetched messages and begin no further batch. Returns whether a batch is being taken."""
        self._leaving = True
        self._arrived.clear()
        return self._in_hand

    def forget(self) -> None:
        """Drop the messages of the previous connection: the broker delivers unacked messages again on the new one."""
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
                is_behind, began = bool(self._arrived), time.monotonic()
                self._settle(arrivals)
                linger = min(LONGEST_LINGER_SECONDS, LINGER_FACTOR * (time.monotonic() - began))
                self._lingers_until = 0.0 if is_behind else began + linger
            if self.in_use and time.monotonic() - looked > LOOK_AGAIN_SECONDS:
                while self._offer([]).moved and not self._stopping and not self._leaving:
                    pass  # messages that waited behind a done or parked message may be due now
                looked = time.monotonic()
            self._in_hand = False

    def _gather(self, patience: float) -> list[Arrival]:
        """The next messages, BATCH_SIZE at most; none after `patience` seconds without a message."""
        if not self._arrived:
            self._arrival = Signal()
            with eventlet.Timeout(min(patience, self._arrived.rest()), exception=False):
                self._arrival.wait()
        if self._arrived and len(self._arrived) < BATCH_SIZE:
            eventlet.sleep(max(LINGER_SECONDS, self._lingers_until - time.monotonic()))
        arrivals = self._arrived.next(BATCH_SIZE)
        if arrivals and arrivals[0].withdrawn:  # the broker delivers the messages of a closed channel again, in order
            self._arrived.clear()
            return []
        return arrivals

    def _settle(self, arrivals: list[Arrival]) -> None:
        """Offer a batch until it is committed, with back-off (the database may be down), then ack it."""
        pause = FIRST_PAUSE_SECONDS
        deliveries = [arrival.delivery for arrival in arrivals]
        while not (batch := self._offer(deliveries)).settled:
            if self._stopping or arrivals[0].withdrawn:
                return
            eventlet.sleep(pause)
            pause = min(2 * pause, LONGEST_PAUSE_SECONDS)
        taken, left = arrivals[: batch.stint.taken], arrivals[batch.stint.taken :]
        if left and not self._leaving and not left[0].withdrawn:
            self._arrived.give_back(left)
        self._arrived.charge(taken, batch.stint)
        _ack(taken, 0 if self._leaving else self._arrived.first_tag())  # who leaves has dropped what waited

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
    """The batch entrypoints of a service class."""
    for _, method in inspect.getmembers(service, inspect.isfunction):
        entrypoints = getattr(method, ENTRYPOINT_EXTENSIONS_ATTR, ())
        yield from (entrypoint for entrypoint in entrypoints if isinstance(entrypoint, BatchConsumer))


def _ack(arrivals: list[Arrival], first_waiting: float) -> None:
    """Ack a batch. A lost ack is harmless: the inbox recognizes the messages when they are delivered again.

    Each ack is an entry in the broker's log, so one ack settles all messages before the first one that waits.
    """
    together = [arrival for arrival in arrivals if arrival.tag < first_waiting]
    try:
        crash_points.passing(CrashPoint.BEFORE_ACK)
        if together:
            max(together, key=lambda arrival: int(arrival.tag)).ack(earlier=True)
        for arrival in arrivals:
            if arrival.tag > first_waiting:
                arrival.ack(earlier=False)
        crash_points.passing(CrashPoint.AFTER_ACK)
    except (AMQPError, OSError) as error:
        log.info("acks were lost; the inbox will know the messages", error=error)
