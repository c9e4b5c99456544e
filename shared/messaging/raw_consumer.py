"""Consumes a queue without decoding its messages: kombu would decode them, and ack those with undecodable headers."""

from collections.abc import Callable
from typing import Any, NamedTuple

from amqp.serialization import PROPERTY_CLASSES, decode_properties_basic
from amqp.spec import Basic

from shared.messaging.event import Delivery

READ_BYTES = 16 * 1024


class Arrival(NamedTuple):
    """A delivery, with its channel and delivery tag for the ack."""

    delivery: Delivery
    channel: Any
    tag: int

    def ack(self, *, earlier: bool) -> None:
        """Ack this delivery, earlier: with all before it on its channel. Raises OSError if the connection is lost."""
        self.channel.basic_ack(self.tag, multiple=earlier)

    @property
    def withdrawn(self) -> bool:
        """Whether the channel is closed: the broker will deliver the message again on another channel."""
        return not self.channel.is_open


class RawConsumer:
    """A consumer of one queue. prefetch: the maximum of unacked messages on the channel."""

    def __init__(self, channel: Any, queue: str, receive: Callable[[Arrival], None], prefetch: int) -> None:
        self._channel = channel
        self._queue = queue
        self._receive = receive
        self.prefetch = prefetch

    def __enter__(self) -> "RawConsumer":
        self._channel.auto_decode = False
        self._channel.basic_qos(0, self.prefetch, False)
        self._channel.basic_consume(self._queue, consumer_tag=self._queue, callback=self._on_message)
        return self

    def __exit__(self, *error: object) -> None:
        """Nothing to undo: the caller closes the channel next."""

    def _on_message(self, message: Any) -> None:
        properties = message.properties
        body = message.body
        delivery = Delivery(
            queue=self._queue,
            body=body if isinstance(body, bytes) else str(body).encode(),
            user_id=properties.get("user_id"),
            published_at=properties.get("timestamp"),
        )
        self._receive(Arrival(delivery, self._channel, message.delivery_tag))


class RawConsumers(list[RawConsumer]):
    """The consumers of one entrypoint."""

    def cancel(self) -> None:
        """Does nothing. On a cancel, the broker would give the queue to a standby worker while this worker still holds
        unacked messages, which would come back after newer ones. Closing the connection returns them in their order."""


def read_ahead(transport: Any) -> None:
    """Read at least READ_BYTES at a time: py-amqp makes nine small reads per message, and buffers surplus bytes."""
    receive = transport._quick_recv
    transport._quick_recv = lambda size: receive(max(size, READ_BYTES))


def _decode_properties(properties: bytes, offset: int) -> tuple[dict[str, Any], int]:
    """The message's properties; none if they cannot be decoded. In py-amqp, such properties would close the connection,
    again and again, because the broker would deliver the message again."""
    try:
        return decode_properties_basic(properties, offset)  # type: ignore[no-any-return]
    except Exception:
        return {}, offset


PROPERTY_CLASSES[Basic.CLASS_ID] = _decode_properties
