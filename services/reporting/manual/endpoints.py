"""The operators' manual, over HTTP."""

from collections.abc import Sequence

from services.reporting.access import SEE_OPERATIONS
from services.reporting.manual import lookups
from services.reporting.manual.messages import ManualEntry
from shared.web import Call, endpoint


@endpoint(action=SEE_OPERATIONS, gives=ManualEntry, many=True)
def operations_manual(call: Call[None], service: object) -> Sequence[ManualEntry]:
    """What each alert means and what to do about it, in Dutch."""
    return lookups.manual()
