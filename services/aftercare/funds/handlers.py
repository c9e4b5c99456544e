"""The chain manager books what comes in and what it is for, revises it, and closes the year."""

from collections.abc import Mapping, Sequence, Set
from decimal import Decimal

from services.aftercare.funds import rules
from services.aftercare.funds.rules import Allotment, AlreadyAllotted, NoNextYear
from services.aftercare.funds.store import FundStore
from services.aftercare.house import House
from services.aftercare.ledger.handlers import book, open_year
from services.aftercare.ledger.rules import Booking, Entry, EntryKind, FundYearKey, OpenYear, Posting, terms_of
from services.aftercare.ledger.store import LedgerStore
from services.aftercare.money.rules import NOTHING
from services.aftercare.trajectories.rules import check_municipality
from shared.unit import Unit


def allot(key: FundYearKey, outflow: Mapping[str, int], single: Set[str], booking: Booking, unit: Unit[House]) -> Entry:
    """Book what the house applied for, by the outflow of each municipality in the reference year.

    single: the municipalities that apply by themselves.
    """
    year = open_year(key, unit)
    if unit.store(FundStore).allotments(key):
        raise AlreadyAllotted
    allotments = rules.allot(outflow, single, year.conditions, year.house.municipalities)
    return _book_allotments(year, allotments, rules.allotment_postings(allotments), booking, unit)


def revise_allotment(
    key: FundYearKey, outflow: Mapping[str, int], single: Set[str], booking: Booking, unit: Unit[House]
) -> Entry:
    """Book the difference between the right allotment and the one that stands."""
    year = open_year(key, unit)
    standing = unit.store(FundStore).allotments(key)
    allotments = rules.allot(outflow, single, year.conditions, year.house.municipalities)
    postings = rules.revision_postings(allotments, standing, year.balances)
    return _book_allotments(year, allotments, postings, booking, unit)


def budget(key: FundYearKey, line: str, amount: Decimal, booking: Booking, unit: Unit[House]) -> Entry:
    """Assign so much of the unassigned money to the line."""
    year = open_year(key, unit)
    year.cost_of(line)
    return book(year, EntryKind.BUDGET, rules.budget_postings(line, amount), booking, unit)


def contribute(key: FundYearKey, municipality: str, amount: Decimal, booking: Booking, unit: Unit[House]) -> Entry:
    """Book the co-financing that a municipality brings in."""
    year = open_year(key, unit)
    check_municipality(municipality, year.house)
    return book(year, EntryKind.CONTRIBUTION, rules.contribution_postings(municipality, amount), booking, unit)


def close_year(key: FundYearKey, booking: Booking, unit: Unit[House]) -> None:
    """Close the year, which then takes no entry any more. The same closing again changes nothing.

    The year keeps its terms, and leaves its outstanding advances to the next year.
    """
    if unit.store(LedgerStore).closing(key):
        return
    year, store = open_year(key, unit), unit.store(FundStore)
    rules.check_closing(year.balances, year.conditions.co_financing_percent)
    rules.check_closing_day(booking.booked_on, store.last_booked_on(key))
    _carry_over(year, booking, unit)
    store.close_year(key, booking, terms_of(key, year.house, None))


def _carry_over(year: OpenYear, booking: Booking, unit: Unit[House]) -> None:
    """Move each outstanding advance to the books of the next year. Raises NoNextYear."""
    lent = rules.outstanding_advances(year.balances)
    if not lent:
        return
    following = _next_year(year, sum(lent.values(), NOTHING), unit)
    for account, amount in lent.items():
        left, taken = rules.carry_over_postings(account, amount)
        book(year, EntryKind.CARRY_OVER, left, booking, unit, about=account.about)
        book(following, EntryKind.CARRY_OVER, taken, booking, unit, about=account.about)


def _next_year(year: OpenYear, lent: Decimal, unit: Unit[House]) -> OpenYear:
    key = year.key._replace(year=year.key.year + 1)
    if key.year not in year.fund.years or unit.store(LedgerStore).closing(key):
        raise NoNextYear(reason=f"has € {lent} lent, and the fund has no open year {key.year} to carry it over to")
    return open_year(key, unit)


def _book_allotments(
    year: OpenYear,
    allotments: Sequence[Allotment],
    postings: Sequence[Posting],
    booking: Booking,
    unit: Unit[House],
) -> Entry:
    entry = book(year, EntryKind.ALLOTMENT, postings, booking, unit)
    unit.store(FundStore).add_allotments(entry.entry_id, allotments)
    return entry
