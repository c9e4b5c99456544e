"""A running service with its own database and the platform's broker, as its neighbours and callers see it."""

import json
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from hashlib import sha256
from pathlib import Path
from typing import Any
from uuid import UUID, uuid4

import pika
import psycopg
import requests
from nameko.containers import ServiceContainer
from psycopg import sql

from shared.configuration import Address, ServiceSettings
from shared.messaging.envelope import Envelope, encode
from shared.messaging.sealing import Sealer
from shared.messaging.storage import MessageStore
from shared.messaging.units import Units
from shared.runner import nameko_config
from shared.testing.databases import Database
from shared.testing.setup import RunningBroker
from shared.testing.waiting import free_ports

KEY = bytes(32)
WHEN = datetime(2015, 3, 10, 12, tzinfo=UTC)


@dataclass(frozen=True)
class Answer:
    """An HTTP answer: its status and its JSON."""

    status: int
    body: Any

    @property
    def wrong_fields(self) -> list[str]:
        return [problem["field"] for problem in self.body["errors"]]


@dataclass(frozen=True, kw_only=True)
class RunningService:
    """The service, and what it is reached by. `caller` makes the requests unless another is named."""

    address: Address
    database: Database
    broker: RunningBroker
    units: Units
    house: str
    caller: str

    def send(self, sender: str, type: str, data: dict[str, Any], *, case_id: UUID | None) -> None:
        """Publish an event as the service `sender` does."""
        envelope = Envelope(
            id=uuid4(),
            source=f"urn:nld:ketenhuis:{sender}",
            type=type,
            subject=str(case_id) if case_id else None,
            time=WHEN,
            house=self.house,
            data=data,
        )
        connection = pika.BlockingConnection(pika.URLParameters(self.broker.administrator_url))
        connection.channel().basic_publish(sender, type, encode(envelope))
        connection.close()

    def get(self, path: str, caller: str = "", **query: str) -> Answer:
        return self._request("GET", path, caller, params=query)

    def post(self, path: str, body: Any, caller: str = "") -> Answer:
        return self._request("POST", path, caller, json=body)

    def _request(self, method: str, path: str, caller: str, **content: Any) -> Answer:
        headers = {"Authorization": f"Bearer {caller or self.caller}", "Connection": "close"}
        response = requests.request(method, f"http://{self.address}{path}", headers=headers, timeout=10, **content)
        return Answer(response.status_code, response.json())

    def announced(self, type: str) -> list[dict[str, Any]]:
        """The events of a type that wait in the outbox, in order, with all their attributes."""
        with psycopg.connect(self.database.url) as connection:
            rows = MessageStore(connection, Sealer(KEY)).outbox_head(1000, [])
        return [json.loads(row["body"]) for row in rows if row["routing_key"] == type]

    def parked(self) -> list[list[list[str]]]:
        """The problems of each parked message."""
        with psycopg.connect(self.database.url) as connection:
            return [row[0] for row in connection.execute("SELECT problems FROM parked ORDER BY id").fetchall()]

    def forget(self) -> None:
        """Empty every table but those of the migrations."""
        with psycopg.connect(self.database.owner_url) as connection:
            tables = connection.execute(
                "SELECT tablename FROM pg_tables WHERE schemaname = 'public' AND tablename !~ 'yoyo|migration'"
            ).fetchall()
            names = sql.SQL(", ").join(sql.Identifier(name) for (name,) in tables)
            connection.execute(sql.SQL("TRUNCATE {}").format(names))


@contextmanager
def running(
    service: type,
    *,
    database: Database,
    broker: RunningBroker,
    houses: Path,
    house: str,
    callers: Mapping[str, Mapping[str, Any]],
    directory: Path,
) -> Iterator[RunningService]:
    """The service in this process. callers: house and roles by token, the usual one first. directory: for its files."""
    tokens = directory / "tokens.json"
    named = [{"token_sha256": sha256(name.encode()).hexdigest(), "name": name, **who} for name, who in callers.items()]
    tokens.write_text(json.dumps(named))
    settings = ServiceSettings(
        database_url=database.url,
        broker_url=broker.url(service.name),  # type: ignore[attr-defined]
        http_address=Address("127.0.0.1", free_ports(1)[0]),
        houses=houses,
        api_tokens=tokens,
        message_key=KEY,
    )
    container = ServiceContainer(service, nameko_config(settings))
    container.start()
    try:
        yield RunningService(
            address=settings.http_address,
            database=database,
            broker=broker,
            units=next(each for each in container.dependencies if isinstance(each, Units)),
            house=house,
            caller=next(iter(callers)),
        )
    finally:
        container.stop()
