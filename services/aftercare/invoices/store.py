"""The invoices that were taken, each with the entries that paid it."""

from collections.abc import Collection
from pathlib import Path
from uuid import UUID

from services.aftercare.invoices.messages import InvoiceReceived, InvoicesQuery
from services.aftercare.invoices.rules import AcceptedInvoice, InvoiceNumber, spelling
from shared.postgres import Store, as_row, load_queries


class InvoiceStore(Store):
    queries = load_queries(Path(__file__).with_name("queries.sql"))

    def lock_invoices(self, house: str, partner: str) -> None:
        """Hold back whoever else would pay an invoice of the provider, until the transaction ends."""
        self.execute("lock_invoices", {"house": house, "partner": partner})

    def accepted(self, house: str, invoice: InvoiceReceived) -> AcceptedInvoice | None:
        """The invoice that was accepted before under the number, in the same year."""
        series = {"house": house, "partner": invoice.partner, "year": invoice.invoiced_on.year}
        series |= {"spelling": spelling(invoice.number), "after": None, "limit": 1}
        found = self.fetch_all("invoices", series, AcceptedInvoice)
        return found[0] if found else None

    def invoices(self, house: str, query: InvoicesQuery) -> list[AcceptedInvoice]:
        """The invoices of a year, one more than a page holds, without those whose payment was corrected."""
        parameters = as_row(query) | {"house": house, "spelling": None, "after": query.cursor, "limit": query.limit + 1}
        return self.fetch_all("invoices", parameters, AcceptedInvoice)

    def is_invoice(self, house: str, entry_id: UUID) -> bool:
        return self.fetch_one("is_invoice", {"house": house, "entry_id": entry_id}) is not None

    def numbers(self, house: str, year: int, partners: Collection[str]) -> list[InvoiceNumber]:
        """The numbers of these providers' invoices of a year."""
        return self.fetch_all("numbers", {"house": house, "year": year, "partners": list(partners)}, InvoiceNumber)

    def add_payment(self, house: str, invoice: InvoiceReceived, entry_id: UUID) -> None:
        named = {"partner": invoice.partner, "number": invoice.number, "spelling": spelling(invoice.number)}
        self.execute("add_payment", {"house": house, "entry_id": entry_id} | named)
