from collections.abc import Iterator
from pathlib import Path
from typing import Any
from uuid import uuid4

import pika
import psycopg
import pytest
from nameko.runners import ServiceRunner

from shared.configuration import Address, ServiceSettings
from shared.messaging import Reader, Routes
from shared.messaging.tests import ledger
from shared.messaging.tests.ledger import Place, Start
from shared.testing.databases import Database
from shared.testing.keys import KEYS
from shared.testing.migrations import apply
from shared.testing.setup import RunningBroker


@pytest.fixture
def core_database(empty_database: Database) -> str:
    """The URL, for a service's role, of a database with the messaging tables and the test service's table."""
    with psycopg.connect(empty_database.owner_url, autocommit=True) as connection:
        apply(connection, sorted(ledger.MIGRATIONS.glob("*.sql")))
        connection.execute(ledger.TABLE)
    return empty_database.url


@pytest.fixture
def connection(core_database: str) -> Iterator[psycopg.Connection[Any]]:
    with psycopg.connect(core_database, autocommit=True) as connection:
        yield connection


@pytest.fixture
def place(core_database: str, broker: RunningBroker) -> Iterator[Place]:
    """A database, the test service's queue and exchange, and a queue bound to the exchange."""
    name = f"ledger-{uuid4().hex[:8]}"
    connection = pika.BlockingConnection(pika.URLParameters(broker.administrator_url))
    channel = connection.channel()
    channel.confirm_delivery()
    for queue in (name, f"{name}-out"):
        channel.queue_declare(queue, durable=True, arguments={"x-queue-type": "quorum"})
    channel.exchange_declare(name, "topic", durable=True)
    channel.queue_bind(f"{name}-out", name, "amounts.entered.v1")
    yield Place(core_database, broker.administrator_url, name, channel)
    for queue in (name, f"{name}-out"):
        channel.queue_delete(queue)
    channel.exchange_delete(name)
    connection.close()


@pytest.fixture
def settings(place: Place, tmp_path: Path) -> ServiceSettings:
    return ServiceSettings(
        database_url=place.database_url,
        broker_url=place.broker_url,
        http_address=Address("127.0.0.1", 0),
        houses=tmp_path,
        api_tokens=tmp_path,
        message_key=KEYS,
    )


@pytest.fixture
def start(place: Place, settings: ServiceSettings) -> Iterator[Start]:
    """Starts the test service; it is stopped at the end of the test."""
    runners: list[ServiceRunner] = []

    def run(routes: Routes = ledger.ROUTES) -> ServiceRunner:
        runner = ServiceRunner({"AMQP_URI": settings.broker_url, "settings": settings})
        runner.add_service(ledger.service(place.name, Reader(routes)))
        runner.start()
        runners.append(runner)
        return runner

    yield run
    for runner in runners:
        runner.stop()
