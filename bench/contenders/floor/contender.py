"""The floor among the contenders: its five processes, its queues and tables, and the people who decide."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import closing, contextmanager
from datetime import UTC, datetime
from uuid import UUID, uuid4

import pika
from pika.adapters.blocking_connection import BlockingChannel

from bench import contender
from bench.contender import Door, Mailbox, Watched
from bench.contenders.floor import hops, store, topology
from bench.ground import Ground
from bench.work import Task
from shared.messaging.envelope import MEDIA_TYPE, Envelope, encode

MODULE = "bench.contenders.floor"


class Floor:
    """A contender; see `Contender`. What any broker and database allow to one who only moves messages."""

    name = "floor"
    watched: Mapping[str, Sequence[Watched]] = {
        contender.AGENDA: [Watched("weighing", hops.AGENDA, "id")],
        contender.TABLED: [Watched("reporting", hops.TABLED, "id")],
        contender.TREATED: [Watched("reporting", hops.TREATED, "id")],
        contender.SIEVED: [Watched("aftercare", hops.SIEVED, "id")],
    }
    content_type = MEDIA_TYPE

    def __init__(self, ground: Ground) -> None:
        """Makes its tables, which stay."""
        self._ground = ground
        for service in ground.services:
            with ground.superuser(service) as connection:
                connection.execute(store.tables_of(service))

    @contextmanager
    def running(self) -> Iterator[Mapping[str, int]]:
        """Its queues are gone afterwards."""
        programs = [
            self._ground.worker_program(
                service, MODULE, DATABASE_URL=self._ground.stack.installation.cluster.url(service)
            )
            for service in self._ground.services
        ]
        with self._channel() as channel:
            topology.declare(channel)
            try:
                with self._ground.processes(programs) as pids:
                    self._ground.wait_for(lambda: topology.are_consumed(channel), "every queue to be consumed")
                    yield pids
            finally:
                topology.delete(channel)

    def sender_url(self, user: str) -> str:
        return self._ground.broker_url

    def door(self, task: Task) -> Door:
        return Door(topology.EXCHANGE, task.type)

    def mailboxes(self, users: Iterable[str]) -> Sequence[Mailbox]:
        """One for all partners."""
        return [Mailbox(self._ground.broker_url, topology.MAILBOX)]

    @contextmanager
    def decider(self) -> Iterator[Callable[[Sequence[tuple[str, Task]]], None]]:
        """A message for each decision."""
        properties = pika.BasicProperties(content_type=self.content_type, delivery_mode=2)
        with self._channel() as channel:

            def decide(weighed: Sequence[tuple[str, Task]]) -> None:
                for referral_id, task in weighed:
                    routing_key = hops.DECIDED + hops.TO_TABLE if task.opens_table else hops.DECIDED
                    body = _decision(referral_id, task)
                    channel.basic_publish(topology.EXCHANGE, routing_key, body, properties)

            yield decide

    @contextmanager
    def _channel(self) -> Iterator[BlockingChannel]:
        parameters = pika.URLParameters(self._ground.broker_url)
        parameters.heartbeat = 0  # nobody answers it between two calls
        with closing(pika.BlockingConnection(parameters)) as connection:
            yield connection.channel()


def _decision(referral_id: str, task: Task) -> bytes:
    envelope = Envelope(
        id=uuid4(),
        source="urn:nld:ketenhuis:weighing-team",
        type=hops.DECIDED,
        time=datetime.now(UTC),
        house=task.house,
        correlation_id=UUID(referral_id),
        data={"referralId": referral_id, **task.decision},
    )
    return encode(envelope)
