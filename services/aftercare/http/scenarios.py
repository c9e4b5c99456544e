"""What a new trajectory would do to a line, what can still be committed, and the forecast to the end of the year."""

from typing import Any

from services.aftercare.domain.ledger import FundYearOf
from services.aftercare.messages.scenarios import ScenarioView, ScenarioWanted
from services.aftercare.views import scenarios as views
from shared.messaging.units import Units
from shared.web import Call
from shared.web.old_endpoint import endpoint


class ScenarioEndpoints:
    """Mixed into the service class."""

    units: Units

    @endpoint(
        "POST",
        "/v1/funds/<string:fund>/<int:year>/scenarios",
        summary="How each line will stand at the end of the year, as it is or with what is proposed; books nothing",
        roles={"aftercare_coordinator", "chain_manager"},
        takes=ScenarioWanted(),
        gives=ScenarioView(),
        many=True,
    )
    def scenarios(self, call: Call, fund: str, year: int) -> list[dict[str, Any]]:
        of = FundYearOf(call.caller.house, fund, year)
        with self.units.begin(call) as unit:
            funds = unit.profile(call.caller.house).funds
            return views.scenarios(of, call.body["on"], call.body["proposed"], funds, unit.store)
