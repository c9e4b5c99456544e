from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any
from uuid import UUID, uuid4

import pika
import psycopg
import pytest
from nameko.containers import ServiceContainer
from nameko.runners import ServiceRunner

from shared.configuration import Address, ServiceSettings
from shared.messaging import Delivery, Reader, Routes, UnitOfWork
from shared.messaging.brake import Brake
from shared.messaging.entrypoint import Batch, consume
from shared.messaging.sealing import Sealer
from shared.messaging.taking import Taker
from shared.messaging.tests import ledger
from shared.messaging.tests.ledger import Place, Start
from shared.messaging.tests.seeing_to import CALLERS, Desk, Operator
from shared.messaging.units import Units
from shared.runner import nameko_config
from shared.testing.callers import token_file
from shared.testing.databases import Database
from shared.testing.keys import KEYS
from shared.testing.migrations import apply
from shared.testing.setup import RunningBroker
from shared.testing.waiting import free_ports
from shared.web import COMMON, PARKING, Health, serve


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
        master_key=KEYS,
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


@pytest.fixture
def operator(place: Place, settings: ServiceSettings, capsysbinary: pytest.CaptureFixture[bytes]) -> Operator:
    return Operator(place, settings, capsysbinary)


@pytest.fixture
def take(place: Place, settings: ServiceSettings) -> Any:
    """Takes messages with these bodies, like a worker without a broker; returns the number of messages by outcome."""
    sealer = Sealer(settings.message_key)

    def build(connection: Any, correlation_id: UUID) -> UnitOfWork:
        return UnitOfWork(connection=connection, publishing=ledger.publishing(sealer), correlation_id=correlation_id)

    def take(*bodies: bytes, reader: Reader | None = None) -> dict[str, int]:
        taker = Taker(reader or Reader(ledger.ROUTES), sealer, build)
        with psycopg.connect(place.database_url, autocommit=True) as connection:
            if bodies:
                tally = taker.take(connection, [Delivery(queue=place.name, body=each) for each in bodies], Brake())
            else:
                tally = taker.take_postponed(connection, [place.name])
        return {outcome: count for (_, outcome), count in tally.items()}

    return take


@pytest.fixture
def desk(place: Place, settings: ServiceSettings, tmp_path: Path) -> Iterator[Desk]:
    idle = f"{place.name}-idle"
    place.channel.queue_declare(idle)

    class Ledger:
        name = "ledger"
        health = Health()
        answer = serve(COMMON | PARKING)
        units = Units(ledger.unit_factory, ledger.PUBLISHES, sealing_fields={"secret"})

        @consume(lambda settings: [idle], ledger.ROUTES)
        def take(self, batch: Batch) -> None:
            self.units.take(batch)

    address = Address("127.0.0.1", free_ports(1)[0])
    own = replace(settings, http_address=address, api_tokens=token_file(tmp_path, CALLERS))
    container = ServiceContainer(Ledger, nameko_config(own))
    container.start()
    yield Desk(f"http://{address}", place, Sealer(settings.message_key))
    container.stop()
    place.channel.queue_delete(idle)
