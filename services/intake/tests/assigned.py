"""Somebody is detained, and a provider gets something to do for that person."""

from typing import Any
from uuid import UUID, uuid4

from services.intake.tests.desk import Desk
from services.intake.tests.given import DETENTION, PRISONS


def detained(desk: Desk) -> str:
    """A detention notice came: gives the case."""
    desk.send(DETENTION, PRISONS, type="detention-notices.submitted.v1")
    [event] = desk.announced("detentions.registered.v1")
    return str(event["subject"])


def given_assignment(desk: Desk, **differently: Any) -> str:
    """The provider gets something to do; gives its id."""
    case_id, id = detained(desk), str(uuid4())
    usual = {"assignmentId": id, "partner": "exodus", "kind": "trajectory", "trajectoryKind": "guidance"}
    desk.hear(
        "assignments.given.v1",
        usual | {"needs": ["housing"], "startsOn": "2015-06-15"} | differently,
        case_id=UUID(case_id),
    )
    return id
