"""What operators do with a service's parked messages over HTTP; shared.messaging.parking does the same by command."""

from collections.abc import Iterator, Set
from contextlib import contextmanager
from typing import Any

import orjson
from marshmallow import fields, validate
from werkzeug.exceptions import Forbidden

from shared.messaging.outcomes import Conflict, NotFound, Problem, Rejected
from shared.messaging.outline import outline_of
from shared.messaging.parked import By, NotParked, Parking, ParkingError, Row, house_of
from shared.messaging.schema import MessageSchema, StrictSchema
from shared.messaging.units import Units
from shared.web.call import Call
from shared.web.endpoint import endpoint
from shared.web.openapi import WrongField

OFFICER = "parking_officer"
OPERATORS = {"operator", OFFICER}


class ParkedMessagesWanted(StrictSchema):
    after = fields.Integer(load_default=0, metadata={"description": "`next` of the page before"})
    limit = fields.Integer(load_default=100, validate=validate.Range(1, 500))


class ParkedMessage(MessageSchema):
    """Nothing of what is in it."""

    id = fields.Integer(required=True)
    parked_at = fields.AwareDateTime(required=True)
    kind = fields.String(required=True, metadata={"description": "rejected, unexpected or exhausted"})
    queue = fields.String(required=True)
    sender = fields.String(required=True)
    message_id = fields.UUID(required=True)
    problems = fields.List(fields.Nested(WrongField), required=True)


class ParkedMessages(MessageSchema):
    """Oldest first. `next` is null on the last page."""

    items = fields.List(fields.Nested(ParkedMessage), required=True)
    next = fields.Integer(required=True, allow_none=True)


class Done(MessageSchema):
    """What an operator did to a message before."""

    what = fields.String(required=True, metadata={"description": "looked, corrected, replayed or discarded"})
    who = fields.String(required=True)
    why = fields.String(required=True)
    at = fields.AwareDateTime(required=True)


class ParkedMessageView(ParkedMessage):
    """`structure`: what kind each value is and how long, no value itself; a name that the service does not know is `…`
    and its place. Null where `unreadable` tells why."""

    size = fields.Integer(required=True, metadata={"description": "bytes"})
    structure = fields.Raw(required=True, allow_none=True)
    unreadable = fields.String(required=True, allow_none=True)
    history = fields.List(fields.Nested(Done), required=True)
    may_open = fields.Boolean(required=True, metadata={"description": "whether the caller may open and correct it"})


class Reason(StrictSchema):
    """Why this is done. It is kept: no personal data in it."""

    why = fields.String(required=True, validate=[validate.Length(max=500), validate.Regexp(r"\s*\S", error="Say why.")])


class Opening(Reason):
    original = fields.Boolean(load_default=False, metadata={"description": "as it was before it was corrected"})


class Correction(Reason):
    message = fields.Dict(required=True, metadata={"description": "the whole message, with the same id and house"})


class OpenedMessage(MessageSchema):
    body = fields.String(required=True, metadata={"description": "bytes that are not UTF-8 are shown as �"})


class ParkingEndpoints:
    """Mixed into a service class that has `units`.

    Operators see to the parked messages of every house, without reading them. Officers open and correct those of their
    own house.
    """

    units: Units

    @endpoint(
        "GET",
        "/v1/parked-messages",
        summary="What stands parked, without what is in it",
        roles=OPERATORS,
        query=ParkedMessagesWanted(),
        gives=ParkedMessages(),
    )
    def parked_messages(self, call: Call) -> dict[str, Any]:
        limit = call.query["limit"]
        with _parking(self.units) as parking:
            found = parking.messages(after=call.query["after"], limit=limit + 1)
        return {"items": found[:limit], "next": found[limit - 1]["id"] if len(found) > limit else None}

    @endpoint(
        "GET",
        "/v1/parked-messages/<int:id>",
        summary="One parked message: its structure without values, and what was done to it before",
        roles=OPERATORS,
        gives=ParkedMessageView(),
    )
    def parked_message(self, call: Call, id: int) -> Row:
        with _parking(self.units) as parking:
            message, history = parking.message(id)
        may_open = OFFICER in call.caller.roles and house_of(message) == call.caller.house
        return (
            message | _outline(message["body"], self.units.field_names()) | {"history": history, "may_open": may_open}
        )

    @endpoint(
        "POST",
        "/v1/parked-messages/<int:id>/openings",
        summary="Read a message itself, which may tell who somebody is; who looks and why is kept",
        roles={OFFICER},
        takes=Opening(),
        gives=OpenedMessage(),
    )
    def open_parked_message(self, call: Call, id: int) -> dict[str, str]:
        with _parking(self.units) as parking:
            message = _of_own_house(parking, id, call)
            body = parking.original(message) if call.body["original"] else message["body"]
            parking.look(message, _by(call))
        return {"body": body.decode(errors="replace")}

    @endpoint(
        "POST",
        "/v1/parked-messages/<int:id>/corrections",
        summary="Give a message another body; the original is kept, and it stays parked",
        roles={OFFICER},
        takes=Correction(),
    )
    def correct_parked_message(self, call: Call, id: int) -> None:
        with _parking(self.units) as parking:
            _of_own_house(parking, id, call)
            parking.correct(id, orjson.dumps(call.body["message"]), _by(call))

    @endpoint(
        "POST",
        "/v1/parked-messages/<int:id>/replays",
        summary="Hand a message to its reader again: it takes effect, or is parked again under a new number",
        roles=OPERATORS,
        takes=Reason(),
    )
    def replay_parked_message(self, call: Call, id: int) -> None:
        with _parking(self.units) as parking:
            parking.replay(id, _by(call))

    @endpoint(
        "POST",
        "/v1/parked-messages/<int:id>/discards",
        summary="Remove a message and all its bodies for good",
        roles=OPERATORS,
        takes=Reason(),
    )
    def discard_parked_message(self, call: Call, id: int) -> None:
        with _parking(self.units) as parking:
            parking.discard(id, _by(call))


@contextmanager
def _parking(units: Units) -> Iterator[Parking]:
    try:
        with units.parking() as parking:
            yield parking
    except NotParked as error:
        raise NotFound(Problem("id", str(error))) from None
    except ParkingError as error:
        raise Conflict(Problem("", str(error))) from None


def _of_own_house(parking: Parking, id: int, call: Call) -> Row:
    message, _ = parking.message(id)
    house = house_of(message)
    if house is None:
        raise Forbidden("Nothing tells of which house this message is; only the command opens it.")
    call.require_house(house)
    return message


def _outline(body: bytes, names: Set[str]) -> dict[str, Any]:
    try:
        told = {"structure": outline_of(body, names), "unreadable": None}
    except Rejected as rejected:
        told = {"structure": None, "unreadable": str(rejected)}
    return told | {"size": len(body)}


def _by(call: Call) -> By:
    """A caller's name is one of its house only."""
    return {"who": f"{call.caller.name} ({call.caller.house})", "why": call.body["why"].strip()}
