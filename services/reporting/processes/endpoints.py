"""The processes of the platform, over HTTP."""

from collections.abc import Sequence
from typing import Protocol

from services.reporting.access import SEE_OPERATIONS
from services.reporting.operations.endpoints import HasMonitor
from services.reporting.processes import lookups
from services.reporting.processes.messages import ProcessView
from services.reporting.processes.readiness import Readiness
from shared.web import Call, endpoint


class HasReadiness(HasMonitor, Protocol):
    """A service that can ask every process whether it is ready."""

    readiness: Readiness


@endpoint(action=SEE_OPERATIONS, gives=ProcessView, many=True)
def platform_processes(call: Call[None], service: HasReadiness) -> Sequence[ProcessView]:
    """Each process of the platform, whether it is ready, and whether it may be restarted now."""
    return lookups.processes(service.monitor, service.readiness.processes())
