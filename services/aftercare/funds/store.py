"""How a fund's allotments are divided, and the closing of its years. Amounts are Decimal, in euros."""

from collections.abc import Iterable
from datetime import date
from decimal import Decimal
from pathlib import Path
from uuid import UUID

from services.aftercare.funds.messages import AllotmentView
from services.aftercare.funds.rules import Allotment, Applicant
from services.aftercare.ledger.rules import Booking, FundYearKey, Terms
from shared.postgres import Store, as_row, load_queries


class FundStore(Store):
    queries = load_queries(Path(__file__).with_name("queries.sql"))

    def add_allotments(self, entry_id: UUID, allotments: Iterable[Allotment]) -> None:
        """How the allotment of an entry is divided."""
        rows = list(allotments)
        columns = {
            "municipalities": [allotment.municipality for allotment in rows],
            "outflows": [allotment.outflow for allotment in rows],
            "amounts": [allotment.amount for allotment in rows],
            "applicants": [allotment.applies for allotment in rows],
        }
        self.execute("add_allotments", {"entry_id": entry_id} | columns)

    def allotments(self, key: FundYearKey) -> list[AllotmentView]:
        """How the year's allotment that stands is divided, by municipality."""
        return self.fetch_all("allotments", key._asdict(), _allotment)

    def last_booked_on(self, key: FundYearKey) -> date | None:
        """The latest day on which something is booked in the year."""
        found = self.fetch_one("last_booked_on", key._asdict())
        return found["last_booked_on"] if found else None

    def close_year(self, key: FundYearKey, booking: Booking, terms: Terms) -> None:
        kept = as_row(terms) | {"lines": list(terms.lines)}
        self.execute("close_year", key._asdict() | as_row(booking) | kept)


def _allotment(*, municipality: str, outflow: int, amount: Decimal, applies: str) -> AllotmentView:
    return AllotmentView(municipality=municipality, outflow=outflow, amount=amount, applies=Applicant(applies))
