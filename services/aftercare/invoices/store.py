"""The invoices that were taken, each with the entries that paid it."""

from pathlib import Path
from uuid import UUID

from services.aftercare.invoices.messages import InvoiceReceived, InvoicesQuery
from services.aftercare.invoices.rules import AcceptedInvoice, spelling
from shared.postgres import Store, as_row, load_queries


class InvoiceStore(Store):
    queries = load_queries(Path(__file__).with_name("queries.sql"))

    def lock_invoices(self, house: str, partner: str) -> None:
        """Hold back whoever else would pay an invoice of the provider, until the transaction ends."""
        self.execute("lock_invoices", {"house": house, "partner": partner})

    def accepted(self, house: str, invoice: InvoiceReceived) -> AcceptedInvoice | None:
        """The invoice that was accepted before under the number, in the same year."""
        series = {"house": house, "partner": invoice.partner, "year": invoice.invoiced_on.year}
        found = self.fetch_all("invoices", series | {"spelling": spelling(invoice.number)}, AcceptedInvoice)
        return found[0] if found else None

    def invoices(self, house: str, query: InvoicesQuery) -> list[AcceptedInvoice]:
        """The invoices of a year, without those whose payment was corrected."""
        return self.fetch_all("invoices", {"house": house, "spelling": None} | as_row(query), AcceptedInvoice)

    def add_payment(self, house: str, invoice: InvoiceReceived, entry_id: UUID) -> None:
        named = {"partner": invoice.partner, "number": invoice.number, "spelling": spelling(invoice.number)}
        self.execute("add_payment", {"house": house, "entry_id": entry_id} | named)
