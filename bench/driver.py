"""Drives a contender as partners and the weighing team do, and notes when each effect of each referral is there."""

import re
import threading
import time
from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import ExitStack, contextmanager, suppress
from dataclasses import dataclass, field
from typing import NamedTuple

import pika
from pika.adapters.blocking_connection import BlockingChannel
from pika.exceptions import AMQPError

from bench.contender import AGENDA, SIEVED, TABLED, TREATED, Contender
from bench.ground import Ground
from bench.work import Task

LOOK_SECONDS = 0.02
OVERLAP = 1000
"""Rows of the watch are read again so far back: they become visible out of order."""
ACKS = 100
MESSAGE_ID = re.compile(rb'"messageId": ?"([0-9a-f-]{36})"')
REFERRAL_ID = re.compile(rb'"referralId": ?"([0-9a-f-]{36})"')
RECEIPT, FEEDBACK = b"messages.accepted.v1", b"feedback.given.v1"

SEEN = "SELECT position, id::text FROM bench_seen WHERE what = %s AND position > %s"
COMMITTED = """
SELECT what, id::text, extract(epoch FROM pg_xact_commit_timestamp(xmin))::float FROM bench_seen
"""


class Stuck(Exception):
    """Not everything that was sent has taken effect in time."""


class Sender(NamedTuple):
    """A partner's own connection; user_id: as whom it came in."""

    channel: BlockingChannel
    user_id: str


@dataclass
class Noted:
    """Moments in seconds since 1970, by message id; those of effects are the times of their commits."""

    sent: dict[str, float] = field(default_factory=dict)
    receipt: dict[str, float] = field(default_factory=dict)
    feedback: dict[str, float] = field(default_factory=dict)
    agenda: dict[str, float] = field(default_factory=dict)
    tabled: dict[str, float] = field(default_factory=dict)
    last_effect: float = 0.0

    @property
    def seconds(self) -> float:
        """From the first message to the last effect of all."""
        return max(self.last_effect, *self.feedback.values()) - min(self.sent.values())


class Driver:
    """Sends tasks into a contender that runs, and waits for all their effects. Use it as a context manager."""

    def __init__(self, ground: Ground, contender: Contender) -> None:
        self._ground = ground
        self._contender = contender
        self._users = [f"{house.house}.{partner}" for house in ground.houses.values() for partner in house.partners]
        self._open = ExitStack()
        self._ended = threading.Event()
        self._failure: BaseException | None = None
        self._tasks: dict[str, Task] = {}
        self._referrals: dict[str, Task] = {}
        self._noted = Noted()

    def __enter__(self) -> "Driver":
        with ExitStack() as opening:
            self._senders = opening.enter_context(self._all_senders())
            opening.callback(self._join)
            self._threads = [threading.Thread(target=self._guarded, args=(self._listen,), daemon=True)]
            self._threads.append(threading.Thread(target=self._guarded, args=(self._weigh,), daemon=True))
            for thread in self._threads:
                thread.start()
            self._open = opening.pop_all()
        return self

    def __exit__(self, *error: object) -> None:
        self._open.close()

    def carry(self, tasks: Sequence[Task], rate: float | None = None, patience: float = 120.0) -> Noted:
        """Sends all, so many a second or as fast as it goes, and waits for the last effect. Raises Stuck.

        With a rate, a message counts as sent when it was due, also if the sender was late.
        """
        for sender in self._senders.values():
            sender.channel.basic_qos()  # the broker closes a connection on which it hears nothing for two minutes
        before = self._counts()
        self._noted = noted = Noted()
        self._tasks |= {task.message_id: task for task in tasks}
        began = time.time()
        for number, task in enumerate(tasks):
            due = began + number / rate if rate else time.time()
            if (early := due - time.time()) > 0:
                time.sleep(early)
            noted.sent[task.message_id] = due
            self.send(task)
        self._wait(tasks, before, patience)
        self._read_moments(noted)
        return noted

    def send(self, task: Task) -> None:
        """Publish its message, as its partner."""
        door, sender = self._contender.door(task), self._senders[task.user]
        properties = pika.BasicProperties(
            content_type=self._contender.content_type, delivery_mode=2, user_id=sender.user_id
        )
        sender.channel.basic_publish(door.exchange, door.routing_key, task.body, properties)

    def _wait(self, tasks: Sequence[Task], before: Mapping[str, int], patience: float) -> None:
        expected = {
            AGENDA: len(tasks),
            TABLED: len(tasks),
            TREATED: sum(task.opens_table for task in tasks),
            SIEVED: sum(task.is_detention for task in tasks),
        }
        deadline = time.monotonic() + patience
        while True:
            if self._failure:
                raise Stuck("the driver failed") from self._failure
            missing = {
                "receipts": len(tasks) - len(self._noted.receipt),
                "feedback": len(tasks) - len(self._noted.feedback),
            }
            if not any(missing.values()):
                counts = self._counts()
                missing = {what: count - counts[what] + before[what] for what, count in expected.items()}
            if not any(missing.values()):
                return
            if time.monotonic() > deadline:
                raise Stuck(f"{self._contender.name} after {patience:.0f} s: still missing {missing}")
            time.sleep(0.05)

    def _counts(self) -> dict[str, int]:
        """How many effects of each kind are there."""
        counts: defaultdict[str, int] = defaultdict(int)
        for database in self._databases:
            with self._ground.superuser(database) as connection:
                for what, count in connection.execute("SELECT what, count(*) FROM bench_seen GROUP BY what"):
                    counts[what] += count
        return counts

    def _read_moments(self, noted: Noted) -> None:
        by_message = {AGENDA: noted.agenda, TABLED: noted.tabled}
        for database in self._databases:
            with self._ground.superuser(database) as connection:
                for what, id, moment in connection.execute(COMMITTED):
                    noted.last_effect = max(noted.last_effect, moment)
                    task = self._referrals.get(id)
                    if task and what in by_message and task.message_id in noted.sent:
                        by_message[what][task.message_id] = moment

    @property
    def _databases(self) -> set[str]:
        return {each.database for tables in self._contender.watched.values() for each in tables}

    # The partners' listening side

    def _listen(self) -> None:
        [url] = {mailbox.url for mailbox in self._contender.mailboxes(self._users)}
        connection = pika.BlockingConnection(_patient(url))
        channel = connection.channel()
        channel.basic_qos(prefetch_count=10 * ACKS)
        for mailbox in self._contender.mailboxes(self._users):
            channel.basic_consume(mailbox.queue, self._hear)
        self._unacked = 0
        while not self._ended.is_set():
            connection.process_data_events(time_limit=0.1)
        connection.close()

    def _hear(
        self, channel: BlockingChannel, method: pika.spec.Basic.Deliver, _: pika.BasicProperties, body: bytes
    ) -> None:
        now = time.time()
        self._unacked += 1
        if self._unacked == ACKS:
            channel.basic_ack(method.delivery_tag, multiple=True)
            self._unacked = 0
        found = MESSAGE_ID.search(body)
        message_id = found.group(1).decode() if found else ""
        if message_id not in self._noted.sent:
            return
        if RECEIPT in body:
            referral = REFERRAL_ID.search(body)
            if referral is None:
                raise Stuck(f"a receipt of {self._contender.name} has no referral's id")
            self._referrals[referral.group(1).decode()] = self._tasks[message_id]
            self._noted.receipt.setdefault(message_id, now)
        elif FEEDBACK in body:
            self._noted.feedback.setdefault(message_id, now)

    # The weighing team

    def _weigh(self) -> None:
        """Decides on whatever comes on the agenda, as soon as its referral's id is known from the receipt."""
        [agenda] = self._contender.watched[AGENDA]
        position, waiting, decided = 0, set[str](), set[str]()
        with self._contender.decider() as decide, self._ground.superuser(agenda.database) as connection:
            while not self._ended.wait(LOOK_SECONDS):
                rows = connection.execute(SEEN, (AGENDA, position - OVERLAP)).fetchall()
                position = max((at for at, _ in rows), default=position)
                waiting |= {id for _, id in rows} - decided
                if ready := [id for id in waiting if id in self._referrals]:
                    decide([(id, self._referrals[id]) for id in ready])
                    decided.update(ready)
                    waiting.difference_update(ready)

    # Its own affairs

    def _guarded(self, run: Callable[[], None]) -> None:
        try:
            run()
        except BaseException as error:
            self._failure = error

    @contextmanager
    def _all_senders(self) -> Iterator[Mapping[str, "Sender"]]:
        with ExitStack() as stack:
            senders: dict[str, Sender] = {}
            for user in self._users:
                parameters = _patient(self._contender.sender_url(user))
                connection = pika.BlockingConnection(parameters)
                stack.callback(_hang_up, connection)
                senders[user] = Sender(connection.channel(), parameters.credentials.username)
            yield senders

    def _join(self) -> None:
        self._ended.set()
        for thread in self._threads:
            thread.join(30)


def _hang_up(connection: pika.BlockingConnection) -> None:
    """Also on one that the broker closed after a long silence, which nobody has noticed."""
    with suppress(AMQPError):
        connection.close()


def _patient(url: str) -> pika.URLParameters:
    """Nobody answers heartbeats while it waits or sends."""
    parameters = pika.URLParameters(url)
    parameters.heartbeat = 0
    return parameters
