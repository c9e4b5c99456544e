"""The invoices of providers: as intake hands them on, and as people look them up."""

from dataclasses import dataclass
from datetime import date
from typing import Annotated
from uuid import UUID

from services.aftercare.invoices.rules import MOST_ALIKE, AcceptedInvoice
from services.aftercare.judgements.messages import PartnerMessage
from services.aftercare.money.messages import Euros
from shared.bounds import Length, Range
from shared.web import PageQuery


@dataclass(frozen=True, slots=True, kw_only=True)
class InvoiceReceived(PartnerMessage):
    """`invoices.received.v1` of intake: a provider asks to be paid for an assignment. `number`: the provider's own."""

    assignment_id: UUID
    number: str
    amount: Euros
    invoiced_on: date


@dataclass(frozen=True, slots=True, kw_only=True)
class InvoicesQuery(PageQuery):
    """`year`: the year of the invoices' dates. `partner`: a provider, all providers if it is left out."""

    year: Annotated[int, Range(1900, 9998)]
    partner: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class InvoiceView(AcceptedInvoice):
    """`alike`: other numbers of the provider in the year that look like this one, so that a person can compare; the
    first 20.
    """

    amount: Euros
    alike: Annotated[tuple[str, ...], Length(most=MOST_ALIKE)]
