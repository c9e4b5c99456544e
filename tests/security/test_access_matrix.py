"""Every endpoint of every service, asked by each role of the own house and of another, and without a token.

Nothing is stored, so that what is admitted finds nothing: the matrix is about who comes in.
"""

import re
from collections.abc import Iterator, Mapping
from typing import Any
from uuid import UUID

import pytest

from deploy.credentials import ROLES
from docs.declared import SERVICES, service_class
from services.aftercare.settings import AftercareSettings
from services.intake.settings import IntakeSettings
from services.reporting.settings import ReportingSettings
from shared.configuration import ServiceSettings
from shared.testing.keys import KEYS
from shared.testing.service import RunningService, ServiceStarter
from shared.web import Offer
from shared.web.openapi import offers_of
from tests.security.promised_access import ANYBODY, BY_SERVICE, OF_EVERY_SERVICE

HOUSE, ELSEWHERE = "hollands-midden", "hollands-midden-oost"
CALLERS = {f"{role} of {house}": {"house": house, "roles": [role]} for house in (HOUSE, ELSEWHERE) for role in ROLES}
NOBODY = "nobody"
UNADMITTED = {401, 403}
SETTINGS: Mapping[str, tuple[type[ServiceSettings], dict[str, Any]]] = {
    "intake": (IntakeSettings, {"master_key": KEYS, "index_key": KEYS}),
    "aftercare": (AftercareSettings, {"watch_seconds": 0.0}),
    "reporting": (ReportingSettings, {}),
}
IN_PATHS = {"fund": "van_der_staaij", "year": "2015", "briefingOn": "2015-03-10", "id": "1", "code": "week_1"}
IN_PATHS |= {"service": "weighing", "step": "replays", "name": "operations.css", "tabling": "1"}


def promised(service: str) -> dict[str, set[str]]:
    return {**OF_EVERY_SERVICE, **BY_SERVICE[service]}


def endpoint(offer: Offer) -> str:
    return f"{offer.method} {offer.route}"


@pytest.fixture(scope="module", params=SERVICES)
def service(request: pytest.FixtureRequest, start_service: ServiceStarter) -> Iterator[tuple[str, RunningService]]:
    kind, own = SETTINGS.get(request.param, (ServiceSettings, {}))
    yield request.param, start_service(service_class(request.param), CALLERS, kind, **own)


@pytest.mark.parametrize("name", SERVICES)
def test_each_endpoint_admits_the_roles_that_were_promised(name: str) -> None:
    found = {endpoint(offer): set(offer.action.roles) for offer in offers_of(service_class(name))}
    assert found == promised(name)


def test_each_role_of_each_house_is_admitted_where_it_was_promised_and_nowhere_else(
    service: tuple[str, RunningService],
) -> None:
    name, running = service
    asked = {
        (caller, each): status(running, each, caller)
        for each, roles in promised(name).items()
        for caller in (*CALLERS, NOBODY)
    }
    admitted = {(caller, each) for (caller, each), answer in asked.items() if answer not in UNADMITTED}
    assert admitted == {
        (caller, each)
        for each, roles in promised(name).items()
        for caller in (*CALLERS, NOBODY)
        if roles == ANYBODY or caller.partition(" ")[0] in roles
    }


def status(running: RunningService, each: str, caller: str) -> int:
    """What a caller gets that names nothing that exists, and says nothing that makes sense."""
    method, route = each.split()
    path = re.sub(r"{(\w+)}", lambda found: IN_PATHS.get(found[1], str(UUID(int=1))), route)
    return (running.get(path, caller) if method == "GET" else running.post(path, {}, caller)).status
