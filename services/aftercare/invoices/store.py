"""The invoices that were taken, each with the entry that paid it."""

from pathlib import Path
from uuid import UUID

from shared.postgres import Store, load_queries


class InvoiceStore(Store):
    queries = load_queries(Path(__file__).with_name("queries.sql"))

    def is_taken(self, house: str, partner: str, number: str) -> bool:
        wanted = {"house": house, "partner": partner, "number": number}
        return self.fetch_one("invoice", wanted) is not None

    def add_invoice(self, house: str, partner: str, number: str, entry_id: UUID) -> None:
        self.execute("add_invoice", {"house": house, "partner": partner, "number": number, "entry_id": entry_id})
