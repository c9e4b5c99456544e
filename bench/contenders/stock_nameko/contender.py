"""Stock nameko among the contenders: its five processes, its queues, and the people who decide."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from datetime import UTC, datetime
from uuid import UUID, uuid4

import pika
from pika.adapters.blocking_connection import BlockingChannel

from bench.contender import SERVICES_TABLES, Door, Mailbox
from bench.ground import VIRTUAL_HOST, Ground
from bench.work import Task
from shared.messaging.envelope import Envelope, encode

MODULE = "bench.contenders.stock_nameko"
NAMEKOS = "evt-"
"""How the names of nameko's queues begin; `<service>.<method>` stands at their end."""
REPLIES, REPLY_TYPES = "replies", ("messages.accepted.v1", "feedback.given.v1")
DECIDED = "decisions.taken.v1"


class StockNameko:
    """A contender; see `Contender`. Partners' messages and people's decisions are ordinary events of nameko."""

    name = "stock nameko"
    watched = SERVICES_TABLES
    content_type = "application/json"

    def __init__(self, ground: Ground) -> None:
        self._ground = ground

    @contextmanager
    def running(self) -> Iterator[Mapping[str, int]]:
        """Its queues are gone afterwards; the exchanges stay."""
        programs = [self._ground.worker_program(service, MODULE) for service in self._ground.services]
        try:
            with self._ground.processes(programs) as pids:
                self._ground.wait_for(self._all_listen, "stock nameko's services to listen")
                self._declare_replies()
                yield pids
        finally:
            self._delete_queues()

    def sender_url(self, user: str) -> str:
        return self._ground.broker_url

    def door(self, task: Task) -> Door:
        return Door("partners.events", task.type)

    def mailboxes(self, users: Iterable[str]) -> Sequence[Mailbox]:
        """One for all partners."""
        return [Mailbox(self._ground.broker_url, REPLIES)]

    @contextmanager
    def decider(self) -> Iterator[Callable[[Sequence[tuple[str, Task]]], None]]:
        """An event for each decision."""
        with self._channel() as channel:
            properties = pika.BasicProperties(content_type=self.content_type, delivery_mode=2)

            def decide(weighed: Sequence[tuple[str, Task]]) -> None:
                for referral_id, task in weighed:
                    body = self._decision(referral_id, task)
                    channel.basic_publish("people.events", DECIDED, body, properties)

            yield decide

    def _decision(self, referral_id: str, task: Task) -> bytes:
        envelope = Envelope(
            id=uuid4(),
            source="urn:nld:ketenhuis:people",
            type=DECIDED,
            time=datetime.now(UTC),
            house=self._ground.house.house,
            data={"referralId": UUID(referral_id), "decision": task.decision},
        )
        return encode(envelope)

    def _all_listen(self) -> bool:
        """A service declares all its queues before it listens to the first."""
        consumers = self._consumers()
        listening = {queue.partition("--")[2].partition(".")[0] for queue, count in consumers.items() if count}
        return listening == {*self._ground.services} and all(consumers.values())

    def _consumers(self) -> dict[str, int]:
        """How many listen to each of its queues."""
        lines = self._ground.control("list_queues", "-p", VIRTUAL_HOST, "name", "consumers").splitlines()
        queues = (line.split("\t") for line in lines if line.startswith(NAMEKOS))
        return {name: int(consumers) for name, consumers in queues}

    def _declare_replies(self) -> None:
        with self._channel() as channel:
            channel.queue_declare(REPLIES, durable=True)
            for type in REPLY_TYPES:
                channel.queue_bind(REPLIES, "intake.events", f"#.{type}")

    def _delete_queues(self) -> None:
        with self._channel() as channel:
            for queue in (REPLIES, *self._consumers()):
                channel.queue_delete(queue)

    @contextmanager
    def _channel(self) -> Iterator[BlockingChannel]:
        parameters = pika.URLParameters(self._ground.broker_url)
        parameters.heartbeat = 0  # nobody answers it between two calls
        connection = pika.BlockingConnection(parameters)
        try:
            yield connection.channel()
        finally:
            connection.close()
