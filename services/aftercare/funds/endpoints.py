"""A year of a fund, over HTTP: what comes in, what it is for, and how it stands.

Money moves by commands with a key: a command that is sent again moves nothing.
"""

from services.aftercare.access import ALLOT, BUDGET, CLOSE_YEAR, CONTRIBUTE, SEE_FUNDS
from services.aftercare.funds import handlers, lookups
from services.aftercare.funds.messages import (
    AssignBudget,
    BookAllotments,
    BookContribution,
    CloseYear,
    FundYearView,
    ReviseAllotments,
)
from services.aftercare.house import House
from services.aftercare.ledger.messages import EntryView
from services.aftercare.ledger.rules import FundYearKey
from shared.unit import Lookup, Unit
from shared.web import Call, command, lookup


@lookup(action=SEE_FUNDS, gives=FundYearView)
def fund_year(call: Call[None], unit: Lookup[House], fund: str, year: int) -> FundYearView:
    """The balances of a fund in a year."""
    return lookups.fund_year(FundYearKey(call.house, fund, year), unit)


@command(action=ALLOT, takes=BookAllotments, gives=EntryView, status=201, keyed=True)
def allot(call: Call[BookAllotments], unit: Unit[House], fund: str, year: int) -> EntryView:
    """Book the fund's allotment, by the outflow of each municipality in the reference year."""
    key, wanted, booking = FundYearKey(call.house, fund, year), call.input, call.input.booking(call.caller.name)
    return EntryView.made_of(handlers.allot(key, wanted.outflow, set(wanted.single), booking, unit))


@command(action=ALLOT, takes=ReviseAllotments, gives=EntryView, status=201, keyed=True)
def revise_allotment(call: Call[ReviseAllotments], unit: Unit[House], fund: str, year: int) -> EntryView:
    """Book the right allotment in place of the one that stands, also when money was committed."""
    key, wanted = FundYearKey(call.house, fund, year), call.input
    booking = wanted.booking(call.caller.name, wanted.because)
    return EntryView.made_of(handlers.revise_allotment(key, wanted.outflow, set(wanted.single), booking, unit))


@command(action=BUDGET, takes=AssignBudget, gives=EntryView, status=201, keyed=True)
def budget(call: Call[AssignBudget], unit: Unit[House], fund: str, year: int) -> EntryView:
    """Assign money to a budget line."""
    key, wanted, booking = FundYearKey(call.house, fund, year), call.input, call.input.booking(call.caller.name)
    return EntryView.made_of(handlers.budget(key, wanted.line, wanted.amount, booking, unit))


@command(action=CONTRIBUTE, takes=BookContribution, gives=EntryView, status=201, keyed=True)
def contribute(call: Call[BookContribution], unit: Unit[House], fund: str, year: int) -> EntryView:
    """Book a municipality's contribution to the co-financing."""
    key, wanted, booking = FundYearKey(call.house, fund, year), call.input, call.input.booking(call.caller.name)
    return EntryView.made_of(handlers.contribute(key, wanted.municipality, wanted.amount, booking, unit))


@command(action=CLOSE_YEAR, takes=CloseYear)
def close_year(call: Call[CloseYear], unit: Unit[House], fund: str, year: int) -> None:
    """Close a year of a fund, so that no entry can be booked in that year any more."""
    handlers.close_year(FundYearKey(call.house, fund, year), call.input.booking(call.caller.name), unit)
