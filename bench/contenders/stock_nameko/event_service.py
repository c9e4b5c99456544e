"""What the services have in common: an event comes in, its handler runs in one transaction, then events go out."""

from collections.abc import Callable, Iterator, Mapping
from contextlib import AbstractContextManager, contextmanager
from datetime import date, datetime
from functools import partial
from pathlib import Path
from typing import Any
from uuid import UUID, uuid4

import orjson
from nameko.events import EventDispatcher
from nameko.extensions import DependencyProvider
from psycopg import Connection
from psycopg_pool import ConnectionPool

from shared.business_dates import noon
from shared.configuration import ServiceSettings
from shared.messaging import Delivery, Event, Publishing, Reader, UnitOfWork
from shared.messaging.envelope import Envelope, encode, envelope_of
from shared.messaging.sealing import Sealer
from shared.messaging.unit import OfCase
from shared.unit import Unit

Document = dict[str, Any]
"""A CloudEvent as nameko takes and gives it: parsed JSON."""
SERVICES_OWN = Delivery(queue="", body=b"")
"""For the readers, which ask for it: nameko has parsed the message already."""


class CollectingUnit:
    """A service's unit of work, but for `announce`: events stay here until the transaction is committed."""

    def __init__(self, unit: UnitOfWork) -> None:
        self._unit = unit
        self.announced: list[tuple[str, Document]] = []

    def __getattr__(self, name: str) -> Any:
        return getattr(self._unit, name)

    def announce(
        self,
        message: Any,
        *,
        house: str,
        case_id: UUID | None,
        time: datetime,
        to: str | None = None,
        correlation_id: str | None = None,
    ) -> UUID:
        """As Unit.announce; what goes to a partner has its user name before the type, as routing key."""
        publishing = self._unit.publishing
        type, dumped = publishing.written(message)
        envelope = Envelope(
            id=uuid4(),
            source=publishing.source,
            type=type,
            subject=case_id,
            time=time,
            house=house,
            correlation_id=correlation_id or self._unit.correlation_id,
            data=dumped,
        )
        self.announced.append((f"{to}.{type}" if to else type, document_of(envelope)))
        return envelope.id

    def announce_on(self, day: date, message: object, about: OfCase) -> UUID:
        """As Unit.announce_on."""
        return self.announce(message, house=about.house, case_id=about.case_id, time=noon(day))


def units_of(load_houses: Callable[[Path], Mapping[str, Any]]) -> Callable[[Any], Callable[..., Any]]:
    """For `Transactions`: units of a service that needs the houses and nothing more."""
    return lambda settings: partial(Unit, houses=load_houses(settings.houses), master_key=settings.master_key)


class Transactions(DependencyProvider):
    """Begins transactions; see shared.messaging.units.Units for what it is given."""

    def __init__(self, factory: Callable[[Any], Callable[..., Any]], publishes: Mapping[str, Any]) -> None:
        super().__init__()
        self._factory = factory
        self._publishes = publishes

    def setup(self) -> None:
        settings: ServiceSettings = self.container.config["settings"]
        self._publishing = Publishing(self.container.service_name, self._publishes, Sealer(settings.message_key))
        self._new_unit = self._factory(settings)
        # not the platform's pool, whose check of each connection would cost a round trip for every message here
        self._pool: ConnectionPool[Connection[Any]] = ConnectionPool(
            settings.database_url, max_size=self.container.max_workers, open=True
        )

    def stop(self) -> None:
        self._pool.close()

    def get_dependency(self, worker_ctx: Any) -> Callable[[UUID], AbstractContextManager[CollectingUnit]]:
        return self._begin

    @contextmanager
    def _begin(self, correlation_id: UUID) -> Iterator[CollectingUnit]:
        with self._pool.connection() as connection, connection.transaction():
            unit = self._new_unit(connection=connection, publishing=self._publishing, correlation_id=correlation_id)
            yield CollectingUnit(unit)
            unit.flush()


class EventService:
    """Base of the services. settings: what their environment tells."""

    settings: type[ServiceSettings] = ServiceSettings
    begin: Any
    dispatch = EventDispatcher()

    def handle(self, document: Document, reader: Reader, delivery: Delivery = SERVICES_OWN) -> None:
        """One message, one commit, one publish at a time. A message that fails is logged by nameko, and lost."""
        event = event_of(document, reader, delivery)
        with self.begin(event.correlation_id) as unit:
            reader.routes[event.type].handler(event, unit)
        for event_type, announced in unit.announced:
            self.dispatch(event_type, announced)


def event_of(document: Document, reader: Reader, delivery: Delivery) -> Event[Any]:
    """What the handler gets. Raises Rejected, ValidationError, KeyError."""
    sender = reader.sender_of(delivery)
    envelope = envelope_of(document, sender)
    reader.check(delivery, envelope)
    return Event(
        id=envelope.id,
        type=envelope.type,
        sender=sender,
        house=reader.house_of(delivery, envelope),
        case_id=UUID(envelope.subject) if envelope.subject else None,
        time=envelope.time,
        correlation_id=envelope.correlation_id,
        data=reader.load(delivery, envelope, reader.routes[envelope.type].schema),
        ids_as_sent=envelope.ids_as_sent,
    )


def document_of(envelope: Envelope) -> Document:
    """What `encode` writes, for a serializer of nameko's."""
    document: Document = orjson.loads(encode(envelope))
    return document
