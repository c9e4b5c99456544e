"""The unit of work: one database transaction in which a message or command takes effect and announces events."""

from dataclasses import dataclass, field
from datetime import date, datetime
from functools import cached_property
from typing import Any, Protocol, Self, TypeVar
from uuid import UUID

from psycopg import Connection
from uuid_utils.compat import uuid7

from shared.audit.rules import Concerned, Deed, concerned_by
from shared.audit.store import AuditStore
from shared.business_dates import noon
from shared.messaging.envelope import Envelope, encode
from shared.messaging.publishing import PARTNERS_EXCHANGE, Publishing
from shared.messaging.storage import MessageStore, Stream, StreamStore
from shared.postgres import Statements, Store

StoreKind = TypeVar("StoreKind", bound=Store)

MOST_REPLAYED = 1000
"""The maximum of messages per replay: two rounds of the relay, for which newer events have to wait."""


class OfCase(Protocol):
    """An object that belongs to a case of a house."""

    @property
    def house(self) -> str: ...
    @property
    def case_id(self) -> UUID: ...


@dataclass(frozen=True, kw_only=True)
class Transaction:
    """A database transaction with the stores that are asked for."""

    connection: Connection[Any]
    _stores: dict[type[Store], Store] = field(default_factory=dict)

    @cached_property
    def statements(self) -> Statements:
        return Statements(self.connection)

    def store(self, kind: type[StoreKind]) -> StoreKind:
        """The store of this class on this transaction; always the same instance."""
        if kind not in self._stores:
            self._stores[kind] = kind(self.statements)
        return self._stores[kind]  # type: ignore[return-value]


@dataclass(frozen=True, kw_only=True)
class UnitOfWork(Transaction):
    """A transaction in which messages or a command take effect and announce events.

    sealed: while a message on a sealed matter is taken: neither it nor what is announced for it is in any figure.
    """

    publishing: Publishing
    correlation_id: UUID
    sealed: bool = False
    _concerned: list[Concerned] = field(default_factory=list)
    _cases: dict[UUID, None] = field(default_factory=dict)

    @cached_property
    def messages(self) -> MessageStore:
        return MessageStore(self.connection, self.publishing.sealer)

    def about(self, correlation_id: UUID, *, sealed: bool = False) -> Self:
        """The same unit, with the same stores, for another message of the transaction."""
        other = object.__new__(type(self))  # `copy.copy` takes three times as long
        shared = {
            "statements": self.statements,
            "messages": self.messages,
            "correlation_id": correlation_id,
            "sealed": sealed,
        }
        other.__dict__.update(self.__dict__, **shared)
        return other

    @property
    def writes(self) -> int:
        """The number of writes so far, including rows kept for later; if unchanged, no rollback is needed."""
        return self.statements.writes + self.messages.writes

    @property
    def announced(self) -> int:
        """The number of events announced so far, about: their writing counts too."""
        return self.messages.writes

    def flush(self) -> None:
        """Write the rows that were kept for later."""
        self.statements.flush()
        self.messages.flush()

    def announce(
        self,
        message: object,
        *,
        house: str,
        case_id: UUID | None,
        time: datetime,
        to: str | None = None,
        correlation_id: str | None = None,
    ) -> UUID:
        """Put an event in the outbox; the relay publishes it after the commit. Returns the event's id.

        message: an instance of a published class. to: the user name of a partner, who is then the only recipient.
        correlation_id: as the partner wrote it, if the event answers a message of that partner.
        Events of a case are published in the order of their announcements.
        """
        type, data = self.publishing.written(message)
        envelope = Envelope(
            id=uuid7(),
            source=self.publishing.source,
            type=type,
            subject=case_id,
            time=time,
            house=house,
            correlation_id=correlation_id or self.correlation_id,
            data=data,
        )
        self.messages.add_to_outbox(
            message_id=envelope.id,
            exchange=PARTNERS_EXCHANGE if to else self.publishing.service,
            routing_key=to or type,
            ordering_key=case_id or envelope.id,
            correlation_id=self.correlation_id,
            body=encode(envelope),
            sealed=self.sealed,
        )
        return envelope.id

    def concerns(self, kind: str, id: object, case_id: UUID | None = None) -> None:
        """Name an object for the audit log, if it is not the one in the path, or one of several.

        kind: as in the paths of the API, `referrals`.
        """
        self._concerned.append(Concerned(kind, str(id), case_id))

    def concerns_case(self, case_id: UUID) -> None:
        """Name a case for the audit log, of the object in the path. `announce_on` names it too."""
        self._cases[case_id] = None

    def audit(self, deed: Deed, asked: Concerned, status: int) -> None:
        """Write who did what in this transaction: an entry for each object and case that the transaction concerns.

        asked: the object in the path of the request, if no other was named. status: of the answer.
        """
        self.store(AuditStore).add(deed, concerned_by(asked, self._concerned, self._cases), status)

    def audit_refusal(self, deed: Deed, asked: Concerned, status: int) -> None:
        """Write what was refused to whom. asked: the object in the path of the request."""
        self.store(AuditStore).add_refusal(deed, asked, status)

    def announce_on(self, day: date, message: object, about: OfCase) -> UUID:
        """Announce an event of a case on a business date; the event's time is noon (UTC) of that date."""
        self.concerns_case(about.case_id)
        return self.announce(message, house=about.house, case_id=about.case_id, time=noon(day))

    def stream(self, to: str) -> Stream:
        """The state of the stream to a partner. to: the partner's user name."""
        return StreamStore(self.connection).stream(to)

    def replay(self, to: str, from_sequence: int) -> None:
        """Send the kept messages of a partner's stream again, from this number on, MOST_REPLAYED at most.

        The messages keep their ids, numbers and content; the messages of a case are published in order.
        """
        self.messages.flush()  # earlier announcements are published before the replay
        streams = StreamStore(self.connection)
        streams.send_again(to, from_sequence=from_sequence)
        streams.replay(to, exchange=PARTNERS_EXCHANGE, from_sequence=from_sequence, limit=MOST_REPLAYED)
