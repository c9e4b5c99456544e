"""Breaches, over HTTP."""

from uuid import UUID

from services.aftercare.access import CONFIRM_NO_BREACH, SEE_BREACHES
from services.aftercare.house import House
from services.aftercare.releases import handlers, lookups
from services.aftercare.releases.messages import Breach, BreachesQuery, ConfirmNoBreach
from shared.unit import Lookup, Unit
from shared.web import Call, Page, command, lookup


@lookup(action=SEE_BREACHES, query=BreachesQuery, gives=Breach, paged=True)
def breaches(call: Call[BreachesQuery], unit: Lookup[House]) -> Page[Breach]:
    """Releases without a plan and without a refusal, longest ago first."""
    return lookups.breaches(call.house, call.input, unit)


@command(action=CONFIRM_NO_BREACH, takes=ConfirmNoBreach, gives=Breach, status=201)
def confirm_no_breach(call: Call[ConfirmNoBreach], unit: Unit[House], release_id: UUID) -> Breach:
    """Confirm that a disputed breach was none, as somebody else than the recorder of the late facts."""
    return handlers.confirm_no_breach(call.house, release_id, call.input, call.caller.name, unit)
