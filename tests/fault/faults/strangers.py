"""What partners of the house of STRANGERS send. Nothing that the oracle follows is theirs."""

from collections.abc import Iterator
from contextlib import contextmanager

import pika
from pika import BasicProperties
from pika.adapters.blocking_connection import BlockingChannel

from tests.fault.arena import Arena
from tests.fault.oracle.stores import STRANGERS

PRISONS, MUNICIPALITY = "dji", "gemeente-leiden"


@contextmanager
def stranger(arena: Arena, partner: str) -> Iterator[BlockingChannel]:
    """The channel of a partner of theirs."""
    parameters = pika.URLParameters(arena.stack.amqp_url(f"{STRANGERS}.{partner}"))
    parameters.blocked_connection_timeout = 30
    connection = pika.BlockingConnection(parameters)
    try:
        yield connection.channel()
    finally:
        if connection.is_open:
            connection.close()


def publish(channel: BlockingChannel, partner: str, body: bytes) -> None:
    user = f"{STRANGERS}.{partner}"
    properties = BasicProperties(content_type="application/cloudevents+json", delivery_mode=2, user_id=user)
    channel.basic_publish(f"partner.{user}.in", "", body, properties)
