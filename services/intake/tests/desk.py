"""Intake on a real database, without a broker: deliveries go in, and what it announces is read from the outbox."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any, LiteralString
from uuid import UUID, uuid4

import psycopg
from uuid_utils.compat import uuid7

from services.intake.accepting import ACCEPTS
from services.intake.house import House, Partner
from services.intake.partners.reader import PartnerReader
from services.intake.service import LISTENS, PUBLISHES
from services.intake.tests.given import (
    HOUSE,
    INDEX_KEY,
    MASTER_KEY,
    MESSAGE_KEY,
    NOW,
    POLICE,
    delivery,
    house,
    message,
    notice,
)
from services.intake.unit import Unit
from services.intake.vault import Vault
from shared.keys import Keys
from shared.messaging import Delivery, Publishing, Reader
from shared.messaging.brake import Brake
from shared.messaging.envelope import Envelope, encode
from shared.messaging.publishing import PARTNERS_EXCHANGE
from shared.messaging.sealing import Sealer
from shared.messaging.storage import StreamStore
from shared.messaging.taking import Taker, Tally
from shared.testing.outbox import outbox_of

SEALER = Sealer(MESSAGE_KEY)
HOUSES = {"noord": HOUSE, "zuid": house("zuid")}


def partners_reader() -> PartnerReader:
    """The reader of the partners' queues of both houses."""
    return PartnerReader(ACCEPTS, HOUSES, SEALER, now=lambda: NOW)


def event(type: str, data: dict[str, Any], house: House = HOUSE, case_id: UUID | None = None) -> Delivery:
    """An event of weighing, as the broker delivers it."""
    source = "urn:nld:ketenhuis:weighing"
    envelope = Envelope(id=uuid7(), source=source, type=type, subject=case_id, time=NOW, house=house.id, data=data)
    return Delivery(queue="intake", body=encode(envelope))


@dataclass(frozen=True)
class Desk:
    """One database of intake, with the keys of the workers that are at it."""

    url: str
    master_key: Keys = MASTER_KEY
    index_key: Keys = INDEX_KEY

    def take(self, *deliveries: Delivery) -> Tally:
        """One batch of partners' messages: how many came to which outcome."""
        return self._take(partners_reader(), *deliveries)

    def send(self, data: Any = None, partner: Partner = POLICE, house: House = HOUSE, **attributes: Any) -> UUID:
        """One message of a partner. Returns its id."""
        document = message(data, partner, **attributes)
        self.take(delivery(document, partner, house))
        return UUID(document["id"])

    def notice(self, house: House = HOUSE, **subject: Any) -> UUID:
        """An arrest notice about somebody: gives the subject that it is registered under."""
        told = {"kind": "person", "municipality": "Dorp", **subject}
        message_id = self.send(notice(reference=str(uuid4()), subject=told), house=house)
        [(subject_id,)] = self.rows("SELECT subject_id FROM referrals WHERE message_id = %s", message_id)
        return UUID(str(subject_id))

    def hear(self, type: str, data: dict[str, Any], house: House = HOUSE, case_id: UUID | None = None) -> None:
        """An event of another service."""
        self._take(Reader(LISTENS), event(type, data, house, case_id))

    def hear_together(self, *events: tuple[str, dict[str, Any]]) -> None:
        """Events of another service in one batch."""
        self._take(Reader(LISTENS), *(event(type, data) for type, data in events))

    def hear_late(self, type: str, data: dict[str, Any], *then: tuple[str, dict[str, Any]], case_id: UUID) -> None:
        """An event that comes after those that were told after it."""
        late = event(type, data, case_id=case_id)
        for told in then:
            self._take(Reader(LISTENS), event(*told, case_id=case_id))
        self._take(Reader(LISTENS), late)

    def announced(self, routing_key: str) -> list[dict[str, Any]]:
        """The envelopes with this routing key: a short type, or a partner's user."""
        with psycopg.connect(self.url) as connection:
            rows = outbox_of(connection, SEALER)
        return [row["event"] for row in rows if row["routing_key"] == routing_key]

    def told(self, partner: Partner, type: str, house: House = HOUSE) -> list[dict[str, Any]]:
        """The data of what was told to a partner."""
        envelopes = self.announced(house.user_of(partner.id))
        return [envelope["data"] for envelope in envelopes if envelope["type"] == f"nl.ketenhuis.{type}"]

    def wrong_fields(self, partner: Partner) -> list[str]:
        """The fields that a partner was told to be wrong."""
        return [problem["field"] for data in self.told(partner, "messages.refused.v1") for problem in data["problems"]]

    def relayed(self) -> None:
        """All that was announced has left, as when the broker has confirmed it."""
        with psycopg.connect(self.url) as connection:
            rows = outbox_of(connection, SEALER)
            to_partners = [row for row in rows if row["exchange"] == PARTNERS_EXCHANGE and row["sequence"] is None]
            StreamStore(connection).number({row["position"]: row["routing_key"] for row in to_partners})
            StreamStore(connection).move_from_outbox([row["position"] for row in rows])

    def rows(self, query: LiteralString, *parameters: Any) -> list[tuple[Any, ...]]:
        with psycopg.connect(self.url) as connection:
            return connection.execute(query, parameters).fetchall()

    def parked(self) -> list[list[str]]:
        """The fields to blame of each parked message."""
        return [
            [field for field, *_ in problems] for (problems,) in self.rows("SELECT problems FROM parked ORDER BY id")
        ]

    @contextmanager
    def unit(self) -> Iterator[Unit]:
        """One transaction, for a command."""
        with psycopg.connect(self.url) as connection:
            command = self.unit_on(connection, uuid4())
            yield command
            command.flush()

    def _take(self, reader: Reader, *deliveries: Delivery) -> Tally:
        with psycopg.connect(self.url, autocommit=True) as connection:
            taker = Taker(reader, SEALER, self.unit_on, lambda body: b'"theme"' in body)
            return taker.take(connection, deliveries, Brake())

    def unit_on(self, connection: psycopg.Connection[Any], correlation_id: UUID) -> Unit:
        return Unit(
            connection=connection,
            publishing=Publishing("intake", PUBLISHES, SEALER),
            correlation_id=correlation_id,
            vault=Vault(self.master_key, self.index_key),
            houses=HOUSES,
            master_key=self.master_key,
            now=lambda: NOW,
        )
