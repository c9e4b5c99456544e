"""MESSAGE_KEY is rotated while messages come in and events go out."""

import os
import subprocess
import sys
from base64 import b64encode
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from threading import Event, Thread
from typing import Any
from uuid import uuid4

import pika
import psycopg
import pytest
from nameko.runners import ServiceRunner
from psycopg import sql

from shared.configuration import ServiceSettings
from shared.keys import Keys
from shared.messaging import Problem, Reader
from shared.messaging.resealing import MESSAGES, STEP, left, reseal
from shared.messaging.sealing import Sealer
from shared.messaging.storage import CommandKey, CommandStore, MessageStore, ParkingStore, ReceivedMessage
from shared.messaging.tests import ledger
from shared.messaging.tests.ledger import Place, body
from shared.messaging.tests.relaying import enter, outbox_is_empty, relay, unit_at
from shared.testing.keys import KEY_TEXT, key_text
from shared.testing.waiting import wait_until

OLD, NEW = b64encode(b"o" * 32).decode(), key_text(b"n" * 32, number=2)
PHASES = (OLD, f"{OLD},{NEW}", f"{NEW},{OLD}")
"""The setting before a rotation, and in its first two steps."""


class Traffic:
    """Messages of which each fourth is wrong and each second is sent twice, until the block ends."""

    def __init__(self, place: Place) -> None:
        self.sent: list[bytes] = []
        self._place, self._ending = place, Event()

    def __enter__(self) -> "Traffic":
        self._thread = Thread(target=self._send)
        self._thread.start()
        return self

    def __exit__(self, *error: object) -> None:
        self._ending.set()
        self._thread.join()

    def _send(self) -> None:
        connection = pika.BlockingConnection(pika.URLParameters(self._place.broker_url))
        channel = connection.channel()
        while not self._ending.wait(0.02):
            self.sent.append(body(-1 if len(self.sent) % 4 == 0 else 1))
            for each in self.sent[-1:] + self.sent[-40:][:1] * (len(self.sent) % 2):
                channel.basic_publish("", self._place.name, each)
        connection.close()


@contextmanager
def processes(place: Place, settings: ServiceSettings, keys: str) -> Iterator[None]:
    """A worker and a relay with this setting."""
    changed = replace(settings, message_key=Keys.parse(keys))
    runner = ServiceRunner({"AMQP_URI": settings.broker_url, "settings": changed})
    runner.add_service(ledger.service(place.name, Reader(ledger.ROUTES)))
    runner.start()
    try:
        with relay(place, MESSAGE_KEY=keys):
            yield
    finally:
        runner.stop()


def command(place: Place, keys: str) -> int | None:
    """The exit status of `python -m shared.messaging.resealing`."""
    environment = os.environ | {"DATABASE_URL": place.database_url, "MESSAGE_KEY": keys, "MASTER_KEY": KEY_TEXT}
    process = subprocess.Popen([sys.executable, "-m", "shared.messaging.resealing"], env=environment)
    assert wait_until(lambda: process.poll() is not None, 30)
    return process.returncode


def taken(place: Place) -> int:
    return int(place.query("SELECT count(*) FROM inbox")[0][0])


def goes_on(place: Place) -> bool:
    """Whether more messages are taken, and all that was announced so far goes out."""
    so_far = taken(place)
    return wait_until(lambda: taken(place) > so_far + 40, 20) and wait_until(lambda: outbox_is_empty(place), 20)


@pytest.fixture
def relayed(place: Place) -> Iterator[Place]:
    """The place, where what the service announces arrives in the queue `<name>-out`."""
    place.channel.exchange_declare("ledger", "topic", durable=True)
    place.channel.queue_bind(f"{place.name}-out", "ledger", "amounts.entered.v1")
    yield place
    place.channel.exchange_delete("ledger")


def test_the_key_is_rotated_while_traffic_runs(relayed: Place, settings: ServiceSettings) -> None:
    place = relayed
    with Traffic(place) as traffic:
        for keys in (*PHASES, NEW):
            with processes(place, settings, keys):
                assert goes_on(place)
                if keys == PHASES[-1]:
                    assert command(place, keys) == 0
    with processes(place, settings, NEW):
        assert wait_until(lambda: taken(place) == len(traffic.sent) and outbox_is_empty(place), 20)
        assert wait_until(lambda: place.waiting(place.name) == 0, 20)
    wrong = len(traffic.sent[::4])
    right = len(traffic.sent) - wrong
    assert place.query("SELECT count(*) FROM entry") == [(right,)]
    assert place.query("SELECT kind, count(*) FROM parked GROUP BY kind") == [("rejected", wrong)]
    assert len({message["id"] for message in place.received(right)}) == right
    with psycopg.connect(place.database_url, autocommit=True) as connection:
        assert left(connection, Keys.parse(NEW), MESSAGES) == 0
        parked = connection.execute("SELECT body FROM parked").fetchall()
    assert {Keys.parse(NEW).open(each, b"parked") for (each,) in parked} == set(traffic.sent[::4])


KEEP = """
INSERT INTO stream_messages (stream, sequence, message_id, ordering_key, correlation_id, body)
SELECT 'north.police', position, message_id, ordering_key, correlation_id, body FROM outbox
"""

UNEXPECTED = Problem("", "failed unexpectedly", "unexpected")


def fill(connection: psycopg.Connection[Any], sealer: Sealer, rows: int) -> None:
    """So many rows in every table that is sealed."""
    messages, commands = MessageStore(connection, sealer), CommandStore(connection, sealer)
    for _ in range(rows):
        key = CommandKey("north", "director", uuid4())
        received = ReceivedMessage("ledger", "services", key.key, b"body", None)
        messages.postpone(received, ordering_key=key.key, attempts=0, reason="not yet", delay=60)
        for sealed in (False, True):
            problems = (UNEXPECTED,)
            messages.park(received, kind="unexpected", problems=problems, house="north", answered=False, sealed=sealed)
        commands.enter(key, b"content")
        commands.keep(key, status=200, headers={}, body=b"body")
    connection.execute(KEEP)
    parking = ParkingStore(connection, sealer)
    for (id,) in connection.execute("SELECT id FROM parked").fetchall():
        message = parking.hold(id)
        assert message
        parking.keep_original(parking.log("corrected", message, {"who": "somebody", "why": "a slip"}), b"body")


@pytest.fixture
def filled(place: Place) -> Iterator[psycopg.Connection[Any]]:
    """A database that is sealed with the older key, more rows in each table than one step takes."""
    with unit_at(place, Keys.parse(OLD)) as unit:
        enter(unit, *range(STEP + 1))
    with psycopg.connect(place.database_url, autocommit=True) as connection:
        with connection.pipeline():
            fill(connection, Sealer(Keys.parse(OLD)), STEP + 1)
        yield connection


def test_every_table_is_sealed_anew(filled: psycopg.Connection[Any]) -> None:
    before = left(filled, Keys.parse(f"{NEW},{OLD}"), MESSAGES)
    assert before == len(MESSAGES) * (STEP + 1)
    assert reseal(filled, Keys.parse(f"{NEW},{OLD}"), MESSAGES) == 0
    for column in MESSAGES:
        query = sql.SQL("SELECT {}, {} FROM {}").format(
            sql.SQL(", ").join(map(sql.Identifier, column.key)),
            sql.Identifier(column.column),
            sql.Identifier(column.table),
        )
        for *key, sealed in filled.execute(query).fetchall():
            Keys.parse(NEW).open(sealed, column.context(*key))


def test_rows_that_somebody_else_has_locked_are_not_waited_for(filled: psycopg.Connection[Any], place: Place) -> None:
    keys = Keys.parse(f"{NEW},{OLD}")
    with psycopg.connect(place.database_url) as other:
        other.execute("SELECT FROM outbox ORDER BY position LIMIT 3 FOR UPDATE")
        assert reseal(filled, keys, MESSAGES) == 3
    assert reseal(filled, keys, MESSAGES) == 0


def test_what_no_key_opens_stays_as_it_is_and_is_counted(filled: psycopg.Connection[Any]) -> None:
    other = Sealer(Keys.parse(key_text(b"x" * 32, number=7)))
    filled.execute("UPDATE postponed SET body = %s WHERE position = 1", [other.seal(b"body", "postponed")])
    assert reseal(filled, Keys.parse(f"{NEW},{OLD}"), MESSAGES) == 1


def test_a_key_without_number_seals_nothing_anew(place: Place, capfd: pytest.CaptureFixture[str]) -> None:
    assert command(place, OLD) == 0
    assert command(place, PHASES[1]) == 1
    assert "the first key has no number" in capfd.readouterr().err
