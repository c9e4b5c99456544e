"""What operators do with a service's parked messages over HTTP; shared.messaging.parking does the same by command.

Operators see to the parked messages of every house, without reading them. Officers open and correct those of their own
house.
"""

from collections.abc import Iterator, Mapping, Set
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from typing import Annotated, Any, Protocol
from uuid import UUID

import orjson
from marshmallow import validate
from werkzeug.exceptions import Forbidden

from shared.bounds import Length, Range
from shared.messaging.outcomes import Conflict, NotFound, Problem, Rejected
from shared.messaging.outline import outline_of
from shared.messaging.parked import By, NotParked, Parking, ParkingError, Row, house_of
from shared.messaging.units import Units
from shared.web.access import Action, Resource, may
from shared.web.call import Call
from shared.web.offer import endpoint

OFFICER = "parking_officer"
OPERATORS = frozenset({"operator", OFFICER})
SEE_TO_PARKED = Action("see to parked messages without reading them", OPERATORS, every_house=True)
READ_PARKED = Action("open and correct a parked message", {OFFICER})

Why = Annotated[str, Length(most=500), validate.Regexp(r"\s*\S", error="Say why.")]


class HasUnits(Protocol):
    """A service with a database."""

    units: Units


@dataclass(frozen=True, slots=True, kw_only=True)
class ParkedMessagesQuery:
    after: Annotated[int, {"description": "`next` of the page before"}] = 0
    limit: Annotated[int, Range(1, 500)] = 100


@dataclass(frozen=True, slots=True, kw_only=True)
class ParkedMessage:
    """Nothing of what is in it."""

    id: int
    parked_at: datetime
    kind: Annotated[str, {"description": "rejected, unexpected or exhausted"}]
    queue: str
    sender: str
    message_id: UUID
    problems: tuple[Problem, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class ParkedMessages:
    """Oldest first. `next` is null on the last page."""

    items: tuple[ParkedMessage, ...]
    next: int | None


@dataclass(frozen=True, slots=True, kw_only=True)
class ParkedStep:
    """What an operator did to a message before."""

    what: Annotated[str, {"description": "looked, corrected, replayed or discarded"}]
    who: str
    why: str
    at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class ParkedMessageView(ParkedMessage):
    """`structure`: what kind each value is and how long, no value itself; a name that the service does not know is `…`
    and its place. Null where `unreadable` tells why."""

    size: Annotated[int, {"description": "bytes"}]
    structure: Any | None
    unreadable: str | None
    history: tuple[ParkedStep, ...]
    may_open: Annotated[bool, {"description": "whether the caller may open and correct it"}]


@dataclass(frozen=True, slots=True, kw_only=True)
class Reason:
    """Why this is done. It is kept: no personal data in it."""

    why: Why


@dataclass(frozen=True, slots=True, kw_only=True)
class Opening(Reason):
    original: Annotated[bool, {"description": "as it was before it was corrected"}] = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Correction(Reason):
    message: Annotated[Mapping[str, Any], {"description": "the whole message, with the same id and house"}]


@dataclass(frozen=True, slots=True, kw_only=True)
class OpenedMessage:
    body: Annotated[str, {"description": "bytes that are not UTF-8 are shown as �"}]


@endpoint(action=SEE_TO_PARKED, query=ParkedMessagesQuery, gives=ParkedMessages)
def parked_messages(call: Call[ParkedMessagesQuery], service: HasUnits) -> ParkedMessages:
    """What stands parked, without what is in it."""
    limit = call.input.limit
    with _parking(service) as parking:
        found = [_listed(row) for row in parking.messages(after=call.input.after, limit=limit + 1)]
    return ParkedMessages(items=tuple(found[:limit]), next=found[limit - 1].id if len(found) > limit else None)


@endpoint(action=SEE_TO_PARKED, gives=ParkedMessageView)
def parked_message(call: Call[None], service: HasUnits, id: int) -> ParkedMessageView:
    """One parked message: its structure without values, and what was done to it before."""
    with _parking(service) as parking:
        message, history = parking.message(id)
    structure, unreadable = _outline(message["body"], service.units.field_names())
    return ParkedMessageView(
        **_columns(message),
        size=len(message["body"]),
        structure=structure,
        unreadable=unreadable,
        history=tuple(ParkedStep(**step) for step in history),
        may_open=may(call.caller, READ_PARKED, Resource(house_of(message) or "")),
    )


@endpoint(action=READ_PARKED, takes=Opening, gives=OpenedMessage)
def open_parked_message(call: Call[Opening], service: HasUnits, id: int) -> OpenedMessage:
    """Read a message itself, which may tell who somebody is; who looks and why is kept."""
    with _parking(service) as parking:
        message = _of_own_house(parking, id, call)
        body = parking.original(message) if call.input.original else message["body"]
        parking.look(message, _by(call))
    return OpenedMessage(body=body.decode(errors="replace"))


@endpoint(action=READ_PARKED, takes=Correction)
def correct_parked_message(call: Call[Correction], service: HasUnits, id: int) -> None:
    """Give a message another body; the original is kept, and it stays parked."""
    with _parking(service) as parking:
        _of_own_house(parking, id, call)
        parking.correct(id, orjson.dumps(call.input.message), _by(call))


@endpoint(action=SEE_TO_PARKED, takes=Reason)
def replay_parked_message(call: Call[Reason], service: HasUnits, id: int) -> None:
    """Hand a message to its reader again: it takes effect, or is parked again under a new number."""
    with _parking(service) as parking:
        parking.replay(id, _by(call))


@endpoint(action=SEE_TO_PARKED, takes=Reason)
def discard_parked_message(call: Call[Reason], service: HasUnits, id: int) -> None:
    """Remove a message and all its bodies for good."""
    with _parking(service) as parking:
        parking.discard(id, _by(call))


PARKING = {
    "GET /v1/parked-messages": parked_messages,
    "GET /v1/parked-messages/<int:id>": parked_message,
    "POST /v1/parked-messages/<int:id>/openings": open_parked_message,
    "POST /v1/parked-messages/<int:id>/corrections": correct_parked_message,
    "POST /v1/parked-messages/<int:id>/replays": replay_parked_message,
    "POST /v1/parked-messages/<int:id>/discards": discard_parked_message,
}


@contextmanager
def _parking(service: HasUnits) -> Iterator[Parking]:
    try:
        with service.units.parking() as parking:
            yield parking
    except NotParked as error:
        raise NotFound(Problem("id", str(error))) from None
    except ParkingError as error:
        raise Conflict(Problem("", str(error))) from None


def _of_own_house(parking: Parking, id: int, call: Call[Any]) -> Row:
    message, _ = parking.message(id)
    house = house_of(message)
    if house is None:
        raise Forbidden("Nothing tells of which house this message is; only the command opens it.")
    if not may(call.caller, READ_PARKED, Resource(house)):
        raise Forbidden("This token is for another house.")
    return message


def _listed(row: Row) -> ParkedMessage:
    return ParkedMessage(**_columns(row))


def _columns(row: Row) -> Row:
    """Those that are told to operators."""
    told = {name: row[name] for name in ("id", "parked_at", "kind", "queue", "sender", "message_id")}
    return told | {"problems": tuple(row["problems"])}


def _outline(body: bytes, names: Set[str]) -> tuple[Any, str | None]:
    """The structure of a message, or why it has none."""
    try:
        return outline_of(body, names), None
    except Rejected as rejected:
        return None, str(rejected)


def _by(call: Call[Any]) -> By:
    """A caller's name is one of its house only."""
    return {"who": f"{call.caller.name} ({call.caller.house})", "why": call.input.why.strip()}
