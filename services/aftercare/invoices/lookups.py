"""The invoices that were paid, with those that are alike."""

from functools import partial
from operator import attrgetter

from services.aftercare.house import House
from services.aftercare.invoices.messages import InvoicesQuery, InvoiceView
from services.aftercare.invoices.rules import alike, alike_numbers
from services.aftercare.invoices.store import InvoiceStore
from shared.postgres import as_row
from shared.unit import Lookup
from shared.web import Page, check_cursor, page_of


def invoices(house: str, query: InvoicesQuery, lookup: Lookup[House]) -> Page[InvoiceView]:
    """A page of a year's invoices by date, without those whose payment was corrected. Raises Rejected for a cursor that
    is no invoice of this house.
    """
    store = lookup.store(InvoiceStore)
    check_cursor(query.cursor, partial(store.is_invoice, house))
    found = store.invoices(house, query)
    likes = alike_numbers(store.numbers(house, query.year, {invoice.partner for invoice in found}))
    views = [InvoiceView(**as_row(invoice), alike=alike(invoice, likes)) for invoice in found]
    return page_of(views, query.limit, attrgetter("entry_id"))
