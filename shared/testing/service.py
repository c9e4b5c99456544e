"""A service that runs in the tests' own process, as its neighbours and callers see it.

A pytest plugin: it gives the fixture `start_service`.
"""

import json
from collections.abc import Iterator, Mapping
from contextlib import AbstractContextManager, ExitStack, suppress
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from types import SimpleNamespace
from typing import Any, Protocol
from uuid import UUID, uuid4

import pika
import psycopg
import pytest
import requests
from nameko.containers import ServiceContainer
from prometheus_client.parser import text_string_to_metric_families
from psycopg import sql
from psycopg.errors import DeadlockDetected
from uuid_utils.compat import uuid7

from shared.configuration import Address, ServiceSettings
from shared.messaging.envelope import Envelope, encode
from shared.messaging.sealing import Sealer
from shared.messaging.units import Units
from shared.runner import nameko_config
from shared.testing.callers import token_file
from shared.testing.databases import Database, Databases
from shared.testing.keys import KEYS
from shared.testing.outbox import outbox_of
from shared.testing.setup import RunningBroker
from shared.testing.waiting import free_ports

WHEN = datetime(2015, 3, 10, 12, tzinfo=UTC)
TRIES = 5


class Service(Protocol):
    """A nameko service class with a `Units`."""

    name: str


@dataclass(frozen=True)
class Answer:
    """An HTTP answer. Two are the same when they say the same: headers tell of the one request."""

    status: int
    text: str
    headers: Mapping[str, str] = field(compare=False)

    @property
    def body(self) -> Any:
        """Its JSON."""
        return json.loads(self.text)

    @property
    def wrong_fields(self) -> list[str]:
        return [problem["field"] for problem in self.body["errors"]]


@dataclass(frozen=True, kw_only=True)
class RunningService:
    """The service, and what it is reached by. `caller` makes the requests unless another is named.

    as_service, as_owner: connections to its database that commit each statement, open because opening one takes as long
    as much of a test.
    """

    address: Address
    database: Database
    as_service: psycopg.Connection[Any]
    as_owner: psycopg.Connection[Any]
    broker: RunningBroker
    units: Units
    house: str
    caller: str

    def send(
        self,
        sender: str,
        type: str,
        data: Mapping[str, Any],
        *,
        case_id: UUID | None,
        house: str = "",
        time: datetime = WHEN,
        id: UUID | None = None,
    ) -> None:
        """Publish an event as the service `sender` does, with a field more than its readers know.

        id: by default greater than any before it, as a service's ids are.
        """
        envelope = Envelope(
            id=id or uuid7(),
            source=f"urn:nld:ketenhuis:{sender}",
            type=type,
            subject=case_id,
            time=time,
            house=house or self.house,
            data={**data, "somethingNewer": True},
        )
        connection = pika.BlockingConnection(pika.URLParameters(self.broker.administrator_url))
        connection.channel().basic_publish(sender, type, encode(envelope))
        connection.close()

    def get(self, path: str, caller: str = "", **query: str) -> Answer:
        return self._request("GET", path, caller, {}, params=query)

    def post(
        self, path: str, body: Any, caller: str = "", *, key: UUID | None = None, version: int | None = None
    ) -> Answer:
        """Give a command. key: by default one of its own. version: the one that it changes, if that must be named."""
        headers = {"Idempotency-Key": str(key or uuid4())}
        if version is not None:
            headers["If-Match"] = f'"{version}"'
        return self._request("POST", path, caller, headers, json=body)

    def _request(self, method: str, path: str, caller: str, headers: Mapping[str, str], **content: Any) -> Answer:
        sent = {"Authorization": f"Bearer {caller or self.caller}", "Connection": "close", **headers}
        response = requests.request(method, f"http://{self.address}{path}", headers=sent, timeout=10, **content)
        return Answer(response.status_code, response.text, response.headers)

    def metric(self, name: str, **labels: str) -> float:
        """What Prometheus would read; 0 for a series that is not there."""
        families = text_string_to_metric_families(self.get("/metrics").text)
        samples = (sample for family in families for sample in family.samples)
        return next((each.value for each in samples if (each.name, each.labels) == (name, labels)), 0.0)

    def begin(self) -> AbstractContextManager[Any]:
        """The unit of work of a command that does not come over HTTP."""
        return self.units.begin(SimpleNamespace(correlation_id=uuid4()))

    def announced(self, type: str) -> list[dict[str, Any]]:
        """The events of a type that wait in the outbox, in order, with all their attributes."""
        rows = outbox_of(self.as_service, Sealer(KEYS))
        return [row["event"] for row in rows if row["routing_key"] == type]

    def parked(self) -> list[list[list[str]]]:
        """The problems of each parked message: field and reason."""
        rows = self.as_service.execute("SELECT problems FROM parked ORDER BY id").fetchall()
        return [[[field, reason] for field, reason, _ in problems] for (problems,) in rows]

    def audited(self, operation: str) -> list[tuple[Any, ...]]:
        """The entries of an operation in the audit log: kind and id of the object, case, status and actor."""
        query = "SELECT object_kind, object_id, case_id, status, actor FROM audit_log WHERE operation = %s ORDER BY id"
        return self.as_service.execute(query, [operation]).fetchall()

    def forget(self) -> None:
        """Empty every table but those of the migrations."""
        for _ in range(TRIES - 1):
            with suppress(DeadlockDetected):  # with a transaction under way, which goes on
                return self._empty()
        return self._empty()

    def _empty(self) -> None:
        """Waits for every transaction under way, then truncates only tables with rows, since each costs new files."""
        connection = self.as_owner
        with connection.transaction():
            found = connection.execute(
                "SELECT tablename FROM pg_tables WHERE schemaname = 'public' AND tablename !~ 'yoyo|migration'"
            ).fetchall()
            tables = [sql.Identifier(name) for (name,) in found]
            connection.execute(sql.SQL("LOCK TABLE {}").format(sql.SQL(", ").join(tables)))
            has_rows = sql.SQL(", ").join(sql.SQL("EXISTS (SELECT FROM {})").format(table) for table in tables)
            answers = connection.execute(sql.SQL("SELECT {}").format(has_rows)).fetchone() or ()
            filled = [table for table, has_row in zip(tables, answers, strict=True) if has_row]
            if filled:
                connection.execute(sql.SQL("TRUNCATE {} CASCADE").format(sql.SQL(", ").join(filled)))


@dataclass(frozen=True)
class ServiceStarter:
    """Starts services that run until `started` is closed. directory: for their files."""

    databases: Databases
    broker: RunningBroker
    directory: Path
    started: ExitStack

    def __call__(
        self,
        service: type[Service],
        callers: Mapping[str, Mapping[str, Any]],
        settings_class: type[ServiceSettings] = ServiceSettings,
        **settings: Any,
    ) -> RunningService:
        """The service on a database and queues that are empty.

        callers: house and roles by token, the usual one first. settings: those that only this service has, and what
        takes the place of usual ones.
        """
        self.broker.purge()
        database = self.started.enter_context(self.databases.migrated(service.name))
        address = Address("127.0.0.1", free_ports(1)[0])
        common: dict[str, Any] = {
            "database_url": database.url,
            "broker_url": self.broker.url(service.name),
            "http_address": address,
            "houses": self.databases.root / "houses",
            "api_tokens": token_file(self.directory, callers),
            "message_key": KEYS,
            "master_key": KEYS,
        }
        container = self._started(service, settings_class(**common | settings))
        return RunningService(
            address=address,
            database=database,
            as_service=self._connected(database.url),
            as_owner=self._connected(database.owner_url),
            broker=self.broker,
            units=next(each for each in container.dependencies if isinstance(each, Units)),
            house=next(iter(callers.values()))["house"],
            caller=next(iter(callers)),
        )

    def _started(self, service: type[Service], settings: ServiceSettings) -> ServiceContainer:
        container = ServiceContainer(service, nameko_config(settings))
        container.start()
        self.started.callback(container.stop)
        return container

    def _connected(self, url: str) -> psycopg.Connection[Any]:
        return self.started.enter_context(psycopg.connect(url, autocommit=True))


@pytest.fixture(scope="module")
def start_service(
    databases: Databases, broker: RunningBroker, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[ServiceStarter]:
    """`start_service(Weighing, CALLERS)`: for all tests of a module, because starting and stopping takes seconds."""
    with ExitStack() as started:
        yield ServiceStarter(databases, broker, tmp_path_factory.mktemp("service"), started)
