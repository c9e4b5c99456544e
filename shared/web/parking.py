"""Endpoints for a service's parked messages; `shared.messaging.parking` is the same on the command line.

Operators list, replay and discard the parked messages of every house, without reading them. Parking officers open and
correct the messages of their own house. A message about a sealed matter is opened and corrected on the command line
only.
"""

from collections.abc import Iterator, Mapping, Set
from contextlib import contextmanager
from dataclasses import dataclass, fields
from datetime import datetime
from typing import Annotated, Any, Protocol
from uuid import UUID

import orjson
from werkzeug.exceptions import Forbidden

from shared.bounds import Line, Range
from shared.messaging.outcomes import Conflict, NotFound, Problem, Rejected
from shared.messaging.outline import outline_of
from shared.messaging.parked import Author, NotParked, Parking, ParkingError, house_of
from shared.messaging.storage import OpenedRow, ParkedRow
from shared.messaging.units import Units
from shared.web.access import Action, Resource, may
from shared.web.call import Call
from shared.web.offer import endpoint

OFFICER = "parking_officer"
OPERATORS = frozenset({"operator", OFFICER})
MANAGE_PARKED = Action("list, replay and discard parked messages without reading them", OPERATORS, every_house=True)
READ_PARKED = Action("open and correct a parked message", {OFFICER})


class HasUnits(Protocol):
    """A service with a database."""

    units: Units


@dataclass(frozen=True, slots=True, kw_only=True)
class ParkedMessagesQuery:
    after: Annotated[int, {"description": "`next` of the previous page"}] = 0
    limit: Annotated[int, Range(1, 500)] = 100


@dataclass(frozen=True, slots=True, kw_only=True)
class ParkedMessage:
    """A parked message without its content."""

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
    """An earlier action of an operator on a parked message."""

    what: Annotated[str, {"description": "looked, corrected, replayed or discarded"}]
    who: str
    why: str
    at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class ParkedMessageView(ParkedMessage):
    """A parked message with its structure.

    structure: the message with the kind and length in place of each value, for example `text of 9`; a field name that
    the service does not know is `…` and its position. Null if the message is no JSON object; `unreadable` says why.
    """

    size: Annotated[int, {"description": "bytes"}]
    structure: Any | None
    unreadable: str | None
    history: tuple[ParkedStep, ...]
    may_open: Annotated[bool, {"description": "whether the caller may open and correct it"}]


@dataclass(frozen=True, slots=True, kw_only=True)
class Reason:
    """The reason of an action. It is stored, so it must hold no personal data."""

    why: Line


@dataclass(frozen=True, slots=True, kw_only=True)
class Opening(Reason):
    original: Annotated[bool, {"description": "the body before the first correction"}] = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Correction(Reason):
    message: Annotated[Mapping[str, Any], {"description": "the whole message, with the same id and house"}]


@dataclass(frozen=True, slots=True, kw_only=True)
class OpenedMessage:
    body: Annotated[str, {"description": "bytes that are not UTF-8 are shown as �"}]


@endpoint(action=MANAGE_PARKED, query=ParkedMessagesQuery, gives=ParkedMessages)
def parked_messages(call: Call[ParkedMessagesQuery], service: HasUnits) -> ParkedMessages:
    """List the parked messages, without their content."""
    limit = call.input.limit
    with _parking(service) as parking:
        messages = [ParkedMessage(**_summary(row)) for row in parking.messages(after=call.input.after, limit=limit + 1)]
    return ParkedMessages(items=tuple(messages[:limit]), next=messages[limit - 1].id if len(messages) > limit else None)


@endpoint(action=MANAGE_PARKED, gives=ParkedMessageView)
def parked_message(call: Call[None], service: HasUnits, id: int) -> ParkedMessageView:
    """One parked message: its structure without values, and earlier actions on it."""
    with _parking(service) as parking:
        message, history = parking.message(id)
    structure, unreadable = _outline(message.body, service.units.field_names())
    return ParkedMessageView(
        **_summary(message),
        size=len(message.body),
        structure=structure,
        unreadable=unreadable,
        history=tuple(ParkedStep(**action._asdict()) for action in history),
        may_open=may(call.caller, READ_PARKED, Resource(house_of(message) or ""))
        and not service.units.is_sealed(message.body),
    )


@endpoint(action=READ_PARKED, takes=Opening, gives=OpenedMessage)
def open_parked_message(call: Call[Opening], service: HasUnits, id: int) -> OpenedMessage:
    """Read a message itself, which may hold personal data; the reader and the reason are stored."""
    with _parking(service) as parking:
        message = _of_own_house(parking, id, call)
        body = parking.original(message) if call.input.original else message.body
        _check_open(service, body)
        parking.look(message, _author(call))
    return OpenedMessage(body=body.decode(errors="replace"))


@endpoint(action=READ_PARKED, takes=Correction)
def correct_parked_message(call: Call[Correction], service: HasUnits, id: int) -> None:
    """Replace a message's body; the original is kept, and the message stays parked."""
    with _parking(service) as parking:
        _check_open(service, _of_own_house(parking, id, call).body)
        parking.correct(id, orjson.dumps(call.input.message), _author(call))


@endpoint(action=MANAGE_PARKED, takes=Reason)
def replay_parked_message(call: Call[Reason], service: HasUnits, id: int) -> None:
    """Process a message again: it takes effect, or is parked again under a new number."""
    with _parking(service) as parking:
        parking.replay(id, _author(call))


@endpoint(action=MANAGE_PARKED, takes=Reason)
def discard_parked_message(call: Call[Reason], service: HasUnits, id: int) -> None:
    """Delete a message and all its bodies."""
    with _parking(service) as parking:
        parking.discard(id, _author(call))


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
        raise NotFound(Problem("id", str(error), "unknown_message")) from None
    except ParkingError as error:
        raise Conflict(Problem("", str(error), "not_possible_now")) from None


def _of_own_house(parking: Parking, id: int, call: Call[Any]) -> OpenedRow:
    message, _ = parking.message(id)
    house = house_of(message)
    if house is None:
        raise Forbidden("The house of this message is unknown; open it on the command line.")
    if not may(call.caller, READ_PARKED, Resource(house)):
        raise Forbidden("This token is for another house.")
    return message


def _check_open(service: HasUnits, body: bytes) -> None:
    if service.units.is_sealed(body):
        raise Forbidden("This message is about a sealed matter; open or correct it on the command line.")


def _summary(row: ParkedRow) -> dict[str, Any]:
    """The columns that operators may see."""
    return {field.name: getattr(row, field.name) for field in fields(ParkedRow)}


def _outline(body: bytes, names: Set[str]) -> tuple[Any, str | None]:
    """The structure of a message, or None and the reason that it has none."""
    try:
        return outline_of(body, names), None
    except Rejected as rejected:
        return None, str(rejected)


def _author(call: Call[Any]) -> Author:
    """The author and reason of an action. The house is part of the author: callers' names are unique per house only."""
    return {"who": f"{call.caller.name} ({call.caller.house})", "why": call.input.why.strip()}
