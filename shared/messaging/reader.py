"""Makes events of deliveries: routes by event type, readers by kind of sender."""

import builtins
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from hashlib import sha256
from typing import Any, ClassVar, Generic, NamedTuple
from uuid import NAMESPACE_OID, UUID, uuid5

from marshmallow import Schema, ValidationError

from shared.messaging.envelope import IdsAsSent, ReceivedEnvelope, envelope_of, ids_as_sent, known_id, parse
from shared.messaging.event import Delivery, Event, Message
from shared.messaging.keeping import MUST_NOT_KEEP, Quota
from shared.messaging.outcomes import Problem, Rejected, problems_of
from shared.messaging.sealing import INBOX, Sealer
from shared.messaging.storage import MessageKey
from shared.observability.logs import get_logger
from shared.schemas import MessageSchema, schema_of

log = get_logger()

Handler = Callable[[Event[Message], Any], None]
Preparation = Callable[[Sequence[Event[Message]], Any], None]
Judge = Callable[[Event[Message], tuple[Problem, ...], Any], None]


@dataclass(frozen=True, slots=True)
class Route(Generic[Message]):
    """Connects a short type with a message class and a handler, which gets one event at a time.

    base: the base of the message's schema; StrictSchema for messages of partners.
    prepare: gets all events of a batch before the handlers run, to read their data with few queries. Handlers must also
    work without it.
    judge: answers the sender. Without problems, the event took effect (same transaction); with problems, the handler
    refused the event. The sender corrects and resends a refused event, so it is not parked.
    repeat: answers the sender when an event that took effect is delivered again.
    keeps_body: False if the body is not even kept when the message is set aside.
    """

    type: str
    message: builtins.type[Message]
    handler: Handler[Message]
    prepare: Preparation[Message] | None = None
    judge: Judge[Message] | None = None
    repeat: Handler[Message] | None = None
    base: builtins.type[MessageSchema] = MessageSchema
    keeps_body: bool = True
    schema: Schema = field(init=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "schema", schema_of(self.message, self.base))

    def handle(self, event: Event[Message], unit: Any) -> None:
        self.handler(event, unit)
        if self.judge:
            self.judge(event, (), unit)


class Routes(Mapping[str, Route[Any]]):
    """The routes of a service, by short type. Raises ValueError if two routes have the same type."""

    def __init__(self, *routes: Route[Any]) -> None:
        self._routes = {route.type: route for route in routes}
        if len(self._routes) != len(routes):
            raise ValueError("a type has more than one route")

    def __getitem__(self, type: str) -> Route[Any]:
        return self._routes[type]

    def __iter__(self) -> Any:
        return iter(self._routes)

    def __len__(self) -> int:
        return len(self._routes)


class Loaded(NamedTuple):
    """The data of a message: an event, or problems."""

    event: Event[Any] | None = None
    problems: tuple[Problem, ...] = ()


@dataclass(kw_only=True, eq=False, slots=True)
class Reading:
    """A delivery of which the envelope is read. Its data are loaded when its event or problems are asked for: of a
    message that the inbox knows, they mostly never are. Not frozen, which would take twice as long to make.

    key: the deduplication key. If the message has no id, the key has one that follows from the content.
    ids_as_sent: None if the message has no id. content: what the message says, see `Reader.content`.
    route: None if the type is unknown.
    """

    delivery: Delivery
    key: MessageKey
    content: bytes
    ids_as_sent: IdsAsSent | None
    envelope: ReceivedEnvelope | None
    route: Route[Any] | None
    load: Callable[["Reading"], Loaded]
    case_id: UUID | None = field(init=False)
    """None also if the message's subject is no UUID."""
    _loaded: Loaded | None = None

    def __post_init__(self) -> None:
        self.case_id = _uuid_or_none(self.envelope.subject) if self.envelope else None

    @property
    def ordering_key(self) -> UUID:
        """The case id, or the message id without a case. Messages with the same ordering key take effect in order."""
        return self.case_id or self.key.message_id

    @property
    def loaded(self) -> Loaded:
        self._loaded = self._loaded or self.load(self)
        return self._loaded

    @property
    def event(self) -> Event[Any] | None:
        return self.loaded.event

    @property
    def problems(self) -> tuple[Problem, ...]:
        return self.loaded.problems

    @property
    def correlation_id(self) -> UUID:
        return self.envelope.correlation_id if self.envelope else self.key.message_id


class Reader:
    """Reads events of other services. Subclasses read messages from outside, and answer their senders.

    quota: of the refused messages that are kept, per queue; None for no bound.
    """

    quota: ClassVar[Quota | None] = None

    def __init__(self, routes: Routes) -> None:
        self.routes = routes

    def sender_of(self, delivery: Delivery) -> str:
        """The sender for deduplication. Raises `Rejected` if the sender cannot be trusted.

        One name is enough for all services: the broker lets a service publish to its own exchange only, and services
        generate unique message ids.
        """
        return "services"

    def check(self, delivery: Delivery, envelope: ReceivedEnvelope) -> None:
        """Check an envelope before its data are loaded. Raises `Rejected`."""

    def house_of(self, delivery: Delivery, envelope: ReceivedEnvelope) -> str:
        return envelope.house

    def content(self, delivery: Delivery, document: Mapping[str, Any]) -> bytes:
        """What is the same when a message comes again. document: empty if the body is no JSON object."""
        return delivery.body

    def hash(self, content: bytes, sealer: Sealer) -> bytes:
        """By what the inbox knows what a message told."""
        return sealer.fingerprint(content, INBOX)

    def id_without(self, content: bytes) -> UUID:
        """The id of a message that has none: it follows from the content."""
        return uuid5(NAMESPACE_OID, sha256(content).hexdigest())

    def load(self, delivery: Delivery, envelope: ReceivedEnvelope, schema: Schema) -> Any:
        """The data, loaded by the schema. Raises ValidationError."""
        return schema.load(envelope.data)

    def why_not_kept(self, reading: Reading, kind: str) -> str | None:
        """Why a message is parked without its body, as whatever kind; None if with it."""
        return None if reading.route is None or reading.route.keeps_body else MUST_NOT_KEEP

    def on_rejected(self, reading: Reading, problems: tuple[Problem, ...], unit: Any) -> None:
        """Answer the sender of a rejected message, in the transaction that parks the message."""

    def read(self, delivery: Delivery) -> Reading:
        """Read the envelope of a delivery. Never raises: the problems of a message are in the reading."""
        sender, document, envelope = f"unknown:{delivery.queue}", dict[str, Any](), None
        load: Callable[[Reading], Loaded] = self._load
        try:
            sender = self.sender_of(delivery)
            document = parse(delivery.body)
            envelope = envelope_of(document, sender)
        except Exception as error:
            refused = _refused(delivery, error)
            load = lambda reading: refused  # noqa: E731
        content = self.content(delivery, document)
        ids = envelope.ids_as_sent if envelope else ids_as_sent(document)
        message_id = envelope.id if envelope else self._id_of(sender, ids, content)
        return Reading(
            delivery=delivery,
            key=MessageKey(sender, message_id),
            content=content,
            ids_as_sent=ids,
            envelope=envelope,
            route=self.routes.get(envelope.type) if envelope else None,
            load=load,
        )

    def _id_of(self, sender: str, ids: IdsAsSent | None, content: bytes) -> UUID:
        return known_id(sender, ids.id) if ids else self.id_without(content)

    def _load(self, reading: Reading) -> Loaded:
        """Load the data. Never raises."""
        assert reading.envelope
        try:
            return Loaded(self._event(reading, reading.envelope))
        except Exception as error:
            return _refused(reading.delivery, error)

    def _event(self, reading: Reading, envelope: ReceivedEnvelope) -> Event[Any]:
        self.check(reading.delivery, envelope)
        if reading.route is None:
            raise Rejected(Problem("type", "is not known here", "unknown_type"))
        if envelope.subject is not None and reading.case_id is None:
            raise Rejected(Problem("subject", "must be a UUID: the case's id", "not_a_uuid"))
        try:
            data = self.load(reading.delivery, envelope, reading.route.schema)
        except ValidationError as error:
            raise Rejected(*(_inside_data(problem) for problem in problems_of(error))) from None
        return Event(
            id=envelope.id,
            type=envelope.type,
            sender=reading.key.sender,
            house=self.house_of(reading.delivery, envelope),
            case_id=reading.case_id,
            time=envelope.time,
            correlation_id=envelope.correlation_id,
            data=data,
            ids_as_sent=envelope.ids_as_sent,
        )


def _refused(delivery: Delivery, error: Exception) -> Loaded:
    if isinstance(error, Rejected):
        return Loaded(problems=error.problems)
    log.error("a message could not be read", queue=delivery.queue, error=error)
    return Loaded(problems=(Problem("", "could not be read", "unreadable"),))


def _inside_data(problem: Problem) -> Problem:
    return problem._replace(field=f"data.{problem.field}" if problem.field else "data")


def _uuid_or_none(text: str | None) -> UUID | None:
    if text is None:
        return None
    try:
        return UUID(text)
    except ValueError:
        return None
