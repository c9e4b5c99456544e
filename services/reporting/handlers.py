"""The use cases: keep an event and project it, make the projections again, report on a year."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from marshmallow import Schema

from services.reporting.dependencies import Unit
from services.reporting.domain.facts import Period
from services.reporting.domain.report import management_report
from services.reporting.metrics import EVENTS_KEPT, REPORT_SECONDS
from services.reporting.projections import PROJECTIONS
from services.reporting.storage import ReportingStore
from shared.messaging import Delivery, Event, Reader
from shared.messaging.envelope import Envelope

CHUNK = 1000


@dataclass(frozen=True, slots=True)
class Received:
    """An event's data as it came, and as the schema loads it."""

    raw: Mapping[str, Any]
    loaded: Mapping[str, Any]


class JournalReader(Reader):
    """Reads events with all that stands in them: the journal keeps also what no report uses yet."""

    def load(self, delivery: Delivery, envelope: Envelope, schema: Schema) -> Received:
        return Received(envelope.data, schema.load(envelope.data))


def keep_and_project(event: Event, unit: Unit) -> None:
    """Add an event to the journal and to the projections."""
    received: Received = event.data
    unit.store.keep(event, received.raw)
    _project(unit.store, event.type, received.loaded, {"event_id": event.id, "house": event.house, "time": event.time})
    EVENTS_KEPT.labels(event.type).inc()


def rebuild(store: ReportingStore) -> int:
    """Empty the projections and fill them from the journal, in one transaction. Returns how many events there were."""
    store.hold_projections()
    store.empty_projections()
    count = position = 0
    while rows := store.journal_after(position, CHUNK):
        for row in rows:
            _project(store, row["type"], PROJECTIONS[row["type"]].schema.load(row["data"]), row)
        position = rows[-1]["position"]
        count += len(rows)
    return count


def report(house: str, year: int, unit: Unit) -> dict[str, Any]:
    """The management report, of one moment. Raises UnknownHouse."""
    profile = unit.profile(house)
    with REPORT_SECONDS.time():
        unit.store.read_one_moment()
        return management_report(profile, year, unit.store.facts(house, Period.of_year(year)))


def _project(store: ReportingStore, type: str, data: Mapping[str, Any], attributes: Mapping[str, Any]) -> None:
    PROJECTIONS[type].put(store, {**attributes, **data})
