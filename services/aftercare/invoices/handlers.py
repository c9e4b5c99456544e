"""An invoice is paid out of what its provider was promised, or refused."""

from services.aftercare.commitments.rules import spending_postings
from services.aftercare.commitments.store import CommitmentStore
from services.aftercare.house import House
from services.aftercare.invoices import rules
from services.aftercare.invoices.messages import InvoiceReceived
from services.aftercare.invoices.store import InvoiceStore
from services.aftercare.ledger.handlers import book, open_year
from services.aftercare.ledger.rules import Booking, EntryKind
from shared.messaging import Event
from shared.unit import Unit


def take_invoice(event: Event[InvoiceReceived], unit: Unit[House]) -> None:
    """Pay an invoice from the commitments for the assignment. A number of a provider and year is paid once."""
    invoice, house, store = event.data, event.house, unit.store(InvoiceStore)
    store.lock_invoices(house, invoice.partner)
    rules.check_number(store.accepted(house, invoice))
    promised = unit.store(CommitmentStore).commitments_for(house, invoice.assignment_id)
    booking = Booking(booked_on=invoice.invoiced_on, booked_by=invoice.partner, decision=f"invoice {invoice.number}")
    for commitment, amount in rules.payments(invoice.amount, promised, invoice.partner, unit.profile(house)):
        year = open_year(commitment.key(house), unit, "assignmentId")
        year.check_day(EntryKind.SPENDING, invoice.invoiced_on, "invoicedOn")
        postings = spending_postings(commitment, amount)
        entry = book(year, EntryKind.SPENDING, postings, booking, unit, about=commitment.commitment_id)
        store.add_payment(house, invoice, entry.entry_id)
