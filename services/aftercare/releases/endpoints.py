"""Breaches, over HTTP."""

from services.aftercare.access import SEE_BREACHES
from services.aftercare.house import House
from services.aftercare.releases import lookups
from services.aftercare.releases.messages import Breach, BreachesQuery
from shared.unit import Lookup
from shared.web import Call, Page, lookup


@lookup(action=SEE_BREACHES, query=BreachesQuery, gives=Breach, paged=True)
def breaches(call: Call[BreachesQuery], unit: Lookup[House]) -> Page[Breach]:
    """Releases without a plan and without a refusal, longest ago first."""
    return lookups.breaches(call.house, call.input, unit)
