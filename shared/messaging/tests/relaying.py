"""A relay in a separate process, and announcements in its outbox."""

import os
import subprocess
import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from typing import BinaryIO
from uuid import UUID, uuid4

import psycopg

from shared.crash_points import CrashPoint
from shared.keys import Keys
from shared.messaging.publishing import Publishing
from shared.messaging.sealing import Sealer
from shared.messaging.tests.ledger import PUBLISHES, WHEN, Entered, Place
from shared.messaging.unit import UnitOfWork
from shared.testing.keys import KEY_TEXT, KEYS
from shared.testing.waiting import free_ports

CRASHING = """
import os, runpy, signal, sys
from itertools import count
from shared import crash_points

point, times = sys.argv.pop(), count(1)
def passing(passed):
    if passed == point and next(times) == 3:
        os.kill(os.getpid(), signal.SIGKILL)
crash_points.passing = passing
runpy.run_module("shared.messaging.relay", run_name="__main__", alter_sys=True)
"""
HASTY = """
import sys
from shared.configuration import from_environment
from shared.messaging import pace, relay
from shared.messaging.relay_settings import RelaySettings

pace.LONGEST_HOLD_SECONDS, pace.REFUSING_SECONDS, pace.LONGEST_REFUSING_SECONDS = 0.05, 0.2, 0.2
relay.LOOK_AGAIN_SECONDS, relay.RECONNECT_SECONDS = 0.01, 0.05
relay.keep_running(from_environment(RelaySettings), sys.argv[1])
"""


@contextmanager
def relay(place: Place, **settings: str) -> Iterator[subprocess.Popen[bytes]]:
    """settings: further environment variables."""
    with _process(place, ["-m", "shared.messaging.relay", "ledger"], settings) as process:
        yield process


@contextmanager
def relay_with_log(place: Place, log: BinaryIO) -> Iterator[subprocess.Popen[bytes]]:
    """A relay that writes its lines there."""
    with _process(place, ["-m", "shared.messaging.relay", "ledger"], {}, log) as process:
        yield process


@contextmanager
def hasty_relay(place: Place) -> Iterator[subprocess.Popen[bytes]]:
    """A relay with short times: takes a new connection after 0.2 seconds of nacks."""
    with _process(place, ["-c", HASTY, "ledger"], {}) as process:
        yield process


def relay_that_crashes(place: Place, point: CrashPoint) -> None:
    """Run a relay that is killed the third time it passes the crash point."""
    with _process(place, ["-c", CRASHING, "ledger", point], {}) as process:
        process.wait(15)


@contextmanager
def _process(
    place: Place, arguments: Sequence[str], settings: dict[str, str], log: BinaryIO | None = None
) -> Iterator[subprocess.Popen[bytes]]:
    environment = os.environ | {
        "DATABASE_URL": place.database_url,
        "BROKER_URL": place.broker_url,
        "MESSAGE_KEY": KEY_TEXT,
        "RELAY_HTTP_ADDRESS": f"127.0.0.1:{free_ports(1)[0]}",
    }
    process = subprocess.Popen([sys.executable, *arguments], env=environment | settings, stdout=log, stderr=log)
    try:
        yield process
    finally:
        if process.poll() is None:
            process.terminate()
        process.wait(15)


@contextmanager
def unit_at(place: Place, keys: Keys = KEYS) -> Iterator[UnitOfWork]:
    """A unit of work; its commit notifies the relay. keys: seal the announced events."""
    with psycopg.connect(place.database_url) as connection:
        publishing = Publishing(place.name, PUBLISHES, Sealer(keys))
        unit = UnitOfWork(connection=connection, publishing=publishing, correlation_id=uuid4())
        yield unit
        unit.flush()
        connection.execute("SELECT pg_notify('outbox', '')")


def announce(place: Place, *amounts: int, case_id: UUID | None = None, to: str | None = None) -> None:
    with unit_at(place) as unit:
        enter(unit, *amounts, case_id=case_id, to=to)


def enter(unit: UnitOfWork, *amounts: int, case_id: UUID | None = None, to: str | None = None) -> None:
    for amount in amounts:
        unit.announce(Entered(amount), house="h", case_id=case_id or uuid4(), time=WHEN, to=to)


def outbox_is_empty(place: Place) -> bool:
    return place.query("SELECT count(*) FROM outbox") == [(0,)]
