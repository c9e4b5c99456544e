"""Invoices, over HTTP."""

from services.aftercare.access import SEE_FUNDS
from services.aftercare.house import House
from services.aftercare.invoices import lookups
from services.aftercare.invoices.messages import InvoicesQuery, InvoiceView
from shared.unit import Lookup
from shared.web import Call, Page, lookup


@lookup(action=SEE_FUNDS, query=InvoicesQuery, gives=InvoiceView, paged=True)
def invoices(call: Call[InvoicesQuery], unit: Lookup[House]) -> Page[InvoiceView]:
    """Invoices of a year that were paid, each with the numbers that are alike."""
    return lookups.invoices(call.house, call.input, unit)
