"""Several workers of a service: they divide its queues, and take over the queues of a stopped worker."""

import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from uuid import UUID, uuid4

import pika
import pytest

from shared.messaging.slices import SLICES, EventQueues, slice_key, slices_of
from shared.messaging.tests.ledger import Place, body
from shared.testing.keys import KEY_TEXT
from shared.testing.waiting import wait_until

SHARDS = 4
CASES = [uuid4() for _ in range(40)]
QUORUM = {"x-queue-type": "quorum", "x-single-active-consumer": True}
WORKER = """
import eventlet
eventlet.monkey_patch()

import sys
from shared.configuration import ServiceSettings, from_environment
from shared.messaging import Reader, Route, Routes
from shared.messaging.tests import ledger
from shared.runner import run_service

def enter_unhurried(event, unit):
    eventlet.sleep(0.003)
    ledger.enter(event, unit)

routes = Routes(Route("amounts.sent.v1", ledger.Amount, enter_unhurried))
run_service(ledger.service(sys.argv[1], Reader(routes)), from_environment(ServiceSettings))
"""
"""A worker with a slow handler, so that a batch is being taken at any moment."""
SHARES = """
SELECT count(*) FROM pg_locks JOIN pg_database ON oid = database
WHERE locktype = 'advisory' AND mode = 'ExclusiveLock' AND granted AND datname = current_database() GROUP BY pid
"""


@pytest.fixture
def sharded(place: Place) -> Iterator[Place]:
    """The place with shards in place of its queue, bound to an exchange by slice."""
    entry, queues = f"{place.name}.in", EventQueues(place.name).named(SHARDS)
    place.channel.exchange_declare(entry, "direct", durable=True)
    for shard, queue in enumerate(queues, start=1):
        place.channel.queue_declare(queue, durable=True, arguments=QUORUM)
        for each in slices_of(shard, SHARDS):
            place.channel.queue_bind(queue, entry, slice_key(each))
    yield place
    for queue in queues:
        place.channel.queue_delete(queue)
    place.channel.exchange_delete(entry)


@contextmanager
def worker(place: Place) -> Iterator[subprocess.Popen[bytes]]:
    environment = os.environ | {
        "DATABASE_URL": place.database_url,
        "BROKER_URL": place.broker_url,
        "MESSAGE_KEY": KEY_TEXT,
        "MASTER_KEY": KEY_TEXT,
        "API_TOKENS": "none",
        "EVENT_SHARDS": str(SHARDS),
        "PSYCOPG_WAIT_FUNC": "wait_selector",
    }
    process = subprocess.Popen([sys.executable, "-c", WORKER, place.name], env=environment)
    try:
        yield process
    finally:
        if process.poll() is None:
            process.terminate()
        process.wait(30)


def send(place: Place, amounts: range) -> None:
    for amount in amounts:
        for case in CASES:
            key = slice_key(case.bytes[-1] % len(SLICES) + 1)
            place.channel.basic_publish(f"{place.name}.in", key, body(amount, case_id=case), mandatory=True)


def have(place: Place, *shares: int) -> bool:
    """Whether the workers get these numbers of queues."""
    return wait_until(lambda: sorted(count for (count,) in place.query(SHARES)) == [*shares], 30)


def has_taken(place: Place, amounts: range, seconds: float = 60) -> bool:
    return wait_until(lambda: place.query("SELECT count(*) FROM entry") == [(len(amounts) * len(CASES),)], seconds)


def taken(place: Place) -> dict[UUID, list[int]]:
    """The amounts of each case in the order of their effects."""
    taken_when = "SELECT case_id, amount FROM entry JOIN inbox USING (message_id) ORDER BY received_at"
    amounts: dict[UUID, list[int]] = {}
    for case, amount in place.query(taken_when):
        amounts.setdefault(case, []).append(amount)
    return amounts


def in_order(amounts: range) -> dict[UUID, list[int]]:
    return {case: list(amounts) for case in CASES}


AMOUNTS = range(100, 160)


def test_each_worker_has_its_part_and_the_order_of_each_case_is_kept_when_one_joins_and_one_is_killed(
    sharded: Place,
) -> None:
    with worker(sharded) as first, worker(sharded):
        assert have(sharded, 2, 2)
        send(sharded, AMOUNTS[:20])
        with worker(sharded):
            send(sharded, AMOUNTS[20:40])
            assert have(sharded, 1, 1, 2)
            send(sharded, AMOUNTS[40:])
            first.kill()
            assert have(sharded, 2, 2)
            assert has_taken(sharded, AMOUNTS)
    assert taken(sharded) == in_order(AMOUNTS)


def test_one_that_stands_still_is_taken_over(sharded: Place) -> None:
    with worker(sharded) as frozen, worker(sharded):
        assert have(sharded, 2, 2)
        send(sharded, AMOUNTS)
        frozen.send_signal(signal.SIGSTOP)
        try:
            assert has_taken(sharded, AMOUNTS, seconds=90)
        finally:
            frozen.send_signal(signal.SIGCONT)
        assert have(sharded, 2, 2)
    assert taken(sharded) == in_order(AMOUNTS)


def test_all_go_on_when_the_database_forgets_who_has_what(sharded: Place) -> None:
    with ExitStack() as workers:
        for _ in range(2):
            workers.enter_context(worker(sharded))
        assert have(sharded, 2, 2)
        send(sharded, AMOUNTS)
        sharded.query("SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE application_name LIKE 'ketenhuis%'")
        assert has_taken(sharded, AMOUNTS)
        assert have(sharded, 2, 2)
    assert taken(sharded) == in_order(AMOUNTS)


def test_who_has_no_queue_stands_by(sharded: Place) -> None:
    with ExitStack() as workers:
        running = [workers.enter_context(worker(sharded)) for _ in range(SHARDS + 1)]
        assert have(sharded, 1, 1, 1, 1)
        for each in running[:SHARDS]:
            each.kill()
        assert have(sharded, 4)
        send(sharded, AMOUNTS)
        assert has_taken(sharded, AMOUNTS)


def test_properties_that_name_a_case_bring_an_event_to_its_shard(sharded: Place) -> None:
    """Publish like a relay: to the publisher's exchange, with the type and the slice as routing keys."""
    sharded.channel.exchange_bind(f"{sharded.name}.in", sharded.name, "amounts.moved.v1")
    for each in SLICES:
        properties = pika.BasicProperties(headers={"CC": [slice_key(each)]})
        sharded.channel.basic_publish(sharded.name, "amounts.moved.v1", b"", properties, mandatory=True)
    queues = EventQueues(sharded.name).named(SHARDS)
    assert wait_until(lambda: [sharded.waiting(queue) for queue in queues] == [4, 4, 4, 4], 5)
