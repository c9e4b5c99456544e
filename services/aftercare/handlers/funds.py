"""The funds, from the allotment to the closing of a year: load, decide, store, announce."""

from collections.abc import Mapping, Sequence, Set
from dataclasses import replace
from decimal import Decimal
from typing import Any, NamedTuple
from uuid import UUID, uuid4

from services.aftercare import metrics
from services.aftercare.dependencies import Unit
from services.aftercare.domain import funds, ledger, needs
from services.aftercare.domain.errors import (
    AlreadyAllotted,
    BrokenRule,
    InvoicedBefore,
    NothingPromised,
    UnknownAdvance,
    UnknownCommitment,
    UnknownEntry,
    UnknownFund,
    UnknownLine,
    UnknownMunicipality,
    UnknownProvider,
    YearClosed,
)
from services.aftercare.domain.funds import Fund, FundYear
from services.aftercare.domain.house import House
from services.aftercare.domain.ledger import (
    Advance,
    Balances,
    Booked,
    Commitment,
    Entry,
    EntryKind,
    FundYearOf,
    Posting,
)
from shared.business_dates import noon
from shared.messaging import Event

IN_INVOICES = {"commitmentId": "assignmentId", "year": "assignmentId"}
"""What an invoice has for the fields that a broken rule blames."""


class Book(NamedTuple):
    """A year of a fund, held by this transaction alone, with what is on its accounts."""

    of: FundYearOf
    house: House
    fund: Fund
    year: FundYear
    balances: Balances


def allot(of: FundYearOf, outflow: Mapping[str, int], single: Set[str], booked: Booked, unit: Unit) -> Entry:
    """What the house applied for comes in, by the outflow of each municipality in the reference year."""
    book = _open(of, unit)
    if unit.store.allotments(of):
        raise AlreadyAllotted
    allotments = funds.allot(outflow, single, book.year, book.house.municipalities)
    entry = _enter(book, EntryKind.ALLOTMENT, ledger.of_allotments(allotments), booked, unit)
    unit.store.add_allotments(entry.entry_id, allotments)
    return entry


def budget(of: FundYearOf, line: str, amount: Decimal, booked: Booked, unit: Unit) -> Entry:
    """So much of what is not assigned is for this line."""
    book = _open(of, unit)
    _check_line(line, book)
    return _enter(book, EntryKind.BUDGET, ledger.of_budget(line, amount), booked, unit)


def contribute(of: FundYearOf, municipality: str, amount: Decimal, booked: Booked, unit: Unit) -> Entry:
    """A municipality brings in co-financing."""
    book = _open(of, unit)
    _check_municipality(municipality, book)
    return _enter(book, EntryKind.CONTRIBUTION, ledger.of_contribution(municipality, amount), booked, unit)


def commit(of: FundYearOf, commitment: Commitment, amount: Decimal, booked: Booked, unit: Unit) -> Entry:
    """So much of a line is promised to a provider. Of two who want the last of it, one gets it."""
    book = _open(of, unit)
    commitment = _checked(commitment, book)
    unit.store.add_commitment(of, commitment)
    postings = ledger.of_commitment(commitment, amount)
    return _enter(book, EntryKind.COMMITMENT, postings, booked, unit, about=commitment.commitment_id)


def spend(house: str, commitment_id: UUID, amount: Decimal, booked: Booked, unit: Unit) -> Entry:
    """A part of what was promised is paid."""
    of, commitment = _commitment(house, commitment_id, unit)
    postings = ledger.of_spending(commitment, amount)
    return _enter(_open(of, unit), EntryKind.SPENDING, postings, booked, unit, about=commitment_id)


def take_invoice(event: Event, unit: Unit) -> None:
    """A provider is paid out of what it was promised. Raises BrokenRule, with the field as the invoice names it."""
    invoice, house = event.data, event.house
    which = house, invoice["partner"], invoice["number"]
    try:
        if unit.store.invoice(*which):
            raise InvoicedBefore
        commitment_id = _promised(house, invoice["partner"], invoice["assignment_id"], unit)
        entry = spend(house, commitment_id, invoice["amount"], _of_invoice(invoice), unit)
    except BrokenRule as broken:
        broken.field = IN_INVOICES.get(broken.field, broken.field)
        raise
    unit.store.add_invoice(*which, entry.entry_id)


def release(house: str, commitment_id: UUID, amount: Decimal, booked: Booked, unit: Unit) -> Entry:
    """A part of what was promised goes back to the line."""
    of, commitment = _commitment(house, commitment_id, unit)
    postings = ledger.of_release(commitment, amount)
    return _enter(_open(of, unit), EntryKind.RELEASE, postings, booked, unit, about=commitment_id)


def advance(of: FundYearOf, lent: Advance, amount: Decimal, booked: Booked, unit: Unit) -> Entry:
    """Somebody is lent money, to be paid back by instalments."""
    book = _open(of, unit)
    _check_line(lent.line, book)
    _check_municipality(lent.municipality, book)
    ledger.check_instalments(amount, lent.instalments)
    unit.store.add_advance(of, lent)
    return _enter(book, EntryKind.ADVANCE, ledger.of_advance(lent), booked, unit, about=lent.advance_id)


def repay(house: str, advance_id: UUID, amount: Decimal, booked: Booked, unit: Unit) -> Entry:
    """Somebody pays back a part of an advance."""
    found = unit.store.advance(house, advance_id)
    if found is None:
        raise UnknownAdvance
    of, lent = found
    postings = ledger.of_repayment(lent, amount)
    return _enter(_open(of, unit), EntryKind.REPAYMENT, postings, booked, unit, about=advance_id)


def correct(house: str, entry_id: UUID, booked: Booked, unit: Unit) -> Entry:
    """An entry is undone by its counter-entry."""
    found = unit.store.entry(house, entry_id)
    if found is None:
        raise UnknownEntry
    of, entry = found
    book = _open(of, unit)
    counter = ledger.correct(entry, uuid4(), booked, is_corrected=unit.store.is_corrected(entry_id))
    return _store(book, counter, unit)


def close(of: FundYearOf, booked: Booked, unit: Unit) -> None:
    """Nothing is booked in the year any more; the same again changes nothing."""
    standing = unit.store.closing(of)
    if standing and standing["closed_on"]:
        return
    book = _open(of, unit)
    ledger.check_closing(book.balances, book.year.co_financing_percent)
    unit.store.close_year(of, booked)


def _open(of: FundYearOf, unit: Unit) -> Book:
    """Whoever else books in this year waits. Raises UnknownFund, YearClosed."""
    house = unit.profile(of.house)
    fund = house.funds.get(of.fund)
    if fund is None or of.year not in fund.years:
        raise UnknownFund
    unit.store.open_year(of)
    held = unit.store.lock_year(of)
    if held is None or held["closed_on"]:
        raise YearClosed
    return Book(of, house, fund, fund.years[of.year], unit.store.balances(of))


def _commitment(house: str, commitment_id: UUID, unit: Unit) -> tuple[FundYearOf, Commitment]:
    found = unit.store.commitment(house, commitment_id)
    if found is None:
        raise UnknownCommitment
    return found


def _checked(commitment: Commitment, book: Book) -> Commitment:
    """With its needs in the order of the house's profile."""
    _check_line(commitment.line, book)
    if commitment.provider not in book.house.providers:
        raise UnknownProvider
    if commitment.municipality is not None:
        _check_municipality(commitment.municipality, book)
    return replace(commitment, needs=needs.in_order(commitment.needs, book.house))


def _promised(house: str, partner: str, assignment_id: UUID, unit: Unit) -> UUID:
    """The one commitment to a partner for an assignment that has something left, or the last of them."""
    providers = {each.code for each in unit.profile(house).providers.values() if each.partner == partner}
    promised = unit.store.commitments(house, assignment_id=assignment_id)
    found = [each for each in promised if each["provider"] in providers]
    if not found:
        raise NothingPromised
    commitment_id: UUID = next((each for each in found if each["remaining"]), found[-1])["commitment_id"]
    return commitment_id


def _of_invoice(invoice: Mapping[str, Any]) -> Booked:
    decision = f"invoice {invoice['number']}"
    return Booked(booked_on=invoice["invoiced_on"], booked_by=invoice["partner"], decision=decision)


def _check_line(line: str, book: Book) -> None:
    if line not in book.fund.lines:
        raise UnknownLine


def _check_municipality(municipality: str, book: Book) -> None:
    if municipality not in book.house.municipalities:
        raise UnknownMunicipality


def _enter(
    book: Book,
    kind: EntryKind,
    postings: Sequence[Posting],
    booked: Booked,
    unit: Unit,
    about: UUID | None = None,
) -> Entry:
    entry = Entry(entry_id=uuid4(), kind=kind, booked=booked, postings=tuple(postings), about=about)
    return _store(book, entry, unit)


def _store(book: Book, entry: Entry, unit: Unit) -> Entry:
    """Raises Overdrawn."""
    after = ledger.book(entry, book.balances)
    unit.store.add_entry(book.of, entry)
    _announce("ledger-entries.booked.v1", book.of, entry, _as_told(entry), unit)
    metrics.ENTRIES.labels(book.of.house, book.of.fund, entry.kind).inc()
    _tell_shortfall(book, entry, after, unit)
    return entry


def _tell_shortfall(book: Book, entry: Entry, after: Balances, unit: Unit) -> None:
    """In advance, and once: when what is committed asks for more co-financing than municipalities have brought in."""
    percent = book.year.co_financing_percent
    short = ledger.co_financing_short(after, percent)
    if short and not ledger.co_financing_short(book.balances, percent):
        _announce("co-financing-shortfalls.foreseen.v1", book.of, entry, {"short": short}, unit)


def _as_told(entry: Entry) -> dict[str, Any]:
    postings = [posting.account._asdict() | {"amount": posting.amount} for posting in entry.postings]
    return {
        "kind": entry.kind,
        "about": entry.about,
        "corrects": entry.corrects,
        "postings": postings,
    }


def _announce(type: str, of: FundYearOf, entry: Entry, data: Mapping[str, Any], unit: Unit) -> None:
    """In the order of a commitment or advance, or by itself."""
    which = {"fund": of.fund, "year": of.year, "booked_on": entry.booked.booked_on, "entry_id": entry.entry_id}
    subject = entry.about or entry.entry_id
    unit.announce(type, house=of.house, case_id=subject, time=noon(entry.booked.booked_on), data={**which, **data})
