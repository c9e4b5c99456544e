"""A partner's own system, at the other end of its exchange and queue."""

import json
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pika

from services.intake.house import Partner
from services.intake.profile import load_houses
from services.intake.tests.given import message
from shared.testing.setup import RunningBroker

ROOT = Path(__file__).resolve().parents[3]
HOUSE = load_houses(ROOT / "houses")["hollands-midden"]


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


@contextmanager
def system_of(partner_id: str, broker: RunningBroker) -> Iterator[PartnerSystem]:
    """The system of one of the house's partners, with the partner's own user at the broker."""
    connection = pika.BlockingConnection(pika.URLParameters(broker.url(HOUSE.user_of(partner_id))))
    channel = connection.channel()
    channel.confirm_delivery()
    yield PartnerSystem(HOUSE.partners[partner_id], channel)
    connection.close()
