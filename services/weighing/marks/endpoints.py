"""What is noted about the items of an agenda, over HTTP."""

from uuid import UUID

from services.weighing.access import PLAN_BRIEFING, SEE_AGENDA
from services.weighing.house import House
from services.weighing.marks import handlers
from services.weighing.marks.messages import MarkList, MarksQuery, MarkView, SetMark
from services.weighing.marks.store import MarkStore
from shared.postgres import as_row
from shared.unit import Lookup, Unit
from shared.web import Call, command, lookup


@lookup(action=SEE_AGENDA, query=MarksQuery, gives=MarkList)
def marks(call: Call[MarksQuery], unit: Lookup[House]) -> MarkList:
    """What is urgent, linked or settled beforehand on the agenda of a briefing."""
    found = unit.store(MarkStore).marks(call.house, call.input)
    return MarkList(items=tuple(MarkView(**as_row(mark)) for mark in found))


@command(action=PLAN_BRIEFING, takes=SetMark, gives=MarkView)
def set_mark(call: Call[SetMark], unit: Unit[House], referral_id: UUID) -> MarkView:
    """Note what is particular about a referral that waits: all of it at once."""
    return MarkView(**as_row(handlers.set_mark(call.caller, referral_id, call.input, unit)))
