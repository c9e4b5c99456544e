"""A year's reconciliation, over HTTP."""

from services.aftercare.access import SEE_RECONCILIATION
from services.aftercare.house import House
from services.aftercare.reconciliation import lookups
from services.aftercare.reconciliation.messages import Reconciliation, ReconciliationQuery
from shared.unit import Lookup
from shared.web import Call, lookup


@lookup(action=SEE_RECONCILIATION, query=ReconciliationQuery, gives=Reconciliation)
def reconciliation(call: Call[ReconciliationQuery], unit: Lookup[House], year: int) -> Reconciliation:
    """The outflow list of a year beside the registered detentions: each line with its likely cause, and the sums."""
    return lookups.reconciliation(call.house, year, call.input, unit)
