"""Parked messages of all services, over HTTP."""

from typing import Protocol
from urllib.parse import urlencode

from werkzeug.wrappers import Response

from services.reporting.access import SEE_TO_PARKED_EVERYWHERE
from services.reporting.parked_messages import lookups
from services.reporting.parked_messages.messages import (
    ParkedEverywhere,
    ParkedGroupsPage,
    ParkedGroupsQuery,
    PassedOn,
    Step,
)
from services.reporting.parked_messages.neighbours import GROUPS_PATH, Neighbours
from shared.postgres import as_row
from shared.web import Call, endpoint
from shared.web.parked import GroupStepTaken, ParkedMessages, ParkedMessagesQuery, ParkedMessageView

PATH = "/v1/parked-messages"


class HasNeighbours(Protocol):
    """A service that can ask all services."""

    neighbours: Neighbours


@endpoint(action=SEE_TO_PARKED_EVERYWHERE, gives=ParkedEverywhere)
def parked_everywhere(call: Call[None], reporting: HasNeighbours) -> ParkedEverywhere:
    """The parked messages of every service, in groups."""
    return ParkedEverywhere(services=reporting.neighbours.parked_groups(call))


@endpoint(action=SEE_TO_PARKED_EVERYWHERE, query=ParkedGroupsQuery, gives=ParkedGroupsPage)
def parked_groups_everywhere(call: Call[ParkedGroupsQuery], reporting: HasNeighbours) -> ParkedGroupsPage:
    """Groups of parked messages of all services: those that wait for a person apart from those that were answered."""
    return lookups.parked_groups(call.input, reporting.neighbours.parked_groups(call))


@endpoint(action=SEE_TO_PARKED_EVERYWHERE, query=ParkedMessagesQuery, gives=ParkedMessages)
def parked_at_service(call: Call[ParkedMessagesQuery], reporting: HasNeighbours, service: str) -> Response:
    """Parked messages of one service, newest first."""
    query = urlencode({name: value for name, value in as_row(call.input).items() if value is not None})
    return reporting.neighbours.pass_on(call, "GET", service, f"{PATH}?{query}")


@endpoint(action=SEE_TO_PARKED_EVERYWHERE, gives=ParkedMessageView)
def parked_elsewhere(call: Call[None], reporting: HasNeighbours, service: str, id: int) -> Response:
    """One parked message, as its service shows it."""
    return reporting.neighbours.pass_on(call, "GET", service, f"{PATH}/{id}")


@endpoint(action=SEE_TO_PARKED_EVERYWHERE, takes=PassedOn(), files=["application/json"])
def parked_step(call: Call[Step], reporting: HasNeighbours, service: str, id: int, step: str) -> Response:
    """Open, correct, replay or discard a parked message: passed on to its service with the caller's own token."""
    return reporting.neighbours.pass_on(call, "POST", service, f"{PATH}/{id}/{step}")


@endpoint(action=SEE_TO_PARKED_EVERYWHERE, takes=PassedOn(), gives=GroupStepTaken)
def parked_group_step(call: Call[Step], reporting: HasNeighbours, service: str, step: str) -> Response:
    """Replay or discard messages of a group: passed on to their service with the caller's own token."""
    return reporting.neighbours.pass_on(call, "POST", service, f"{GROUPS_PATH}/{step}")
