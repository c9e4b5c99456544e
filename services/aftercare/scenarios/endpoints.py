"""Scenarios, over HTTP: a look-up that is asked with a body."""

from services.aftercare.access import SEE_SCENARIOS
from services.aftercare.house import House
from services.aftercare.ledger.rules import FundYearKey
from services.aftercare.scenarios import lookups
from services.aftercare.scenarios.messages import ScenarioQuery, ScenarioView
from shared.unit import Lookup
from shared.web import Call, lookup


@lookup(action=SEE_SCENARIOS, takes=ScenarioQuery, gives=ScenarioView, many=True)
def scenarios(call: Call[ScenarioQuery], unit: Lookup[House], fund: str, year: int) -> list[ScenarioView]:
    """A forecast of each budget line at the end of the year, with or without proposed assignments."""
    return lookups.scenarios(FundYearKey(call.house, fund, year), call.input, unit)
