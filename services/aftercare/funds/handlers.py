"""The chain manager books what comes in and what it is for, and closes the year."""

from collections.abc import Mapping, Set
from decimal import Decimal

from services.aftercare.funds import rules
from services.aftercare.funds.rules import AlreadyAllotted
from services.aftercare.funds.store import FundStore
from services.aftercare.house import House
from services.aftercare.ledger.handlers import book, open_year
from services.aftercare.ledger.rules import Booking, Entry, EntryKind, FundYearKey
from services.aftercare.ledger.store import LedgerStore
from services.aftercare.trajectories.rules import check_municipality
from shared.unit import Unit


def allot(key: FundYearKey, outflow: Mapping[str, int], single: Set[str], booking: Booking, unit: Unit[House]) -> Entry:
    """Book what the house applied for, by the outflow of each municipality in the reference year.

    single: the municipalities that apply by themselves.
    """
    year = open_year(key, unit)
    store = unit.store(FundStore)
    if store.allotments(key):
        raise AlreadyAllotted
    allotments = rules.allot(outflow, single, year.conditions, year.house.municipalities)
    entry = book(year, EntryKind.ALLOTMENT, rules.allotment_postings(allotments), booking, unit)
    store.add_allotments(entry.entry_id, allotments)
    return entry


def budget(key: FundYearKey, line: str, amount: Decimal, booking: Booking, unit: Unit[House]) -> Entry:
    """Assign so much of the unassigned money to the line."""
    year = open_year(key, unit)
    year.check_line(line)
    return book(year, EntryKind.BUDGET, rules.budget_postings(line, amount), booking, unit)


def contribute(key: FundYearKey, municipality: str, amount: Decimal, booking: Booking, unit: Unit[House]) -> Entry:
    """Book the co-financing that a municipality brings in."""
    year = open_year(key, unit)
    check_municipality(municipality, year.house)
    return book(year, EntryKind.CONTRIBUTION, rules.contribution_postings(municipality, amount), booking, unit)


def close_year(key: FundYearKey, booking: Booking, unit: Unit[House]) -> None:
    """Close the year, which then takes no entry any more. The same closing again changes nothing."""
    if unit.store(LedgerStore).closed_on(key):
        return
    year = open_year(key, unit)
    rules.check_closing(year.balances, year.conditions.co_financing_percent)
    unit.store(FundStore).close_year(key, booking)
