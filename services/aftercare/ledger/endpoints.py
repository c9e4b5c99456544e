"""The entries of the funds, over HTTP."""

from uuid import UUID

from services.aftercare.access import CORRECT_ENTRY, SEE_FUNDS
from services.aftercare.house import House
from services.aftercare.ledger import handlers, lookups
from services.aftercare.ledger.messages import CorrectEntry, EntriesQuery, EntryView, ListedEntry
from shared.unit import Lookup, Unit
from shared.web import Call, Page, command, lookup


@lookup(action=SEE_FUNDS, query=EntriesQuery, gives=ListedEntry, paged=True)
def ledger_entries(call: Call[EntriesQuery], unit: Lookup[House]) -> Page[ListedEntry]:
    """Entries in order of booking, with date, person and decision."""
    return lookups.ledger_entries(call.house, call.input, unit)


@command(action=CORRECT_ENTRY, takes=CorrectEntry, gives=EntryView, status=201, keyed=True)
def correct_entry(call: Call[CorrectEntry], unit: Unit[House], entry_id: UUID) -> EntryView:
    """Undo an entry by a counter-entry."""
    booking = call.input.booking(call.caller.name, call.input.because)
    entry = handlers.correct_entry(call.house, entry_id, booking, unit)
    return EntryView.made_of(entry)
