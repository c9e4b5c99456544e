"""Endpoints for a service's parked messages; `shared.messaging.parking` is the same on the command line.

Operators list, replay and discard the parked messages of every house, without reading them. Parking officers do so with
the messages of their own house, and open and correct these. A message about a sealed matter is opened and corrected on
the command line only. No list reads a body, and every answer has a bound, however much is parked.
"""

from collections.abc import Iterator, Set
from contextlib import contextmanager
from dataclasses import fields
from typing import Any, Protocol

import orjson
from werkzeug.exceptions import Forbidden

from shared.messaging.outcomes import Conflict, NotFound, Problem, Rejected
from shared.messaging.outline import outline_of, shown_field
from shared.messaging.parked import Author, NotParked, Parking, ParkingError, house_of
from shared.messaging.storage import LogRow, OpenedRow, ParkedRow, Selection
from shared.messaging.units import Units
from shared.postgres import as_row
from shared.web.access import Action, Resource, may
from shared.web.call import Call
from shared.web.offer import endpoint
from shared.web.parked import (
    Correction,
    GroupStep,
    GroupStepTaken,
    OpenedMessage,
    Opening,
    ParkedBefore,
    ParkedGroup,
    ParkedGroups,
    ParkedMessage,
    ParkedMessages,
    ParkedMessagesQuery,
    ParkedMessageView,
    ParkedState,
    ParkedStep,
    Reason,
)

OFFICER = "parking_officer"
OPERATORS = frozenset({"operator", OFFICER})
MANAGE_PARKED = Action("list, replay and discard parked messages of the own house without reading them", OPERATORS)
MANAGE_PARKED_EVERYWHERE = Action("the same with parked messages of every house", {"operator"}, every_house=True)
READ_PARKED = Action("open and correct a parked message", {OFFICER})


class HasUnits(Protocol):
    """A service with a database."""

    units: Units


@endpoint(action=MANAGE_PARKED, query=ParkedMessagesQuery, gives=ParkedMessages)
def parked_messages(call: Call[ParkedMessagesQuery], service: HasUnits) -> ParkedMessages:
    """List parked messages without their content, newest first."""
    query, names = call.input, service.units.field_names()
    with _parking(service) as parking:
        rows = parking.messages(_selection(call), before=query.before, limit=query.limit + 1)
    return ParkedMessages(
        items=tuple(ParkedMessage(**_summary(row, names)) for row in rows[: query.limit]),
        next=rows[query.limit - 1].id if len(rows) > query.limit else None,
    )


@endpoint(action=MANAGE_PARKED, gives=ParkedGroups)
def parked_groups(call: Call[None], service: HasUnits) -> ParkedGroups:
    """Count parked messages by house, sender, kind and reason."""
    house = house_in_reach(call)
    with _parking(service) as parking:
        waiting, answered = (parking.groups(Selection(answered=state, house=house)) for state in (False, True))
        before = parking.refusals_before(house)
    return ParkedGroups(
        waiting=tuple(ParkedGroup(**as_row(group)) for group in waiting),
        answered=tuple(ParkedGroup(**as_row(group)) for group in answered),
        before=tuple(ParkedBefore(**as_row(refusals)) for refusals in before),
    )


@endpoint(action=MANAGE_PARKED, takes=GroupStep, gives=GroupStepTaken)
def replay_parked_group(call: Call[GroupStep], service: HasUnits) -> GroupStepTaken:
    """Process messages of a group again, the oldest first; repeat with `after` until `next` is null."""
    step = call.input
    with _parking(service) as parking:
        taken = parking.replay_group(_own_group(call), _author(call), after=step.after, newest=step.newest)
    return GroupStepTaken(**taken._asdict())


@endpoint(action=MANAGE_PARKED, takes=GroupStep, gives=GroupStepTaken)
def discard_parked_group(call: Call[GroupStep], service: HasUnits) -> GroupStepTaken:
    """Delete messages of a group with all their bodies; repeat with `after` until `next` is null."""
    step = call.input
    with _parking(service) as parking:
        taken = parking.discard_group(_own_group(call), _author(call), after=step.after, newest=step.newest)
    return GroupStepTaken(**taken._asdict())


@endpoint(action=MANAGE_PARKED, gives=ParkedMessageView)
def parked_message(call: Call[None], service: HasUnits, id: int) -> ParkedMessageView:
    """One parked message: its structure without values, and earlier actions on it."""
    with _parking(service) as parking:
        message, history = _in_reach(parking, id, call)
    names = service.units.field_names()
    structure, unreadable = _outline(message.body, names)
    return ParkedMessageView(
        **_summary(message, names),
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
        _in_reach(parking, id, call)
        parking.replay(id, _author(call))


@endpoint(action=MANAGE_PARKED, takes=Reason)
def discard_parked_message(call: Call[Reason], service: HasUnits, id: int) -> None:
    """Delete a message and all its bodies."""
    with _parking(service) as parking:
        _in_reach(parking, id, call)
        parking.discard(id, _author(call))


PARKING = {
    "GET /v1/parked-messages": parked_messages,
    "GET /v1/parked-message-groups": parked_groups,
    "POST /v1/parked-message-groups/replays": replay_parked_group,
    "POST /v1/parked-message-groups/discards": discard_parked_group,
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


def house_in_reach(call: Call[Any]) -> str | None:
    """The house whose parked messages the caller manages; None: those of every house, also of an unknown one."""
    house = call.caller.house
    return None if may(call.caller, MANAGE_PARKED_EVERYWHERE, Resource(house)) else house


def _selection(call: Call[ParkedMessagesQuery]) -> Selection:
    query, house = call.input, house_in_reach(call)
    if house is not None and query.house not in (None, house):
        raise Forbidden("This token is for another house.")
    return Selection(
        answered=query.state is ParkedState.ANSWERED,
        house=house or query.house,
        sender=query.sender,
        kind=query.kind,
        reason=query.reason,
    )


def _own_group(call: Call[GroupStep]) -> Selection:
    step = call.input
    if house_in_reach(call) not in (None, step.house):
        raise Forbidden("This token is for another house.")
    answered = step.state is ParkedState.ANSWERED
    return Selection(answered=answered, house=step.house, sender=step.sender, kind=step.kind, reason=step.reason)


def _in_reach(parking: Parking, id: int, call: Call[Any]) -> tuple[OpenedRow, list[LogRow]]:
    """A message that the caller manages, and the actions on it. Nobody learns that another house's message exists."""
    message, history = parking.message(id)
    if house_in_reach(call) not in (None, house_of(message)):
        raise NotParked(f"no message {id} is parked here")
    return message, history


def _of_own_house(parking: Parking, id: int, call: Call[Any]) -> OpenedRow:
    message, _ = _in_reach(parking, id, call)
    house = house_of(message)
    if house is None:
        raise Forbidden("The house of this message is unknown; open it on the command line.")
    if not may(call.caller, READ_PARKED, Resource(house)):
        raise Forbidden("This token is for another house.")
    return message


def _check_open(service: HasUnits, body: bytes) -> None:
    if service.units.is_sealed(body):
        raise Forbidden("This message is about a sealed matter; open or correct it on the command line.")


def _summary(row: ParkedRow, names: Set[str]) -> dict[str, Any]:
    """The columns that operators may see."""
    columns = {field.name: getattr(row, field.name) for field in fields(ParkedRow)}
    problems = (problem._replace(field=shown_field(problem.field, names)) for problem in row.problems)
    return columns | {"problems": tuple(problems)}


def _outline(body: bytes, names: Set[str]) -> tuple[Any, str | None]:
    """The structure of a message, or None and the reason that it has none."""
    try:
        return outline_of(body, names), None
    except Rejected as rejected:
        return None, str(rejected)


def _author(call: Call[Any]) -> Author:
    """The author and reason of an action. The house is part of the author: callers' names are unique per house only."""
    return Author(who=f"{call.caller.name} ({call.house})", why=call.input.why.strip(), deed=call.deed)
