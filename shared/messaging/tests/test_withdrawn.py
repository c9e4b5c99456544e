"""Prefetched messages of a lost connection, when the database comes back before the broker."""

from types import SimpleNamespace
from typing import Any

import eventlet

from shared.messaging import Reader, Routes
from shared.messaging.entrypoint import BATCH_SIZE, BatchConsumer
from shared.messaging.event import Delivery
from shared.messaging.raw_consumer import Arrival


class Container:
    """The part of nameko's container that the entrypoint needs. well: whether its database is up."""

    def __init__(self) -> None:
        self.taken: list[bytes] = []
        self.well = False

    def spawn_worker(self, entrypoint: Any, args: Any, kwargs: Any, handle_result: Any) -> None:
        (batch,) = args
        if self.well:
            self.taken += [delivery.body for delivery in batch.deliveries]
            batch.settled = True
            batch.stint.taken = len(batch.deliveries)
        handle_result(None)


def test_what_was_fetched_behind_a_withdrawn_batch_is_not_taken_before_it() -> None:
    consumer, container = BatchConsumer(lambda settings: [], Routes()), Container()
    consumer.container = container
    consumer.queues = []
    consumer.reader = Reader(consumer.routes)
    channel = SimpleNamespace(is_open=True, basic_ack=lambda tag, multiple: None)
    for number in range(2 * BATCH_SIZE):
        consumer.receive(Arrival(Delivery(queue="q", body=b"%d" % number), channel, number))
    loop = eventlet.spawn(consumer._run)
    eventlet.sleep(0.1)  # the first batch is offered while the database is down
    channel.is_open = False
    eventlet.sleep(0.5)  # the first batch is given up: the broker will deliver it again
    container.well = True
    eventlet.sleep(1.0)
    consumer._stopping = True
    loop.wait()
    assert container.taken == []
