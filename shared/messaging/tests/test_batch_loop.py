"""The loop of a batch entrypoint, without a broker: how long it gathers messages, and what becomes of those that wait
when the connection is lost, or closed to give up a queue."""

from collections.abc import Callable
from itertools import pairwise
from time import monotonic
from types import SimpleNamespace
from typing import Any

import eventlet
import pytest

from shared.messaging import Reader, Routes
from shared.messaging.entrypoint import BATCH_SIZE, LINGER_FACTOR, BatchConsumer
from shared.messaging.event import Delivery
from shared.messaging.raw_consumer import Arrival


class Container:
    """The part of nameko's container that the entrypoint needs. well: whether its database is up.

    meanwhile: what happens while a batch is in hand.
    """

    def __init__(self, *, well: bool, meanwhile: Callable[[], object] = lambda: None) -> None:
        self.taken: list[bytes] = []
        self.well = well
        self._meanwhile = meanwhile

    def spawn_worker(self, entrypoint: Any, args: Any, kwargs: Any, handle_result: Any) -> None:
        (batch,) = args
        self._meanwhile()
        if self.well:
            self.taken += [delivery.body for delivery in batch.deliveries]
            batch.settled = True
            batch.stint.taken = len(batch.deliveries)
        handle_result(None)


@pytest.fixture
def consumer() -> BatchConsumer:
    consumer = BatchConsumer(lambda settings: [], Routes())
    consumer.queues = []
    consumer.reader = Reader(consumer.routes)
    return consumer


def test_what_was_fetched_behind_a_withdrawn_batch_is_not_taken_before_it(consumer: BatchConsumer) -> None:
    container = consumer.container = Container(well=False)
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


def test_who_gives_up_a_queue_acks_what_was_taken_and_nothing_that_waited_before_it(consumer: BatchConsumer) -> None:
    container = consumer.container = Container(well=True, meanwhile=consumer.leave)
    acked: set[int] = set()
    channel = SimpleNamespace(
        is_open=True, basic_ack=lambda tag, multiple: acked.update(range(1, tag + 1) if multiple else [tag])
    )
    for number in range(1, 2 * BATCH_SIZE):  # two queues take turns, so half of the first one's messages wait
        queue = "first" if number <= BATCH_SIZE else "second"
        consumer.receive(Arrival(Delivery(queue=queue, body=b"%d" % number), channel, number))
    loop = eventlet.spawn(consumer._run)
    eventlet.sleep(0.1)
    consumer._stopping = True
    loop.wait()
    assert len(container.taken) == BATCH_SIZE
    assert acked == set(map(int, container.taken))


def test_a_batch_that_is_not_full_waits_in_proportion_to_what_the_last_one_took(consumer: BatchConsumer) -> None:
    began: list[float] = []
    channel = SimpleNamespace(is_open=True, basic_ack=lambda tag, multiple: None)

    def take_a_while() -> None:
        began.append(monotonic())
        consumer.receive(Arrival(Delivery(queue="q", body=b"0"), channel, len(began) + 1))
        eventlet.sleep(0.05)

    consumer.container = Container(well=True, meanwhile=take_a_while)
    consumer.receive(Arrival(Delivery(queue="q", body=b"0"), channel, 1))
    loop = eventlet.spawn(consumer._run)
    with eventlet.Timeout(10):
        while len(began) < 3:
            eventlet.sleep(0.01)
    consumer._stopping = True
    loop.wait()
    assert all(later - earlier >= LINGER_FACTOR * 0.05 for earlier, later in pairwise(began))
