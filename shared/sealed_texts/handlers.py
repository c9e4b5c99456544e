"""Intake forgets a subject, and with it go the texts that other services keep."""

from typing import Any

from shared.messaging import Event
from shared.sealed_texts.messages import SubjectForgotten
from shared.unit import Unit


def forget_texts(event: Event[SubjectForgotten], unit: Unit[Any]) -> None:
    """Destroy the keys of all texts of the case."""
    unit.texts.erase([event.required_case_id()])
