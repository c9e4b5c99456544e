"""A provider is paid out of the commitments to it, each invoice once."""

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from itertools import islice
from operator import attrgetter
from typing import NamedTuple
from unicodedata import normalize
from uuid import UUID

from services.aftercare.commitments.rules import StandingCommitment
from services.aftercare.house import House
from services.aftercare.money.rules import NOTHING
from shared.rules import BrokenRule

MOST_ALIKE = 20
"""Numbers shown as alike with one: people compare them."""
DASHES = re.compile("[\u2010-\u2015\u2212]")
PARTS = re.compile(r"[^\W\d_]+|\d+")


class NothingPromised(BrokenRule):
    field = "assignmentId"
    reason = "has no commitment to pay the invoice from"


class NothingLeft(BrokenRule):
    field = "assignmentId"
    reason = "has nothing left of its commitments to pay the invoice from"


class AboveCommitments(BrokenRule):
    """The reason says by how much the invoice is higher than what is left of the commitments together."""

    field = "amount"


class InvoicedBefore(BrokenRule):
    """The reason names the invoice that was accepted under the number."""

    field = "number"


class InvoiceNumber(NamedTuple):
    """`partner`: the provider."""

    partner: str
    number: str


@dataclass(frozen=True, slots=True, kw_only=True)
class AcceptedInvoice:
    """An invoice of a provider that was paid, and whose payment was not corrected. `partner`: the provider. `entryId`:
    the entry that paid it, or the first of several.
    """

    entry_id: UUID
    partner: str
    number: str
    invoiced_on: date
    amount: Decimal


def spelling(number: str) -> str:
    """The number in the one spelling of all that are certainly the same: `B-2026-7` for `b-2026-7`, `B–2026-7 `.

    Capitals, kinds of dashes and the spaces around a number tell nothing; the signs and zeros in it may.
    """
    return " ".join(DASHES.sub("-", normalize("NFKC", number)).casefold().split())


def likeness(number: str) -> tuple[str, ...]:
    """The letters and figures of a number, equal for numbers that are alike: `B-2026-7`, `B2026/007`."""
    return tuple(part.lstrip("0") for part in PARTS.findall(spelling(number)))


def alike_numbers(numbers: Iterable[InvoiceNumber]) -> Mapping[tuple[str, ...], Sequence[str]]:
    """The numbers of a year's invoices, those that are alike together: by provider and likeness, the first of each."""
    together = defaultdict[tuple[str, ...], list[str]](list)
    for partner, number in numbers:
        found = together[partner, *likeness(number)]
        if len(found) <= MOST_ALIKE:
            found.append(number)
    return together


def alike(invoice: AcceptedInvoice, numbers: Mapping[tuple[str, ...], Sequence[str]]) -> tuple[str, ...]:
    """The first MOST_ALIKE other numbers of the provider that look like the number of this invoice."""
    others = (number for number in numbers[invoice.partner, *likeness(invoice.number)] if number != invoice.number)
    return tuple(islice(others, MOST_ALIKE))


def check_number(accepted: AcceptedInvoice | None) -> None:
    """Raises InvoicedBefore if an invoice was accepted under the number. accepted: that invoice."""
    if accepted:
        which = f"{accepted.number} of {accepted.invoiced_on}, € {accepted.amount}"
        raise InvoicedBefore(reason=f"is the number of an invoice that was accepted before: {which}")


def payments(
    amount: Decimal, promised: Sequence[StandingCommitment], partner: str, house: House
) -> Iterator[tuple[StandingCommitment, Decimal]]:
    """The commitments that pay an invoice, each with its part: those of the earliest year first.

    promised: all commitments for the assignment. Raises NothingPromised, NothingLeft, AboveCommitments.
    """
    found = _promised_to(partner, promised, house)
    _check_left(amount, sum((commitment.remaining for commitment in found), NOTHING))
    for commitment in sorted(found, key=attrgetter("year")):
        if part := min(amount, commitment.remaining):
            amount -= part
            yield commitment, part


def _promised_to(partner: str, promised: Sequence[StandingCommitment], house: House) -> list[StandingCommitment]:
    providers = {provider.code for provider in house.providers.values() if provider.partner == partner}
    found = [commitment for commitment in promised if commitment.provider in providers]
    if not found:
        raise NothingPromised
    return found


def _check_left(amount: Decimal, left: Decimal) -> None:
    """Raises NothingLeft or AboveCommitments unless so much is left of the commitments together."""
    if not left:
        raise NothingLeft
    if amount > left:
        raise AboveCommitments(reason=f"is € {amount - left} more than is left of the commitments")
