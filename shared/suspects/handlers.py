"""A service notes who is a suspect, to show it for some days."""

from typing import Any

from shared.messaging import Event
from shared.suspects.messages import SuspectRecognised
from shared.suspects.store import SuspectStore
from shared.unit import Unit


def note_suspect(event: Event[SuspectRecognised], unit: Unit[Any]) -> None:
    """Note that a case of the person runs at ZSM since that day. An older day that comes late changes nothing."""
    unit.store(SuspectStore).note(event.house, event.required_case_id(), event.data.listed_on)
