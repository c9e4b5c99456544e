"""Advances, over HTTP.

Money moves by commands with a key: a command that is sent again moves nothing.
"""

from uuid import UUID, uuid4

from services.aftercare.access import LEND, REPAY, SEE_FUNDS, WRITE_OFF
from services.aftercare.advances import handlers, lookups
from services.aftercare.advances.messages import AdvancesQuery, AdvanceView, LendAdvance, WriteOff
from services.aftercare.advances.rules import Advance
from services.aftercare.house import House
from services.aftercare.ledger.messages import BookAmount, EntryView
from services.aftercare.ledger.rules import FundYearKey
from shared.unit import Lookup, Unit
from shared.web import Call, Page, command, lookup


@lookup(action=SEE_FUNDS, query=AdvancesQuery, gives=AdvanceView, paged=True)
def advances(call: Call[AdvancesQuery], unit: Lookup[House]) -> Page[AdvanceView]:
    """Advances in the order of lending, each with the outstanding and the overdue amount."""
    return lookups.advances(call.house, call.input, unit)


@command(action=LEND, takes=LendAdvance, gives=EntryView, status=201, keyed=True)
def lend(call: Call[LendAdvance], unit: Unit[House], fund: str, year: int) -> EntryView:
    """Lend a person money, with a plan of repayment in instalments."""
    wanted = call.input
    advance = Advance(
        advance_id=uuid4(),
        line=wanted.line,
        case_id=wanted.case_id,
        municipality=wanted.municipality,
        instalments=wanted.instalments,
    )
    key, booking = FundYearKey(call.house, fund, year), wanted.booking(call.caller.name)
    return EntryView.made_of(handlers.lend(key, advance, wanted.amount, booking, unit))


@command(action=REPAY, takes=BookAmount, gives=EntryView, status=201, keyed=True)
def repay(call: Call[BookAmount], unit: Unit[House], advance_id: UUID) -> EntryView:
    """Book a repayment of an advance."""
    booking = call.input.booking(call.caller.name)
    return EntryView.made_of(handlers.repay(call.house, advance_id, call.input.amount, booking, unit))


@command(action=WRITE_OFF, takes=WriteOff, gives=EntryView, status=201, keyed=True)
def write_off(call: Call[WriteOff], unit: Unit[House], advance_id: UUID) -> EntryView:
    """Write off a part of an advance that will not be paid back."""
    booking = call.input.booking(call.caller.name, call.input.because)
    return EntryView.made_of(handlers.write_off(call.house, advance_id, call.input.amount, booking, unit))
