"""The endpoints of every service, as tests ask them who comes in."""

import re
from collections.abc import Mapping
from typing import Any
from uuid import UUID

from services.aftercare.settings import AftercareSettings
from services.intake.settings import IntakeSettings
from services.reporting.settings import ReportingSettings
from shared.configuration import ServiceSettings
from shared.testing.keys import KEYS
from tests.security.promised_access import BY_SERVICE, OF_EVERY_SERVICE

SETTINGS: Mapping[str, tuple[type[ServiceSettings], dict[str, Any]]] = {
    "intake": (IntakeSettings, {"index_key": KEYS, "match_seconds": 0.0}),
    "aftercare": (AftercareSettings, {"watch_seconds": 0.0}),
    "reporting": (ReportingSettings, {}),
}
UNADMITTED = {401, 403}
IN_PATHS = {"fund": "van_der_staaij", "year": "2015", "briefingOn": "2015-03-10", "id": "1", "code": "week_1"}
IN_PATHS |= {"service": "weighing", "step": "replays", "tabling": "1", "guard": "veilig_thuis"}


def promised(service: str) -> dict[str, set[str]]:
    """The roles that each endpoint is for, by method and path."""
    return {**OF_EVERY_SERVICE, **BY_SERVICE[service]}


def path_of(endpoint: str) -> str:
    """The path of an endpoint, with the id of nothing that exists."""
    _, route = endpoint.split()
    return re.sub(r"{(\w+)}", lambda found: IN_PATHS.get(found[1], str(UUID(int=1))), route)
