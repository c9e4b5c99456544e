"""An entry is booked, in a year that its transaction alone holds, and announced; or undone by a counter-entry."""

from collections.abc import Iterable
from uuid import UUID, uuid4

from services.aftercare import metrics
from services.aftercare.house import House
from services.aftercare.ledger import rules
from services.aftercare.ledger.messages import BookedPosting, CoFinancingShortfallForeseen, LedgerEntryBooked
from services.aftercare.ledger.rules import (
    Balances,
    Booking,
    Entry,
    EntryKind,
    FundYearKey,
    OpenYear,
    Posting,
    RevisedSince,
    YearClosed,
)
from services.aftercare.ledger.store import LedgerStore
from shared.business_dates import noon
from shared.unit import Unit


def open_year(key: FundYearKey, unit: Unit[House], field: str | None = None) -> OpenYear:
    """Lock the year, then read its balances, so that concurrent entries are seen. Raises UnknownFund, YearClosed.

    field: of the input, to blame where the input names neither fund nor year.
    """
    house = unit.profile(key.house)
    fund = rules.fund_with_year(key, house, field)
    store = unit.store(LedgerStore)
    if not store.lock_year(key):
        raise YearClosed(field)
    return OpenYear(key=key, house=house, fund=fund, balances=store.balances(key))


def book(
    year: OpenYear,
    kind: EntryKind,
    postings: Iterable[Posting],
    booking: Booking,
    unit: Unit[House],
    about: UUID | None = None,
) -> Entry:
    """Store and announce an entry. about: the commitment or advance. Raises OutsideYear, Overdrawn."""
    year.check_day(kind, booking.booked_on)
    entry = Entry(entry_id=uuid4(), kind=kind, booking=booking, postings=tuple(postings), about=about)
    _keep(year, entry, unit)
    return entry


def correct_entry(house: str, entry_id: UUID, booking: Booking, unit: Unit[House]) -> Entry:
    """Undo the entry by its counter-entry.

    Raises UnknownEntry, AlreadyCorrected, NotForCorrection, CorrectedBeforeBooked, RevisedSince, Overdrawn.
    """
    store = unit.store(LedgerStore)
    key, entry = store.entry(house, entry_id)
    year = open_year(key, unit)
    if store.is_revised(entry_id):
        raise RevisedSince
    counter = rules.correct(entry, uuid4(), booking, is_corrected=store.is_corrected(entry_id))
    _keep(year, counter, unit)
    return counter


def _keep(year: OpenYear, entry: Entry, unit: Unit[House]) -> None:
    after = rules.balances_after(entry, year.balances)
    unit.store(LedgerStore).add_entry(year.key, entry)
    _announce(_booked(year, entry), year, entry, unit)
    metrics.ENTRIES.labels(year.key.house, year.key.fund, entry.kind).inc()
    _announce_shortfall(year, entry, after, unit)


def _booked(year: OpenYear, entry: Entry) -> LedgerEntryBooked:
    return LedgerEntryBooked(
        entry_id=entry.entry_id,
        fund=year.key.fund,
        year=year.key.year,
        booked_on=entry.booking.booked_on,
        kind=entry.kind,
        about=entry.about,
        corrects=entry.corrects,
        postings=tuple(BookedPosting(**posting.account._asdict(), amount=posting.amount) for posting in entry.postings),
    )


def _announce_shortfall(year: OpenYear, entry: Entry, after: Balances, unit: Unit[House]) -> None:
    """Announce once, in advance, that the commitments ask for more co-financing than municipalities have brought in."""
    percent = year.conditions.co_financing_percent
    short = rules.co_financing_short(after, percent)
    if short and not rules.co_financing_short(year.balances, percent):
        message = CoFinancingShortfallForeseen(
            entry_id=entry.entry_id,
            fund=year.key.fund,
            year=year.key.year,
            booked_on=entry.booking.booked_on,
            short=short,
        )
        _announce(message, year, entry, unit)


def _announce(message: object, year: OpenYear, entry: Entry, unit: Unit[House]) -> None:
    """In the order of the commitment or advance, or by itself."""
    subject = entry.about or entry.entry_id
    unit.announce(message, house=year.key.house, case_id=subject, time=noon(entry.booking.booked_on))
