"""How deliveries become events: routes by type, and what is told to a sender."""

import builtins
import hashlib
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Generic, NamedTuple
from uuid import NAMESPACE_OID, UUID, uuid5

from marshmallow import Schema, ValidationError

from shared.messaging.envelope import Envelope, envelope_of, message_id_of, parse
from shared.messaging.event import Delivery, Event, Message
from shared.messaging.outcomes import Problem, Rejected, problems_of
from shared.messaging.storage import MessageKey
from shared.observability.logs import get_logger
from shared.schemas import MessageSchema, schema_of

log = get_logger()

Handler = Callable[[Event[Message], Any], None]
Preparation = Callable[[Sequence[Event[Message]], Any], None]
Judge = Callable[[Event[Message], tuple[Problem, ...], Any], None]


@dataclass(frozen=True, slots=True)
class Route(Generic[Message]):
    """Events of this short type are loaded as messages of this class and given to the handler, one by one.

    base: of the message's schema; StrictSchema for what partners send.
    prepare: is given all of a batch first, with the unit that the handlers get, to read at once what they will look up.
    Whatever it does, a handler must work without it.
    judge: tells the sender what became of an event: no problems when it took effect, in the same transaction, or else
    those for which the handler refused it. The sender mends a refused one and sends it anew, so it is not parked.
    repeat: tells the sender again, when the same event comes once more after it took effect.
    """

    type: str
    message: builtins.type[Message]
    handler: Handler[Message]
    prepare: Preparation[Message] | None = None
    judge: Judge[Message] | None = None
    repeat: Handler[Message] | None = None
    base: builtins.type[MessageSchema] = MessageSchema
    schema: Schema = field(init=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "schema", schema_of(self.message, self.base))

    def handle(self, event: Event[Message], unit: Any) -> None:
        self.handler(event, unit)
        if self.judge:
            self.judge(event, (), unit)


class Routes(Mapping[str, Route[Any]]):
    """What a service listens to: one route a type."""

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


class Reading(NamedTuple):
    """A delivery after reading: an event with its route, or the problems that it has.

    `key` is what the inbox remembers; a message whose id can't be read gets one made of its content.
    `message_id` is the sender's own id, if it could be read.
    """

    delivery: Delivery
    key: MessageKey
    payload_hash: bytes
    message_id: UUID | None = None
    event: Event[Any] | None = None
    route: Route[Any] | None = None
    problems: tuple[Problem, ...] = ()

    @property
    def ordering_key(self) -> UUID:
        """The case, on which order is kept; a message without one stands for itself."""
        return (self.event and self.event.case_id) or self.key.message_id

    @property
    def correlation_id(self) -> UUID:
        return self.event.correlation_id if self.event else self.message_id or self.key.message_id


class Reader:
    """Reads events of other services. Subclasses read what comes from outside, and answer it."""

    def __init__(self, routes: Routes) -> None:
        self.routes = routes

    def sender_of(self, delivery: Delivery) -> str:
        """Whom the inbox remembers as the sender. Raises `Rejected` when the sender can't be trusted.

        Services write to their own exchange alone and give no two messages the same id: one name serves them all.
        """
        return "services"

    def check(self, delivery: Delivery, envelope: Envelope) -> None:
        """More rules for an envelope, before its data are looked at. Raises `Rejected`."""

    def house_of(self, delivery: Delivery, envelope: Envelope) -> str:
        return envelope.house

    def load(self, delivery: Delivery, envelope: Envelope, schema: Schema) -> Any:
        """The data as the schema loads it. Raises ValidationError."""
        return schema.load(envelope.data)

    def on_rejected(self, reading: Reading, problems: tuple[Problem, ...], unit: Any) -> None:
        """Tell the sender, in the transaction that parks the message."""

    def read(self, delivery: Delivery) -> Reading:
        """Never raises: what is wrong with a message is in the reading."""
        payload_hash = hashlib.sha256(delivery.body).digest()
        sender, document = f"unknown:{delivery.queue}", {}
        try:
            sender = self.sender_of(delivery)
            document = parse(delivery.body)
            event, route = self._event(delivery, document, sender)
        except Rejected as rejected:
            problems = rejected.problems
        except Exception as error:
            log.error("a message could not be read", queue=delivery.queue, error=error)
            problems = (Problem("", "could not be read"),)
        else:
            return Reading(delivery, MessageKey(sender, event.id), payload_hash, event.id, event, route)
        message_id = message_id_of(document)
        key = MessageKey(sender, message_id or uuid5(NAMESPACE_OID, payload_hash.hex()))
        return Reading(delivery, key, payload_hash, message_id, problems=problems)

    def _event(self, delivery: Delivery, document: Mapping[str, Any], sender: str) -> tuple[Event[Any], Route[Any]]:
        envelope = envelope_of(document)
        self.check(delivery, envelope)
        route = self.routes.get(envelope.type)
        if route is None:
            raise Rejected(Problem("type", "is not known here"))
        case_id = _uuid_or_none(envelope.subject)
        try:
            data = self.load(delivery, envelope, route.schema)
        except ValidationError as error:
            raise Rejected(*(_inside_data(problem) for problem in problems_of(error))) from None
        event = Event(
            id=envelope.id,
            type=envelope.type,
            sender=sender,
            house=self.house_of(delivery, envelope),
            case_id=case_id,
            time=envelope.time,
            correlation_id=envelope.correlation_id or envelope.id,
            data=data,
        )
        return event, route


def _inside_data(problem: Problem) -> Problem:
    return Problem(f"data.{problem.field}" if problem.field else "data", problem.reason)


def _uuid_or_none(text: str | None) -> UUID | None:
    if text is None:
        return None
    try:
        return UUID(text)
    except ValueError:
        raise Rejected(Problem("subject", "must be a UUID: the case's id")) from None
