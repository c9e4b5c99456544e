"""No partner, and nobody who has a partner's login, holds up the broker for others."""

import time
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager, suppress
from urllib.request import urlopen

import pika
import pytest
from pika import spec
from pika.adapters.blocking_connection import BlockingChannel
from pika.exceptions import AMQPError, ChannelClosedByBroker, ProbableAuthenticationError

from shared.testing.setup import RunningBroker
from shared.testing.waiting import wait_until
from tests.security.bounds.conftest import MOST_SILENT_SECONDS
from tests.security.bounds.unfinished import leave_unfinished
from tests.security.raw_connection import BrokerClosed, RawConnection

ATTACKER, OTHER = "hollands-midden.halt", "hollands-midden.nationale-politie"
MEBIBYTE = 1 << 20
TEXT = "Jan-de-Vries-999990019"


@pytest.fixture
def calm_broker(empty_queues: RunningBroker) -> Iterator[RunningBroker]:
    """A broker in which no connection of an earlier test is left."""
    yield empty_queues
    wait_until(lambda: not metric(empty_queues, "rabbitmq_connections"), 40)


@pytest.mark.parametrize(
    ("channels", "message_bytes"), [(400, MEBIBYTE), (16, MEBIBYTE), (1, 600 * MEBIBYTE)], ids=["400", "16", "1"]
)
def test_unfinished_messages_block_nobody(calm_broker: RunningBroker, channels: int, message_bytes: int) -> None:
    with ExitStack() as held, pytest.raises(BrokerClosed):
        connection = held.enter_context(RawConnection(calm_broker.url(ATTACKER), channels))
        leave_unfinished(connection, f"partner.{ATTACKER}.in", channels, message_bytes)
        connection.next_method()
    assert seconds_to_send(calm_broker, OTHER) < 1
    assert metric(calm_broker, "rabbitmq_alarms_memory_used_watermark") == 0


def test_ten_connections_of_unfinished_messages_block_nobody(calm_broker: RunningBroker) -> None:
    with ExitStack() as held:
        for _ in range(10):
            connection = held.enter_context(RawConnection(calm_broker.url(ATTACKER)))
            with suppress(BrokerClosed):
                leave_unfinished(connection, f"partner.{ATTACKER}.in", connection.channels, MEBIBYTE)
            assert seconds_to_send(calm_broker, OTHER) < 1


def test_a_partner_has_ten_connections_at_most(calm_broker: RunningBroker) -> None:
    with ExitStack() as held:
        for _ in range(10):
            held.enter_context(RawConnection(calm_broker.url(ATTACKER)))
        with pytest.raises(BrokerClosed, match="connection limit"):
            held.enter_context(RawConnection(calm_broker.url(ATTACKER)))
        assert seconds_to_send(calm_broker, OTHER) < 1


def test_a_partner_has_forty_channels_at_most(calm_broker: RunningBroker) -> None:
    with ExitStack() as held, pytest.raises(BrokerClosed, match="channels opened"):
        for _ in range(3):
            connection = held.enter_context(RawConnection(calm_broker.url(ATTACKER)))
            for channel in range(1, 17):
                connection.send([(channel, spec.Channel.Open())])
                connection.next_method()


def test_a_client_without_heartbeats_is_dropped_once_it_is_silent(calm_broker: RunningBroker) -> None:
    rare = 2 * MOST_SILENT_SECONDS
    with RawConnection(calm_broker.url(ATTACKER)) as none, RawConnection(calm_broker.url(OTHER), heartbeat=rare) as few:
        began = time.monotonic()
        for silent in (none, few):
            with pytest.raises(BrokerClosed, match="silent for too long"):
                silent.next_method()
        assert MOST_SILENT_SECONDS - 6 < time.monotonic() - began < MOST_SILENT_SECONDS + 6


def test_a_client_without_heartbeats_stays_as_long_as_it_says_something(calm_broker: RunningBroker) -> None:
    with RawConnection(calm_broker.url(ATTACKER)) as connection:
        for channel in range(1, 7):
            time.sleep(MOST_SILENT_SECONDS / 4)
            connection.send([(channel, spec.Channel.Open())])
            connection.next_method()


@pytest.mark.parametrize("too_many", [128 * 1024 + 1, MEBIBYTE])
def test_a_message_of_over_128_kb_is_not_taken(calm_broker: RunningBroker, too_many: int) -> None:
    with opened(calm_broker, OTHER) as channel:
        publish(channel, OTHER, bytes(128 * 1024))
        with pytest.raises(ChannelClosedByBroker, match="131072"):
            publish(channel, OTHER, bytes(too_many))


@pytest.mark.parametrize("exchange", [f"partner.{ATTACKER}.in", TEXT])
def test_no_text_of_a_client_gets_into_the_log(calm_broker: RunningBroker, exchange: str) -> None:
    """An expiring message with a text where the broker keeps its own notes; a channel closed over an invented name."""
    properties = pika.BasicProperties(expiration="1", headers={"x-death": TEXT}, delivery_mode=2)
    with suppress(AMQPError), opened(calm_broker, ATTACKER) as channel:
        for _ in range(1001):
            channel.basic_publish(exchange, "", TEXT.encode(), properties)
    with suppress(AMQPError):
        pika.BlockingConnection(pika.URLParameters(calm_broker.node.url(TEXT, "wrong", calm_broker.setup.virtual_host)))
    time.sleep(2)
    assert TEXT not in (calm_broker.node.directory / "log").read_text()


@contextmanager
def opened(broker: RunningBroker, user: str) -> Iterator[BlockingChannel]:
    """A channel with confirms, on a connection of its own that does not wait for ever while the broker is blocked."""
    parameters = pika.URLParameters(broker.url(user))
    parameters.blocked_connection_timeout = 5
    connection = pika.BlockingConnection(parameters)
    try:
        channel = connection.channel()
        channel.confirm_delivery()
        yield channel
    finally:
        if connection.is_open:
            connection.close()


def test_log_ins_that_fail_are_counted_for_the_alert(calm_broker: RunningBroker) -> None:
    failed = 'rabbitmq_auth_attempts_failed_total{protocol="amqp091"}'
    before = metric(calm_broker, failed)
    wrong = calm_broker.node.url(ATTACKER, "wrong", calm_broker.setup.virtual_host)
    for _ in range(2):
        with pytest.raises(ProbableAuthenticationError):
            pika.BlockingConnection(pika.URLParameters(wrong))
    assert wait_until(lambda: metric(calm_broker, failed) == before + 2, 10)


def publish(channel: BlockingChannel, user: str, body: bytes) -> None:
    channel.basic_publish(f"partner.{user}.in", "", body, pika.BasicProperties(delivery_mode=2), mandatory=True)


def seconds_to_send(broker: RunningBroker, user: str) -> float:
    """How long the user waits for the confirm of a message, connecting included."""
    began = time.monotonic()
    with opened(broker, user) as channel:
        publish(channel, user, b"{}")
    return time.monotonic() - began


def metric(broker: RunningBroker, name: str) -> float:
    with urlopen(broker.node.metrics_url) as response:
        lines = response.read().decode().splitlines()
    return next(float(line.split()[1]) for line in lines if line.startswith(f"{name} "))
