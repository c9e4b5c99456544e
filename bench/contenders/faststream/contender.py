"""The five services as FastStream applications, in five processes."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import closing, contextmanager
from datetime import UTC, datetime
from uuid import uuid4

import pika
from pika.adapters.blocking_connection import BlockingChannel
from pika.exceptions import ChannelClosedByBroker

from bench.contender import SERVICES_TABLES, Door, Mailbox
from bench.contenders.faststream.topology import (
    CONSUMED,
    DEAD_LETTERS,
    DECISIONS,
    DECISIONS_TO_RECORD,
    EXCHANGES,
    INGRESS,
    MAILBOX,
)
from bench.ground import Ground
from bench.work import Task
from shared.messaging.envelope import Envelope, encode

MODULE = "bench.contenders.faststream"
PROPERTIES = pika.BasicProperties(content_type="application/json", delivery_mode=2)


class FastStreamContender:
    """A contender; see `Contender`. Partners share one user, and decisions come as messages, one each."""

    name = "faststream"
    watched = SERVICES_TABLES
    content_type = "application/json"

    def __init__(self, ground: Ground) -> None:
        self._ground = ground

    @contextmanager
    def running(self) -> Iterator[Mapping[str, int]]:
        programs = [self._ground.worker_program(service, MODULE) for service in self._ground.services]
        try:
            with self._ground.processes(programs) as pids:
                self._ground.wait_for(self._is_consumed, "every queue to be consumed")
                yield pids
        finally:
            self._delete()

    def sender_url(self, user: str) -> str:
        return self._ground.broker_url

    def door(self, task: Task) -> Door:
        return Door(INGRESS.name, f"{task.type}.{task.user}")

    def mailboxes(self, users: Iterable[str]) -> Sequence[Mailbox]:
        return [Mailbox(self._ground.broker_url, MAILBOX.name)]

    @contextmanager
    def decider(self) -> Iterator[Callable[[Sequence[tuple[str, Task]]], None]]:
        with self._channel() as channel:

            def decide(weighed: Sequence[tuple[str, Task]]) -> None:
                for referral_id, task in weighed:
                    channel.basic_publish(
                        DECISIONS.name, DECISIONS_TO_RECORD.routing(), self._decision(referral_id, task), PROPERTIES
                    )

            yield decide

    def _decision(self, referral_id: str, task: Task) -> bytes:
        return encode(
            Envelope(
                id=uuid4(),
                source="urn:nld:ketenhuis:weighing-team",
                type=DECISIONS_TO_RECORD.routing(),
                time=datetime.now(UTC),
                house=self._ground.house.house,
                data={"referralId": referral_id, **task.decision},
            )
        )

    @contextmanager
    def _channel(self) -> Iterator[BlockingChannel]:
        parameters = pika.URLParameters(self._ground.broker_url)
        parameters.heartbeat = 0
        with closing(pika.BlockingConnection(parameters)) as connection:
            yield connection.channel()

    def _is_consumed(self) -> bool:
        try:
            with self._channel() as channel:
                found = [channel.queue_declare(queue.name, passive=True) for queue in CONSUMED]
                channel.queue_declare(MAILBOX.name, passive=True)
        except ChannelClosedByBroker:
            return False
        return all(each.method.consumer_count for each in found)

    def _delete(self) -> None:
        with self._channel() as channel:
            for queue in [*CONSUMED, MAILBOX, DEAD_LETTERS]:
                channel.queue_delete(queue.name)
            for exchange in EXCHANGES:
                channel.exchange_delete(exchange)
