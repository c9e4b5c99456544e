"""The invoices that were paid, with those that are alike."""

from services.aftercare.house import House
from services.aftercare.invoices.messages import InvoicesQuery, InvoiceView
from services.aftercare.invoices.rules import alike
from services.aftercare.invoices.store import InvoiceStore
from shared.postgres import as_row
from shared.unit import Lookup


def invoices(house: str, query: InvoicesQuery, lookup: Lookup[House]) -> list[InvoiceView]:
    """The invoices of a year in the order of their dates, without those whose payment was corrected."""
    found = lookup.store(InvoiceStore).invoices(house, query)
    return [InvoiceView(**as_row(invoice), alike=alike(invoice, found)) for invoice in found]
