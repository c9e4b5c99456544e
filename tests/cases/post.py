"""A partner of a case: sends a message, waits for the answer, and keeps what else comes."""

import json
import time
from dataclasses import dataclass, field
from typing import Any
from uuid import uuid4

import pika
from pika.adapters.blocking_connection import BlockingChannel

from replay.players.platform import PATIENCE_SECONDS, Platform, PlayFailed
from shared.messaging.envelope import TYPE_PREFIX

ANSWERS = ("messages.accepted.v1", "messages.refused.v1")
BYTE_ORDER_MARK = b"\xef\xbb\xbf"


@dataclass
class PartnerPost:
    """One partner's exchange and queue. heard: every message that came, the oldest first."""

    platform: Platform
    user: str
    source: str
    heard: list[dict[str, Any]] = field(default_factory=list)

    def __post_init__(self) -> None:
        self._connection = pika.BlockingConnection(pika.URLParameters(self.platform.amqp_url(self.user)))
        self._channel = self._connection.channel()
        self._channel.confirm_delivery()
        self._channel.basic_consume(f"partner.{self.user}.out", self._hear)

    def close(self) -> None:
        self._connection.close()

    def envelope(self, message: dict[str, Any], moment: str) -> dict[str, Any]:
        """The message of a step with the attributes that it leaves out."""
        left_out = {"specversion": "1.0", "id": str(uuid4()), "source": self.source, "time": moment}
        return left_out | {"datacontenttype": "application/json"} | message | {"type": TYPE_PREFIX + message["type"]}

    def send(self, body: bytes, message_id: str) -> dict[str, Any]:
        """The answer to a message. Raises PlayFailed if none comes."""
        known = len(self.heard)
        properties = pika.BasicProperties(
            content_type="application/cloudevents+json", delivery_mode=2, user_id=self.user
        )
        self._channel.basic_publish(f"partner.{self.user}.in", "", body, properties, mandatory=True)
        deadline = time.monotonic() + PATIENCE_SECONDS
        while time.monotonic() < deadline:
            for message in self.heard[known:]:
                if _answers(message, message_id):
                    return message
            self.listen()
        raise PlayFailed(f"{self.user} got no answer")

    def listen(self) -> None:
        """Take in what has come, for a fifth of a second at most."""
        self._connection.process_data_events(time_limit=0.2)

    def _hear(self, channel: BlockingChannel, method: Any, _: Any, body: bytes) -> None:
        self.heard.append(json.loads(body))
        channel.basic_ack(method.delivery_tag)


def _answers(message: dict[str, Any], message_id: str) -> bool:
    """Whether a message is the receipt or refusal of the message with this id, in whatever spelling."""
    told = message["data"].get("messageId")
    return message["type"].removeprefix(TYPE_PREFIX) in ANSWERS and (told is None or _plain(told) == _plain(message_id))


def _plain(message_id: str) -> str:
    return message_id.replace("-", "").lower()
