"""The partners' side of a round: sends until the broker has it, and notes everything that is heard, in order."""

import json
import threading
import time
from collections import defaultdict
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from typing import Any

import pika
from pika.adapters.blocking_connection import BlockingChannel
from pika.exceptions import AMQPError

from replay.players.letters import REQUESTS
from tests.fault.traffic.memory import Heard, Memory

PATIENCE_SECONDS = 90.0
PAUSE_SECONDS = 0.2
PREFETCH = 200
TYPE_PREFIX = "nl.ketenhuis."
ANSWERS = ("messages.accepted.v1", "messages.refused.v1")


class Waited(Exception):
    """Something did not come in time."""


class Sender:
    """One user's own connection to send over. Several threads may use it, one after another.

    url_of: gives the URL of a user with its password of now.
    """

    def __init__(self, url_of: Callable[[str], str], user: str) -> None:
        self._url_of = url_of
        self._user = user
        self._turn = threading.Lock()
        self._channel: BlockingChannel | None = None

    def send(self, body: bytes, *, with_user_id: bool = True) -> None:
        """Returns once the broker has confirmed it; after a lost connection or a refusal the same bytes go again."""
        deadline = time.monotonic() + PATIENCE_SECONDS
        properties = pika.BasicProperties(
            content_type="application/cloudevents+json", delivery_mode=2, user_id=self._user if with_user_id else None
        )
        with self._turn:
            while True:
                try:
                    self._open().basic_publish(f"partner.{self._user}.in", "", body, properties, mandatory=True)
                    return
                except (AMQPError, OSError) as error:
                    if time.monotonic() > deadline:
                        raise Waited(f"the broker to take a message of {self._user}") from error
                    self._hang_up()
                    time.sleep(PAUSE_SECONDS)

    def _hang_up(self) -> None:
        with suppress(AMQPError, OSError):
            if self._channel is not None and self._channel.is_open:
                self._channel.connection.close()
        self._channel = None

    def _open(self) -> BlockingChannel:
        if self._channel is None:
            parameters = pika.URLParameters(self._url_of(self._user))
            parameters.blocked_connection_timeout = PATIENCE_SECONDS
            parameters.heartbeat = 10
            self._channel = pika.BlockingConnection(parameters).channel()
            self._channel.confirm_delivery()
        return self._channel


@dataclass(frozen=True)
class Listener:
    """Reads one user's queue in a thread of its own, which ends with the process."""

    url_of: Callable[[str], str]
    user: str
    hear: Callable[[Heard], None]

    def run(self) -> None:
        while True:
            try:
                self._listen()
            except (AMQPError, OSError):
                time.sleep(PAUSE_SECONDS)

    def _listen(self) -> None:
        parameters = pika.URLParameters(self.url_of(self.user))
        parameters.heartbeat = 10
        channel = pika.BlockingConnection(parameters).channel()
        channel.basic_qos(prefetch_count=PREFETCH)
        for method, _, body in channel.consume(f"partner.{self.user}.out"):
            self.hear(_heard(self.user, body))
            channel.basic_ack(method.delivery_tag)


def _heard(user: str, body: bytes) -> Heard:
    document = json.loads(body)
    return {
        "user": user,
        "id": document["id"],
        "type": document["type"].removeprefix(TYPE_PREFIX),
        "time": document["time"],
        "caseId": document.get("subject"),
        "sequence": document.get("sequence"),
        "data": document["data"],
        "at": time.time(),
    }


class Post:
    """All partners of a house. `sent` and `heard` are what the round's witness tells."""

    def __init__(
        self,
        url_of: Callable[[str], str],
        users: list[str],
        on_request: Callable[[Heard], None],
        on_loss: Callable[[str, int], None],
    ) -> None:
        self._senders = {user: Sender(url_of, user) for user in users}
        self._listeners = [Listener(url_of, user, self._hear) for user in users]
        self._memories = {user: Memory(crashes=at % 2 == 0) for at, user in enumerate(users)}
        self._on_request = on_request
        self._on_loss = on_loss
        self._news = threading.Condition()
        self._answers: dict[tuple[str, str | None], Heard] = {}
        self._feedback: dict[str, set[str]] = defaultdict(set)
        self._assignments: set[tuple[str, str]] = set()
        self._advice: dict[str, set[str]] = defaultdict(set)
        self.sent: list[dict[str, Any]] = []
        self.heard: list[Heard] = []

    def start(self) -> None:
        for listener in self._listeners:
            threading.Thread(target=listener.run, daemon=True).start()

    def send(self, user: str, body: bytes, *, with_user_id: bool = True, **known: Any) -> None:
        """Sends a message, and notes what is known of it. Raises Waited."""
        self._senders[user].send(body, with_user_id=with_user_id)
        confirmed_at = time.time()
        with self._news:
            self.sent.append({"user": user, "confirmed_at": confirmed_at, **known})

    def send_again(self, user: str, body: bytes) -> None:
        """As after a lost receipt. Raises Waited."""
        self._senders[user].send(body)

    def answer(self, user: str, message_id: str) -> Heard:
        """The receipt or refusal of a message, once it is heard. Raises Waited."""
        self._wait(lambda: (user, message_id) in self._answers, f"an answer to message {message_id} of {user}")
        return self._answers[user, message_id]

    def feedback(self, message_id: str, count: int) -> None:
        """Waits until so many different pieces of feedback on a message are heard. Raises Waited."""
        self._wait(lambda: len(self._feedback[message_id]) >= count, f"feedback on message {message_id}")

    def assignment(self, user: str, assignment_id: str) -> None:
        """Waits until a provider has heard of it. Raises Waited."""
        self._wait(lambda: (user, assignment_id) in self._assignments, f"{user} to hear of {assignment_id}")

    def advice(self, message_id: str, count: int) -> None:
        """Waits until so many different answers to a BIJ question are heard. Raises Waited."""
        self._wait(lambda: len(self._advice[message_id]) >= count, f"an answer to BIJ question {message_id}")

    def wait_for_news(self, count: int) -> None:
        """Waits until so much is heard. Raises Waited."""
        self._wait(lambda: len(self.heard) >= count, "anything to be heard")

    def _wait(self, is_there: Callable[[], bool], what: str) -> None:
        with self._news:
            if not self._news.wait_for(is_there, PATIENCE_SECONDS):
                raise Waited(what)

    def _hear(self, heard: Heard) -> None:
        memory = self._memories[heard["user"]]
        missed = memory.missing
        for each in memory.take(heard):
            self._note(each)
        if missed is None and memory.missing is not None:
            self._on_loss(heard["user"], memory.missing)

    def _note(self, heard: Heard) -> None:
        with self._news:
            self.heard.append(heard)
            if heard["type"] in ANSWERS:
                self._answers[heard["user"], heard["data"].get("messageId")] = heard
            elif heard["type"] == "feedback.given.v1":
                self._feedback[heard["data"]["messageId"]].add(heard["id"])
            elif heard["type"] == "bij-questions.answered.v1":
                self._advice[heard["data"]["messageId"]].add(heard["id"])
            elif heard["type"] == "assignments.sent.v1":
                self._assignments.add((heard["user"], heard["data"]["assignmentId"]))
            self._news.notify_all()
        if heard["type"] in REQUESTS:
            self._on_request(heard)
