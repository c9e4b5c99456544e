"""Who is forgotten on request, over HTTP."""

from uuid import UUID

from services.intake.access import FORGET
from services.intake.forgettings import handlers, lookups
from services.intake.forgettings.messages import AskedForgetting, AskForgetting, DecideForgetting, ForgettingList
from services.intake.unit import Lookup, Unit
from shared.web import Call, command, lookup


@lookup(action=FORGET, gives=ForgettingList)
def list_forgettings(call: Call[None], unit: Lookup) -> ForgettingList:
    """Who waits to be forgotten, without names; and who decided what and when, without whom it was about."""
    return lookups.forgettings(call.house, unit)


@command(action=FORGET, takes=AskForgetting, gives=AskedForgetting, status=201)
def ask_forgetting(call: Call[AskForgetting], unit: Unit) -> AskedForgetting:
    """Ask that somebody is forgotten. What waits already is the same request."""
    return AskedForgetting(forgetting_id=handlers.ask(call.caller, call.input, unit))


@command(action=FORGET, takes=DecideForgetting)
def decide_forgetting(call: Call[DecideForgetting], unit: Unit, forgetting_id: UUID) -> None:
    """Forget somebody as another person asked, or keep them."""
    handlers.decide(call.caller, forgetting_id, call.input.decision, unit)
