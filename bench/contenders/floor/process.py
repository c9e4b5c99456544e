"""A service of the floor: one loop with one connection to the broker and one to the database.

What is committed leaves at once; its confirms come while the next batch is taken, and go with that batch's transaction.
"""

from collections.abc import Sequence
from itertools import takewhile
from typing import Any

import pika
from pika.channel import Channel
from pika.spec import Basic

from bench.contenders.floor.bodies import ids_of
from bench.contenders.floor.hops import HOPS
from bench.contenders.floor.store import Announced, Store, Taken
from bench.contenders.floor.topology import EXCHANGE, queues_of
from shared.messaging.gathering import GatheringConnection

BATCH_SIZE = 200
GATHER_SECONDS = 0.01
TIDY_SECONDS = 0.1
"""How long confirmed messages may stand in the outbox when no batch comes."""
PROPERTIES = pika.BasicProperties(content_type="application/cloudevents+json", delivery_mode=2)


class Process:
    """Runs until it is killed, or a connection is lost: then it ends with an error."""

    def __init__(self, service: str, broker_url: str, store: Store) -> None:
        self._hops = HOPS[service]
        self._queues = queues_of(service)
        self._store = store
        self._parameters = pika.URLParameters(broker_url)
        self._batch: list[Taken] = []
        self._last_tag = 0
        self._published = 0
        self._leaving: dict[int, int] = {}
        self._confirmed: list[int] = []

    def run(self) -> None:
        self._connection = GatheringConnection(
            self._parameters,
            on_open_callback=lambda connection: connection.channel(on_open_callback=self._on_channel),
            on_open_error_callback=self._on_lost,
            on_close_callback=self._on_lost,
        )
        self._loop: Any = self._connection.ioloop
        with self._store.pipelined():
            self._loop.start()

    def _on_lost(self, _: Any, error: Any) -> None:
        raise ConnectionError(str(error))

    def _on_channel(self, channel: Channel) -> None:
        self._channel = channel
        channel.add_on_close_callback(self._on_lost)
        channel.confirm_delivery(self._on_confirm, callback=self._on_ready)

    def _on_ready(self, _: Any) -> None:
        self._publish(self._store.left)
        self._channel.basic_qos(prefetch_count=BATCH_SIZE)
        for queue in self._queues:
            self._channel.basic_consume(queue, self._on_message)
        self._tidy()

    def _on_message(self, _: Channel, method: Basic.Deliver, properties: pika.BasicProperties, body: bytes) -> None:
        if not self._batch:
            self._loop.call_later(GATHER_SECONDS, self._turn)
        self._batch.append(Taken(*ids_of(body), self._hops[method.routing_key], body))
        self._last_tag = method.delivery_tag

    def _tidy(self) -> None:
        self._loop.call_later(TIDY_SECONDS, self._tidy)
        if not self._batch:
            self._turn()

    def _turn(self) -> None:
        batch, self._batch = self._batch, []
        confirmed, self._confirmed = self._confirmed, []
        if not batch and not confirmed:
            return
        announced = self._store.take(batch, confirmed)
        if batch:
            self._channel.basic_ack(self._last_tag, multiple=True)
        self._publish(announced)

    def _publish(self, announced: Sequence[Announced]) -> None:
        with self._connection.gathering():
            for position, routing_key, body in announced:
                self._published += 1
                self._leaving[self._published] = position
                self._channel.basic_publish(EXCHANGE, routing_key, body, PROPERTIES)

    def _on_confirm(self, frame: Any) -> None:
        """Raises ConnectionError when the broker refuses a message: the next process sends it again."""
        confirm = frame.method
        if isinstance(confirm, Basic.Nack):
            raise ConnectionError("the broker refuses a message")
        tags = [confirm.delivery_tag]
        if confirm.multiple:
            tags = [*takewhile(lambda tag: tag <= confirm.delivery_tag, self._leaving)]
        self._confirmed += [self._leaving.pop(tag) for tag in tags]
