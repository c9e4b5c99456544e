"""The state of the platform, over HTTP."""

from typing import Protocol

from services.reporting.access import SEE_OPERATIONS
from services.reporting.operations import lookups
from services.reporting.operations.messages import OperationsQuery, OperationsView
from services.reporting.operations.rules import Monitor
from shared.web import Call, endpoint


class HasMonitor(Protocol):
    """A service that watches the platform."""

    @property
    def monitor(self) -> Monitor: ...


@endpoint(action=SEE_OPERATIONS, query=OperationsQuery, gives=OperationsView)
def operations_now(call: Call[OperationsQuery], service: HasMonitor) -> OperationsView:
    """Messages that came in, went out, wait and are parked, by service and queue."""
    return lookups.operations(service.monitor, call.input.after)
