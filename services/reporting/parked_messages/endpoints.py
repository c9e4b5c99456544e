"""Parked messages of all services, over HTTP."""

from typing import Protocol

from werkzeug.wrappers import Response

from services.reporting.access import SEE_TO_PARKED_EVERYWHERE
from services.reporting.parked_messages.messages import ParkedEverywhere, PassedOn, Step
from services.reporting.parked_messages.neighbours import Neighbours
from shared.web import Call, endpoint
from shared.web.parking import ParkedMessageView


class HasNeighbours(Protocol):
    """A service that can ask all services."""

    neighbours: Neighbours


@endpoint(action=SEE_TO_PARKED_EVERYWHERE, gives=ParkedEverywhere)
def parked_everywhere(call: Call[None], reporting: HasNeighbours) -> ParkedEverywhere:
    """The parked messages of every service."""
    return ParkedEverywhere(services=reporting.neighbours.parked_messages(call))


@endpoint(action=SEE_TO_PARKED_EVERYWHERE, gives=ParkedMessageView)
def parked_elsewhere(call: Call[None], reporting: HasNeighbours, service: str, id: int) -> Response:
    """One parked message, as its service shows it."""
    return reporting.neighbours.pass_on(call, "GET", service, f"{id}")


@endpoint(action=SEE_TO_PARKED_EVERYWHERE, takes=PassedOn(), files=["application/json"])
def parked_step(call: Call[Step], reporting: HasNeighbours, service: str, id: int, step: str) -> Response:
    """Open, correct, replay or discard a parked message: passed on to its service with the caller's own token."""
    return reporting.neighbours.pass_on(call, "POST", service, f"{id}/{step}")
