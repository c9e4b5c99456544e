"""What was written about somebody, over HTTP."""

from services.intake.access import SEE_TEXTS
from services.intake.contributions.handlers import disclosed_contributions
from services.intake.contributions.messages import ContributionList, ContributionsQuery
from services.intake.unit import Unit
from shared.web import Call, recorded_lookup


@recorded_lookup(action=SEE_TEXTS, takes=ContributionsQuery, gives=ContributionList)
def show_contributions(call: Call[ContributionsQuery], unit: Unit) -> ContributionList:
    """What was written about somebody, as far as the purpose needs it; each text is logged with the caller's id."""
    return ContributionList(items=tuple(disclosed_contributions(call.caller, call.input, unit)))
