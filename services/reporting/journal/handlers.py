"""Every event is kept."""

from services.reporting.house import House
from services.reporting.journal.messages import Data
from services.reporting.journal.store import JournalStore
from services.reporting.metrics import EVENTS_KEPT
from shared.messaging import Event
from shared.unit import Unit


def keep_event(event: Event[Data], unit: Unit[House]) -> None:
    """Add the event to the journal, and to its projection if figures count it."""
    unit.store(JournalStore).keep(event)
    EVENTS_KEPT.labels(event.type).inc()
