"""ZSM advices, over HTTP."""

from uuid import UUID

from services.meetings.access import SEE_ADVICE, WRITE_ADVICE
from services.meetings.house import House
from services.meetings.zsm_advices import handlers
from services.meetings.zsm_advices.messages import WriteAdvice, ZsmAdvice
from shared.unit import Unit
from shared.web import Call, command, recorded_lookup


@command(action=WRITE_ADVICE, takes=WriteAdvice, gives=ZsmAdvice, status=201)
def write_advice(call: Call[WriteAdvice], unit: Unit[House], table_case_id: UUID) -> ZsmAdvice:
    """Write what ZSM hears of a case at a table, in the place of an advice before. The same again changes nothing."""
    return handlers.write_advice(call.caller, table_case_id, call.input, unit)


@recorded_lookup(action=SEE_ADVICE, gives=ZsmAdvice)
def show_advice(call: Call[None], unit: Unit[House], advice_id: UUID) -> ZsmAdvice:
    """A ZSM advice with its text; that the caller has read it is logged."""
    return handlers.seen_advice(call.caller, advice_id, unit)
