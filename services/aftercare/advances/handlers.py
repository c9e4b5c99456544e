"""The coordinator lends somebody money, and books what is paid back or given up."""

from decimal import Decimal
from uuid import UUID

from services.aftercare.advances import rules
from services.aftercare.advances.rules import Advance, OutstandingAdvance, UnknownAdvance
from services.aftercare.advances.store import AdvanceStore
from services.aftercare.cases.store import CaseStore
from services.aftercare.house import House
from services.aftercare.ledger.handlers import book, open_year
from services.aftercare.ledger.rules import Booking, Entry, EntryKind, FundYearKey
from shared.unit import Unit


def lend(key: FundYearKey, advance: Advance, amount: Decimal, booking: Booking, unit: Unit[House]) -> Entry:
    """Lend somebody money, to be paid back by instalments."""
    year = open_year(key, unit)
    rules.check(advance, amount, booking.booked_on, year)
    unit.store(CaseStore).check_case(key.house, advance.case_id)
    unit.store(AdvanceStore).add_advance(key, advance)
    return book(year, EntryKind.ADVANCE, rules.advance_postings(advance), booking, unit, about=advance.advance_id)


def repay(house: str, advance_id: UUID, amount: Decimal, booking: Booking, unit: Unit[House]) -> Entry:
    """Book a repayment of an advance."""
    advance = _advance(house, advance_id, booking, unit)
    year = open_year(advance.key(house), unit)
    postings = rules.repayment_postings(advance, amount)
    return book(year, EntryKind.REPAYMENT, postings, booking, unit, about=advance_id)


def write_off(house: str, advance_id: UUID, amount: Decimal, booking: Booking, unit: Unit[House]) -> Entry:
    """Give up a part of an advance, which is spent from then on."""
    advance = _advance(house, advance_id, booking, unit)
    year = open_year(advance.key(house), unit)
    postings = rules.write_off_postings(advance, amount)
    return book(year, EntryKind.WRITE_OFF, postings, booking, unit, about=advance_id)


def _advance(house: str, advance_id: UUID, booking: Booking, unit: Unit[House]) -> OutstandingAdvance:
    """The advance, if it was lent on the day of the booking. Raises UnknownAdvance, RepaidBeforeLent."""
    advance = unit.store(AdvanceStore).advance(house, advance_id)
    if not advance:
        raise UnknownAdvance
    rules.check_day(advance, booking.booked_on)
    return advance
