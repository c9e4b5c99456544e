"""The unit of work: one database transaction in which a message or command takes effect and is announced."""

from dataclasses import dataclass, field
from datetime import date, datetime
from functools import cached_property
from typing import Any, Protocol, Self, TypeVar
from uuid import UUID

from psycopg import Connection
from uuid_utils.compat import uuid7

from shared.business_dates import noon
from shared.messaging.envelope import Envelope, encode
from shared.messaging.publishing import PARTNERS_EXCHANGE, Publishing
from shared.messaging.storage import MessageStore, Stream, StreamStore
from shared.postgres import Statements, Store

StoreKind = TypeVar("StoreKind", bound=Store)

MOST_REPLAYED = 1000
"""Messages of one replay, at most: what is announced after it waits for two rounds of the relay more."""


class OfCase(Protocol):
    """Something that belongs to a case of a house."""

    @property
    def house(self) -> str: ...
    @property
    def case_id(self) -> UUID: ...


@dataclass(frozen=True, kw_only=True)
class Transaction:
    """A transaction with the stores of the subjects that take part in it."""

    connection: Connection[Any]
    _stores: dict[type[Store], Store] = field(default_factory=dict)

    @cached_property
    def statements(self) -> Statements:
        return Statements(self.connection)

    def store(self, kind: type[StoreKind]) -> StoreKind:
        """A subject's store on this transaction, the same one each time."""
        if kind not in self._stores:
            self._stores[kind] = kind(self.statements)
        return self._stores[kind]  # type: ignore[return-value]


@dataclass(frozen=True, kw_only=True)
class UnitOfWork(Transaction):
    """A transaction in which one message or command, or a batch of messages, takes effect and is announced."""

    publishing: Publishing
    correlation_id: UUID

    @cached_property
    def messages(self) -> MessageStore:
        return MessageStore(self.connection, self.publishing.sealer)

    def about(self, correlation_id: UUID) -> Self:
        """The same unit with the same stores, for another message of the transaction."""
        other = object.__new__(type(self))  # `copy` takes three times as long, for each message
        shared = {"statements": self.statements, "messages": self.messages, "correlation_id": correlation_id}
        other.__dict__.update(self.__dict__, **shared)
        return other

    @property
    def writes(self) -> int:
        """How often something was written, or kept for later: equal numbers mean that there is nothing to undo."""
        return self.statements.writes + self.messages.writes

    def flush(self) -> None:
        """Write what was kept for later."""
        self.statements.flush()
        self.messages.flush()

    def announce(
        self, message: object, *, house: str, case_id: UUID | None, time: datetime, to: str | None = None
    ) -> UUID:
        """Put a message in the outbox; it leaves when the transaction commits. Returns its id.

        message: of a class that the service publishes. to: a partner's user name; then it goes to that partner alone.
        Rows of one case leave in the order in which they were announced.
        """
        type, data = self.publishing.written(message)
        envelope = Envelope(
            id=uuid7(),
            source=self.publishing.source,
            type=type,
            subject=str(case_id) if case_id else None,
            time=time,
            house=house,
            correlation_id=self.correlation_id,
            data=data,
        )
        self.messages.add_to_outbox(
            message_id=envelope.id,
            exchange=PARTNERS_EXCHANGE if to else self.publishing.service,
            routing_key=to or type,
            ordering_key=case_id or envelope.id,
            correlation_id=self.correlation_id,
            body=encode(envelope),
        )
        return envelope.id

    def announce_on(self, day: date, message: object, about: OfCase) -> UUID:
        """Announce what happened to a case on a business date: the event's time is noon of that day."""
        return self.announce(message, house=about.house, case_id=about.case_id, time=noon(day))

    def stream(self, to: str) -> Stream:
        """What a partner, named by its user, was sent so far."""
        return StreamStore(self.connection).stream(to)

    def replay(self, to: str, from_sequence: int) -> None:
        """Send a partner what is kept of its stream from that number on once more, MOST_REPLAYED messages at most.

        Ids, numbers and content are those of the first time; the messages of one case leave in order.
        """
        self.messages.flush()  # what was announced before stays before it
        streams = StreamStore(self.connection)
        streams.send_again(to, from_sequence=from_sequence)
        streams.replay(to, exchange=PARTNERS_EXCHANGE, from_sequence=from_sequence, limit=MOST_REPLAYED)
