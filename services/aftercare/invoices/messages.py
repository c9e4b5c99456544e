"""The invoices of providers, as intake hands them on."""

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from services.aftercare.judgements.messages import PartnerMessage
from services.aftercare.money.messages import Euros


@dataclass(frozen=True, slots=True, kw_only=True)
class InvoiceReceived(PartnerMessage):
    """`invoices.received.v1` of intake: a provider asks to be paid for an assignment. `number`: the provider's own."""

    assignment_id: UUID
    number: str
    amount: Euros
    invoiced_on: date
