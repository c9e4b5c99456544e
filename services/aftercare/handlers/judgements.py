"""What is made of a partner's message: intake answers the partner with it."""

from services.aftercare.dependencies import Unit
from shared.messaging import Event, Problem

MOST_PROBLEMS = 100
ATTRIBUTES = {"changedOn": "time"}
"""Our fields that a partner gives as an attribute of its message, and not among its data."""


def judge(event: Event, problems: tuple[Problem, ...], unit: Unit) -> None:
    """Tell intake that the message took effect, or each of its fields that is wrong."""
    found = [{"field": _path(problem.field), "reason": problem.reason} for problem in problems]
    data = {"message_id": event.data["message_id"], "partner": event.data["partner"], "problems": found}
    unit.announce("submissions.judged.v1", house=event.house, case_id=event.case_id, time=event.time, data=data)


def _path(field: str) -> str:
    """The field as the partner knows it; empty for the message as a whole."""
    return ATTRIBUTES.get(field) or (f"data.{field}" if field else "")
