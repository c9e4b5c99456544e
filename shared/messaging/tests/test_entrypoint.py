"""A nameko service that takes batches from a real queue."""

import time
from typing import Any
from uuid import uuid4

import eventlet
import pika
import pytest
from prometheus_client import REGISTRY

from shared.messaging import Event, Route, Routes, UnitOfWork
from shared.messaging.entrypoint import MOST_HELD, PREFETCH, BatchConsumer, BatchQueueConsumer
from shared.messaging.tests import ledger
from shared.messaging.tests.ledger import Place, Start, body
from shared.testing.waiting import wait_until
from shared.web.health import Checked


def entries(place: Place) -> int:
    return int(place.query("SELECT count(*) FROM entry")[0][0])


def test_messages_take_effect_and_leave_the_queue(place: Place, start: Start) -> None:
    place.send(*(body(amount) for amount in range(14, 99)))
    start()
    assert wait_until(lambda: entries(place) == 85, 10)
    assert wait_until(lambda: place.waiting(place.name) == 0, 5)


def test_poison_is_parked_and_its_neighbours_go_through(place: Place, start: Start) -> None:
    start()
    place.send(body(1), b"poison", body(2))
    assert wait_until(lambda: entries(place) == 2, 10)
    assert place.query("SELECT queue, kind FROM parked") == [(place.name, "rejected")]


@pytest.mark.parametrize(
    "properties",
    [
        {"content_encoding": "no-such-code"},
        {"headers": {"compression": "zlib"}},
        {"headers": {"nameko.call_id_stack": "no list"}},
        {"timestamp": 1425211200},
        {"timestamp": 2**63 - 1},
    ],
)
def test_properties_that_a_sender_chooses_do_no_harm(place: Place, start: Start, properties: dict[str, Any]) -> None:
    start()
    place.channel.basic_publish("", place.name, body(1), pika.BasicProperties(**properties))
    assert wait_until(lambda: entries(place) == 1, 10)


@pytest.mark.parametrize(("queues", "prefetch"), [(1, PREFETCH), (32, MOST_HELD // 32), (5000, 1)])
def test_queues_share_what_a_worker_holds(queues: int, prefetch: int) -> None:
    consumer = BatchConsumer(lambda _: [], Routes())
    consumer.queues = [str(number) for number in range(queues)]
    assert consumer.consumer(None, "1").prefetch == prefetch


def test_a_stop_while_the_broker_does_not_serve_the_queue_ends(place: Place, start: Start) -> None:
    runner = start()
    place.channel.queue_delete(place.name)
    time.sleep(3)
    with eventlet.Timeout(10):
        runner.stop()


class HugeTime(pika.BasicProperties):
    """A header of the AMQP type timestamp, far beyond the year 9999."""

    def encode(self) -> Any:
        number = b"\x00\x00\x00\x7f\xff\xff\xff\xff"
        return [piece.replace(b"l" + number, b"T" + number) for piece in super().encode()]


@pytest.mark.parametrize(
    "properties",
    [
        pytest.param(pika.BasicProperties(message_id=b"\xff\xfe"), id="message_id"),
        pytest.param(pika.BasicProperties(content_type=b"\xff\xfe"), id="content_type"),
        pytest.param(HugeTime(headers={"t": 0x7FFFFFFFFF}), id="header"),
    ],
)
def test_properties_that_can_not_be_decoded_do_not_stop_the_service(
    place: Place, start: Start, properties: Any
) -> None:
    start()
    place.channel.basic_publish("", place.name, body(1), properties)
    place.send(body(2))
    assert wait_until(lambda: entries(place) == 2, 10)


def test_readiness_asks_the_database_and_the_broker(place: Place, start: Start) -> None:
    (container,) = start().containers
    checked = [extension for extension in container.extensions if isinstance(extension, Checked)]
    assert {type(extension).__name__ for extension in checked} == {"Units", "BatchQueueConsumer"}
    assert [extension.why_not_ready() for extension in checked] == [None, None]
    place.channel.queue_delete(place.name)
    queue_consumer = next(extension for extension in checked if isinstance(extension, BatchQueueConsumer))
    assert wait_until(lambda: queue_consumer.why_not_ready() is not None, 10)


def test_a_stop_finishes_what_is_in_hand_and_gives_back_the_rest(place: Place, start: Start) -> None:
    place.send(*(body(50) for _ in range(2000)))
    runner = start()
    assert wait_until(lambda: entries(place) > 0, 10)
    runner.stop()
    assert wait_until(lambda: place.waiting(place.name) == 2000 - entries(place), 15)


def enter_unhurried(event: Event[ledger.Amount], unit: UnitOfWork) -> None:
    eventlet.sleep(0.01)
    ledger.enter(event, unit)


def test_a_stop_hands_over_in_order_to_who_stands_by(place: Place, start: Start) -> None:
    place.channel.queue_delete(place.name)
    time.sleep(1)
    one_at_a_time = {"x-queue-type": "quorum", "x-single-active-consumer": True}
    place.channel.queue_declare(place.name, durable=True, arguments=one_at_a_time)
    unhurried = Routes(Route("amounts.sent.v1", ledger.Amount, enter_unhurried))
    active, standby = start(unhurried), start(unhurried)
    amounts = range(100, 1000)
    place.send(*(body(amount) for amount in amounts))
    assert wait_until(lambda: entries(place) > 0, 10, interval=0.01)
    assert entries(place) < len(amounts), "there is nothing to hand over"
    active.stop()
    assert wait_until(lambda: entries(place) == len(amounts), 20)
    standby.stop()
    taken = place.query("SELECT amount FROM entry JOIN inbox USING (message_id) ORDER BY received_at")
    assert [amount for (amount,) in taken] == list(amounts)


def test_consuming_goes_on_after_the_broker_cancelled_it(place: Place, start: Start) -> None:
    start()
    place.send(body(1))
    assert wait_until(lambda: entries(place) == 1, 10)
    place.channel.queue_delete(place.name)
    time.sleep(2)  # a queue of the same name at once would keep the broker from telling the consumer
    place.channel.queue_declare(place.name, durable=True, arguments={"x-queue-type": "quorum"})
    place.send(body(2))
    assert wait_until(lambda: entries(place) == 2, 20)


def test_a_database_that_went_away_costs_a_pause_and_no_message(place: Place, start: Start) -> None:
    start()
    place.send(body(1))
    assert wait_until(lambda: entries(place) == 1, 10)
    place.query("SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE application_name = 'ketenhuis'")
    place.send(body(2))
    assert wait_until(lambda: entries(place) == 2, 20)
    assert place.query("SELECT count(*) FROM parked") == [(0,)]


def test_what_is_postponed_is_tried_again(place: Place, start: Start) -> None:
    start()
    place.send(body(7, case_id=uuid4()))
    assert wait_until(lambda: place.query("SELECT attempts >= 2 FROM postponed") == [(True,)], 15)


def test_what_is_set_aside_is_measured_with_the_age_of_the_oldest(place: Place, start: Start) -> None:
    start()
    place.send(body(-1), body(7), body(7))
    names = ("messaging_parked", "messaging_postponed", "messaging_postponed_oldest_seconds")

    def measured() -> list[float]:
        return [REGISTRY.get_sample_value(name, {"queue": place.name}) or 0.0 for name in names]

    assert wait_until(lambda: measured()[:2] == [1, 2], 15)
    assert wait_until(lambda: measured()[2] > 5, 15)
    assert REGISTRY.get_sample_value("messaging_pauses_total", {"reason": "braked"}) is not None
