"""A partner's system: its own user, its own exchange to write to, its own queue to read from."""

import json
import time
from collections.abc import Callable
from contextlib import suppress
from typing import Any
from uuid import UUID

import pika
from pika.exceptions import AMQPError, NackError

from replay.players.letters import Letter
from replay.players.platform import PATIENCE_SECONDS, PlayFailed

PREFETCH = 500


class PartnerSystem:
    """Sends letters and notes what comes back. After a lost connection, what was not answered is sent again: a message
    that was taken already has no second effect and gets its answer once more."""

    def __init__(self, connect: Callable[[], pika.BlockingConnection], user: str) -> None:
        self._connect = connect
        self._user = user
        self._connection: pika.BlockingConnection | None = None
        self.unanswered: dict[UUID, Letter] = {}
        self.unreadable: list[Letter] = []
        self.accepted: dict[UUID, dict[str, Any]] = {}
        self.refused: dict[UUID, dict[str, Any]] = {}
        self.requests: dict[str, dict[str, Any]] = {}
        self.reminders: dict[str, str] = {}
        self.feedback: dict[str, dict[str, Any]] = {}
        self.assignments: set[str] = set()
        self.advices: set[str] = set()
        self.bij_answers: dict[str, str] = {}

    def send(self, letter: Letter) -> None:
        """Hand a letter to the broker and wait for its confirm."""
        if letter.id is None:
            self.unreadable.append(letter)
        else:
            self.unanswered[letter.id] = letter
        self._work(lambda: self._publish(letter))

    def listen(self) -> None:
        """Take in what has come."""
        self._work(lambda: self._connection and self._connection.process_data_events(time_limit=0))

    @property
    def waits(self) -> int:
        """How many letters have no answer yet."""
        return len(self.unanswered) + len(self.unreadable)

    def close(self) -> None:
        """Also when the connection is lost by now, which nobody has noticed."""
        with suppress(AMQPError, OSError):
            if self._connection and self._connection.is_open:
                self._connection.close()

    def _work(self, step: Callable[[], Any]) -> None:
        """Do a step on an open connection; after a lost one, send again what has no answer, which includes it."""
        deadline = time.monotonic() + PATIENCE_SECONDS
        again = False
        while True:
            try:
                if self._connection is None or not self._connection.is_open:
                    self._open()
                if again:
                    for letter in [*self.unanswered.values(), *self.unreadable]:
                        self._publish(letter)
                else:
                    step()
                return
            except (AMQPError, OSError) as error:
                if time.monotonic() > deadline:
                    raise PlayFailed(f"the broker does not serve {self._user}: {type(error).__name__}") from error
                again = not isinstance(error, NackError)
                time.sleep(0.2)

    def _open(self) -> None:
        self._connection = self._connect()
        self._channel = self._connection.channel()
        self._channel.confirm_delivery()
        self._channel.basic_qos(prefetch_count=PREFETCH)
        self._channel.basic_consume(f"partner.{self._user}.out", self._on_message)

    def _publish(self, letter: Letter) -> None:
        properties = pika.BasicProperties(
            content_type="application/cloudevents+json", delivery_mode=2, user_id=self._user
        )
        self._channel.basic_publish(f"partner.{self._user}.in", "", letter.body, properties, mandatory=True)

    def _on_message(self, channel: Any, method: Any, _: Any, body: bytes) -> None:
        document = json.loads(body)
        data = document["data"]
        match document["type"].removeprefix("nl.ketenhuis."):
            case "messages.accepted.v1":
                self._answered(data, self.accepted)
            case "messages.refused.v1":
                self._answered(data, self.refused)
            case "information-requests.sent.v1" | "information-requests.sent.v2":
                self.requests[data["requestId"]] = document
            case "reminders.sent.v1":
                self.reminders[document["id"]] = data["requestId"]
            case "feedback.given.v1":
                self.feedback[document["id"]] = data
            case "bij-questions.answered.v1":
                self.bij_answers[document["id"]] = data["messageId"]
            case "zsm-advices.sent.v1":
                self.advices.add(data["adviceId"])
            case "assignments.sent.v1":
                self.assignments.add(data["assignmentId"])
        channel.basic_ack(method.delivery_tag)

    def _answered(self, data: dict[str, Any], answers: dict[UUID, dict[str, Any]]) -> None:
        if "messageId" not in data:
            if self.unreadable:
                self.unreadable.pop(0)
            return
        message_id = UUID(data["messageId"])
        self.unanswered.pop(message_id, None)
        answers[message_id] = data
