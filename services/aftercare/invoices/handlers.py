"""An invoice is paid out of what its provider was promised, or refused."""

from services.aftercare.commitments.handlers import pay
from services.aftercare.commitments.store import CommitmentStore
from services.aftercare.house import House
from services.aftercare.invoices.messages import InvoiceReceived
from services.aftercare.invoices.rules import InvoicedBefore, commitment_to_pay
from services.aftercare.invoices.store import InvoiceStore
from services.aftercare.ledger.rules import Booking
from shared.messaging import Event
from shared.unit import Unit


def take_invoice(event: Event[InvoiceReceived], unit: Unit[House]) -> None:
    """Pay an invoice from the commitment for the assignment. Each invoice number of a provider is paid once."""
    invoice, house, store = event.data, event.house, unit.store(InvoiceStore)
    if store.is_taken(house, invoice.partner, invoice.number):
        raise InvoicedBefore
    promised = unit.store(CommitmentStore).commitments_for(house, invoice.assignment_id)
    commitment = commitment_to_pay(promised, invoice.partner, unit.profile(house))
    booking = Booking(booked_on=invoice.invoiced_on, booked_by=invoice.partner, decision=f"invoice {invoice.number}")
    entry = pay(house, commitment, invoice.amount, booking, unit, year_field="assignmentId")
    store.add_invoice(house, invoice.partner, invoice.number, entry.entry_id)
