"""Whether somebody is discussed, over HTTP."""

from services.intake.access import SEE_WHETHER_DISCUSSED
from services.intake.discussed.handlers import whether_discussed
from services.intake.discussed.messages import Discussed, WhetherDiscussed
from services.intake.unit import Unit
from shared.web import Call, recorded_lookup


@recorded_lookup(action=SEE_WHETHER_DISCUSSED, takes=WhetherDiscussed, gives=Discussed)
def show_whether_discussed(call: Call[WhetherDiscussed], unit: Unit) -> Discussed:
    """Whether the house discusses a person, and whom to ask for; who asked and why is logged."""
    return whether_discussed(call.caller, call.input, unit)
