"""Reporting without a broker: events go in, a report comes out."""

from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from uuid import UUID

from psycopg import Connection

from services.reporting.factsheets import lookups as factsheets
from services.reporting.factsheets.rules import Factsheet
from services.reporting.house import House
from services.reporting.journal.reader import JournalReader
from services.reporting.management_report import lookups as management_reports
from services.reporting.management_report.rules import ManagementReport
from services.reporting.profile import load_houses
from services.reporting.rebuild import handlers as rebuilding
from services.reporting.rebuild.store import RebuildStore
from services.reporting.service import LISTENS
from services.reporting.tests.events import HOUSE
from shared.messaging import Delivery, Publishing
from shared.messaging.brake import Brake
from shared.messaging.sealing import Sealer
from shared.messaging.taking import Taker
from shared.testing.keys import KEYS
from shared.unit import Lookup, Unit

HOUSES = load_houses(Path(__file__).parents[3] / "houses")
SEALER = Sealer(KEYS)


@dataclass(frozen=True)
class Reports:
    """Takes batches as the service does."""

    connection: Connection[Any]
    taker: Taker = field(init=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "taker", Taker(JournalReader(LISTENS), SEALER, self.unit))

    def take(self, *bodies: bytes) -> dict[str, int]:
        """How many events came to which outcome."""
        tally = self.taker.take(self.connection, [Delivery(queue="reporting", body=body) for body in bodies], Brake())
        return {outcome: count for (_, outcome), count in tally.items()}

    def report(self, year: int = 2015, house: str = HOUSE) -> ManagementReport:
        with self.connection.transaction():
            return management_reports.management_report(house, year, self.lookup())

    def factsheet(self, municipality: str = "Gouda", year: int = 2015, house: str = HOUSE) -> Factsheet:
        with self.connection.transaction():
            return factsheets.factsheet(house, municipality, year, self.lookup())

    def rebuild(self) -> int:
        with self.connection.transaction():
            return rebuilding.rebuild(RebuildStore(self.connection))

    def lookup(self) -> Lookup[House]:
        return Lookup(connection=self.connection, houses=HOUSES, master_key=KEYS)

    def unit(self, connection: Connection[Any], correlation_id: UUID) -> Unit[House]:
        return Unit(
            connection=connection,
            publishing=Publishing("reporting", {}, SEALER),
            correlation_id=correlation_id,
            houses=HOUSES,
            master_key=KEYS,
        )
