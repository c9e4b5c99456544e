"""Preparations that are due, over HTTP."""

from services.aftercare.access import SEE_PREPARATIONS
from services.aftercare.house import House
from services.aftercare.preparations import lookups
from services.aftercare.preparations.messages import OverdueRelease, PreparationsQuery
from shared.unit import Lookup
from shared.web import Call, Page, lookup


@lookup(action=SEE_PREPARATIONS, query=PreparationsQuery, gives=OverdueRelease, paged=True)
def preparations(call: Call[PreparationsQuery], unit: Lookup[House]) -> Page[OverdueRelease]:
    """Preparations that are due on a day and not ready, the earliest release first."""
    return lookups.preparations(call.house, call.input, unit)
