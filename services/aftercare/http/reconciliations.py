"""DJI's yearly outflow list beside our own detentions."""

from typing import Any

from services.aftercare.messages.reconciliations import ReconciliationPage, ReconciliationWanted
from services.aftercare.views.reconciliations import reconciliation_of
from shared.messaging.units import Units
from shared.web import Call
from shared.web.old_endpoint import endpoint


class ReconciliationEndpoints:
    """Mixed into the service class."""

    units: Units

    @endpoint(
        "GET",
        "/v1/reconciliations/<int(min=1900, max=9998):year>",
        summary="A year's outflow list beside our inflow, line by line with its likely cause, and the sums",
        roles={"aftercare_coordinator", "chain_manager"},
        query=ReconciliationWanted(),
        gives=ReconciliationPage(),
    )
    def reconciliation(self, call: Call, year: int) -> dict[str, Any]:
        house = call.query["house"]
        call.require_house(house)
        with self.units.begin(call) as unit:  # which knows the house's municipalities
            return reconciliation_of(year, call.query, unit.profile(house), unit.store)
