"""The use cases: keep an event and project it, make the projections again, report on a year."""

from typing import Any

from marshmallow import Schema

from services.reporting.dependencies import Unit
from services.reporting.domain.facts import Period
from services.reporting.domain.factsheet import factsheet as municipal_factsheet
from services.reporting.domain.report import management_report
from services.reporting.metrics import EVENTS_KEPT, FACTSHEET_SECONDS, REPORT_SECONDS
from services.reporting.projections import PROJECTIONS
from services.reporting.storage import ReportingStore
from shared.messaging import Delivery, Event, Reader
from shared.messaging.envelope import Envelope

CHUNK = 20_000
"""Positions of the journal that are projected at a time: enough to cost nothing each, few enough to stay in memory."""


class JournalReader(Reader):
    """Checks events, and reads them with all that stands in them: the journal keeps also what no report uses yet."""

    def load(self, delivery: Delivery, envelope: Envelope, schema: Schema) -> Any:
        schema.load(envelope.data)
        return envelope.data


def keep_and_project(event: Event, unit: Unit) -> None:
    """Add an event to the journal, and to the projections where one uses it."""
    unit.store.keep(event, PROJECTIONS[event.type].put)
    EVENTS_KEPT.labels(event.type).inc()


def rebuild(store: ReportingStore) -> int:
    """Empty the projections and fill them from the journal, in one transaction. Returns how many events there were."""
    store.hold_journal()
    store.empty_projections()
    events, last_position = store.journal_size()
    for after in range(0, last_position, CHUNK):
        for type, projection in PROJECTIONS.items():
            if projection.put:
                store.put_again(projection.put, type, after=after, until=after + CHUNK)
    return events


def report(house: str, year: int, unit: Unit) -> dict[str, Any]:
    """The management report, of one moment. Raises UnknownHouse."""
    profile = unit.profile(house)
    with REPORT_SECONDS.time():
        unit.store.read_one_moment()
        return management_report(profile, year, unit.store.facts(house, Period.of_year(year)))


def factsheet(house: str, municipality: str, year: int, unit: Unit) -> dict[str, Any]:
    """The factsheet of one municipality, of one moment. Raises UnknownHouse, UnknownMunicipality."""
    profile, store, period = unit.profile(house), unit.store, Period.of_year(year)
    with FACTSHEET_SECONDS.time():
        store.read_one_moment()
        tabled, table_cases = store.tabled(house, period), store.table_cases(house, period)
        return municipal_factsheet(profile, year, municipality, tabled, table_cases)
