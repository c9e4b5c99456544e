"""Intake as a service with its relay, on the platform's own broker; partners with users of their own; HTTP callers."""

import json
import os
import sys
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path
from typing import Any

import pika
import requests
from nameko.containers import ServiceContainer

from services.intake.config import IntakeSettings, load_houses
from services.intake.domain.house import Partner
from services.intake.service import Intake
from services.intake.tests.given import INDEX_KEY, MASTER_KEY, MESSAGE_KEY, message, setting
from shared.configuration import Address
from shared.runner import nameko_config
from shared.testing.program import Program, running
from shared.testing.setup import RunningBroker
from shared.testing.waiting import free_ports

ROOT = Path(__file__).resolve().parents[4]
HOUSE = load_houses(ROOT / "houses")["hollands-midden"]
TOKENS = {
    "director": {"house": HOUSE.id, "roles": ["process_director"]},
    "officer": {"house": HOUSE.id, "roles": ["intake_officer"]},
    "elsewhere": {"house": "elsewhere", "roles": ["process_director"]},
    "administrator": {"house": HOUSE.id, "roles": ["chain_manager"]},
}


@dataclass
class PartnerSystem:
    """A partner's own system, with its own user at the broker."""

    partner: Partner
    channel: Any

    @property
    def user(self) -> str:
        return HOUSE.user_of(self.partner.id)

    def send(self, document: Any, user_id: str | None = "own") -> None:
        body = document if isinstance(document, bytes) else json.dumps(document).encode()
        properties = pika.BasicProperties(user_id=self.user if user_id == "own" else user_id)
        self.channel.basic_publish(f"partner.{self.user}.in", "", body, properties)

    def message(self, data: dict[str, Any], type: str, **attributes: Any) -> dict[str, Any]:
        return message(data, self.partner, type, **attributes)

    def received(self, count: int) -> list[dict[str, Any]]:
        """The next messages on its own queue; fewer if they don't come in 15 seconds."""
        found: list[dict[str, Any]] = []
        for method, _, body in self.channel.consume(f"partner.{self.user}.out", inactivity_timeout=15):
            if method is None:
                break
            found.append(json.loads(body))
            self.channel.basic_ack(method.delivery_tag)
            if len(found) == count:
                break
        self.channel.cancel()
        return found


@dataclass(frozen=True)
class RunningIntake:
    """What the running service is reached by."""

    address: Address
    broker: RunningBroker
    database_url: str

    @contextmanager
    def system_of(self, partner_id: str) -> Iterator[PartnerSystem]:
        user = HOUSE.user_of(partner_id)
        connection = pika.BlockingConnection(pika.URLParameters(self.broker.url(user)))
        channel = connection.channel()
        channel.confirm_delivery()
        yield PartnerSystem(HOUSE.partners[partner_id], channel)
        connection.close()

    def get(self, path: str, caller: str = "director", **query: str) -> requests.Response:
        return requests.get(self._url(path), params=query, headers=_headers(caller), timeout=10)

    def post(self, path: str, body: Any, caller: str = "officer") -> requests.Response:
        return requests.post(self._url(path), json=body, headers=_headers(caller), timeout=10)

    def _url(self, path: str) -> str:
        return f"http://{self.address}{path}"


def _headers(caller: str) -> dict[str, str]:
    return {"Authorization": f"Bearer {caller}", "Connection": "close"}


@contextmanager
def running_intake(database_url: str, broker: RunningBroker, directory: Path) -> Iterator[RunningIntake]:
    """The service in this process, its relay in another."""
    tokens = directory / "tokens.json"
    callers = [{"token_sha256": sha256(name.encode()).hexdigest(), "name": name, **who} for name, who in TOKENS.items()]
    tokens.write_text(json.dumps(callers))
    ports = free_ports(2)
    settings = IntakeSettings(
        database_url=database_url,
        broker_url=broker.url("intake"),
        http_address=Address("127.0.0.1", ports[0]),
        houses=ROOT / "houses",
        api_tokens=tokens,
        message_key=MESSAGE_KEY,
        master_key=MASTER_KEY,
        index_key=INDEX_KEY,
    )
    relay = Program(
        name="intake-relay",
        command=[sys.executable, "-m", "shared.messaging.relay", "intake"],
        directory=ROOT,
        environment={
            **os.environ,
            "DATABASE_URL": database_url,
            "BROKER_URL": broker.url("intake-relay"),
            "MESSAGE_KEY": setting(MESSAGE_KEY),
            "RELAY_HTTP_ADDRESS": f"127.0.0.1:{ports[1]}",
        },
    )
    container = ServiceContainer(Intake, nameko_config(settings))
    with ExitStack() as started:
        started.enter_context(running(relay, directory / "relay.log"))
        container.start()
        started.callback(container.stop)
        yield RunningIntake(settings.http_address, broker, database_url)
