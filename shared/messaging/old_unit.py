"""The unit of work: one database transaction in which a message or command takes effect and is announced."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from functools import cached_property
from typing import Any, Self
from uuid import UUID

from psycopg import Connection
from uuid_utils.compat import uuid7

from shared.messaging.envelope import Envelope, encode
from shared.messaging.publishing import PARTNERS_EXCHANGE, Publishing
from shared.messaging.storage import MessageStore, Stream, StreamStore
from shared.postgres import Store

MOST_REPLAYED = 1000
"""Messages of one replay, at most: what is announced after it waits for two rounds of the relay more."""


@dataclass(frozen=True, kw_only=True)
class OldUnitOfWork:
    """What a handler works with; services add their store and what else their handlers need."""

    connection: Connection[Any]
    publishing: Publishing
    correlation_id: UUID

    @cached_property
    def store(self) -> Store:
        """The service's own tables: a service says which store that is."""
        return Store(self.connection)

    @cached_property
    def messages(self) -> MessageStore:
        return MessageStore(self.connection, self.publishing.sealer)

    def about(self, correlation_id: UUID) -> Self:
        """The same unit with the same stores, for another message of the transaction."""
        other = object.__new__(type(self))  # `copy` takes three times as long, for each message
        other.__dict__.update(self.__dict__, store=self.store, messages=self.messages, correlation_id=correlation_id)
        return other

    @property
    def writes(self) -> int:
        """How often something was written, or kept for later: equal numbers mean that there is nothing to undo."""
        return self.store.writes + self.messages.writes

    def flush(self) -> None:
        """Write what was kept for later."""
        self.store.flush()
        self.messages.flush()

    def announce(
        self,
        type: str,
        *,
        house: str,
        case_id: UUID | None,
        time: datetime,
        data: Mapping[str, Any],
        to: str | None = None,
    ) -> UUID:
        """Put an event in the outbox; it leaves when the transaction commits. Returns its id.

        data: snake_case, as the type's schema dumps it. to: a partner's user name; then it goes to that partner alone.
        Rows of one case leave in the order in which they were announced.
        """
        publishing = self.publishing
        envelope = Envelope(
            id=uuid7(),
            source=publishing.source,
            type=type,
            subject=str(case_id) if case_id else None,
            time=time,
            house=house,
            correlation_id=self.correlation_id,
            data=publishing.schemas[type].dump(data),
        )
        self.messages.add_to_outbox(
            message_id=envelope.id,
            exchange=PARTNERS_EXCHANGE if to else publishing.service,
            routing_key=to or type,
            ordering_key=case_id or envelope.id,
            correlation_id=self.correlation_id,
            body=encode(envelope),
        )
        return envelope.id

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
