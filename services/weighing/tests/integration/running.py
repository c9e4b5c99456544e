"""The running service with its own database and the platform's broker, as its neighbours and callers see it."""

import json
from collections.abc import Iterator
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
from prometheus_client.parser import text_string_to_metric_families

from services.weighing.service import Weighing
from shared.configuration import Address, ServiceSettings
from shared.messaging.envelope import Envelope, encode
from shared.messaging.sealing import Sealer
from shared.messaging.storage import MessageStore
from shared.messaging.units import Units
from shared.runner import nameko_config
from shared.testing.waiting import free_ports

HOUSES = Path(__file__).resolve().parents[4] / "houses"
HOUSE = "hollands-midden"
KEY = bytes(32)
TOKENS = {
    "team": {"house": HOUSE, "roles": ["weighing_team"]},
    "elsewhere": {"house": "elsewhere", "roles": ["weighing_team"]},
    "director": {"house": HOUSE, "roles": ["process_director"]},
}


@dataclass(frozen=True)
class Answer:
    """An HTTP answer: its status and its JSON."""

    status: int
    body: Any

    @property
    def wrong_fields(self) -> list[str]:
        return [problem["field"] for problem in self.body["errors"]]


@dataclass(frozen=True)
class RunningService:
    """The service, and what it is reached by."""

    address: Address
    database_url: str
    broker_url: str
    units: Units

    def send(self, type: str, data: dict[str, Any], *, case_id: UUID | None, house: str = HOUSE) -> None:
        """Publish an event as intake does, with a field that weighing does not know."""
        body = encode(
            Envelope(
                id=uuid4(),
                source="urn:nld:ketenhuis:intake",
                type=type,
                subject=str(case_id) if case_id else None,
                time=datetime(2015, 3, 5, 9, tzinfo=UTC),
                house=house,
                data=data | {"somethingNewer": True},
            )
        )
        connection = pika.BlockingConnection(pika.URLParameters(self.broker_url))
        connection.channel().basic_publish("intake", type, body)
        connection.close()

    def get(self, path: str, caller: str = "team", **query: str) -> Answer:
        return self._request("GET", path, caller, params=query)

    def post(self, path: str, body: Any, caller: str = "team") -> Answer:
        return self._request("POST", path, caller, json=body)

    def metric(self, name: str, **labels: str) -> float:
        """What Prometheus would read; 0 for a series that is not there."""
        text = requests.get(f"http://{self.address}/metrics", headers={"Connection": "close"}, timeout=10).text
        samples = (sample for family in text_string_to_metric_families(text) for sample in family.samples)
        return next((each.value for each in samples if (each.name, each.labels) == (name, labels)), 0.0)

    def announced(self, type: str) -> list[dict[str, Any]]:
        """The events of a type that wait in the outbox, in order, with all their attributes."""
        with psycopg.connect(self.database_url) as connection:
            rows = MessageStore(connection, Sealer(KEY)).outbox_head(10_000, [])
        return [json.loads(row["body"]) for row in rows if row["routing_key"] == type]

    def parked(self) -> list[list[list[str]]]:
        """The problems of each parked message."""
        with psycopg.connect(self.database_url) as connection:
            return [row[0] for row in connection.execute("SELECT problems FROM parked ORDER BY id").fetchall()]

    def _request(self, method: str, path: str, caller: str, **content: Any) -> Answer:
        headers = {"Authorization": f"Bearer {caller}", "Connection": "close"}
        response = requests.request(method, f"http://{self.address}{path}", headers=headers, timeout=10, **content)
        return Answer(response.status_code, response.json())


@contextmanager
def running(database_url: str, service_broker_url: str, broker_url: str, directory: Path) -> Iterator[RunningService]:
    """The service in this process. `directory` is for its files; `broker_url` may publish anything."""
    tokens = directory / "tokens.json"
    callers = [{"token_sha256": sha256(name.encode()).hexdigest(), "name": name, **who} for name, who in TOKENS.items()]
    tokens.write_text(json.dumps(callers))
    settings = ServiceSettings(
        database_url=database_url,
        broker_url=service_broker_url,
        http_address=Address("127.0.0.1", free_ports(1)[0]),
        houses=HOUSES,
        api_tokens=tokens,
        message_key=KEY,
    )
    container = ServiceContainer(Weighing, nameko_config(settings))
    container.start()
    units = next(each for each in container.dependencies if isinstance(each, Units))
    try:
        yield RunningService(settings.http_address, database_url, broker_url, units)
    finally:
        container.stop()
