"""Every endpoint of every service, asked by each role of the own house and of another, and without a token.

Nothing is stored, so that what is admitted finds nothing: the matrix is about who comes in.
"""

from collections.abc import Iterator

import pytest

from deploy.credentials import ROLES
from docs.declared import SERVICES, service_class
from shared.configuration import ServiceSettings
from shared.testing.service import RunningService, ServiceStarter
from shared.web import Offer
from shared.web.openapi import offers_of
from tests.security.endpoints import SETTINGS, UNADMITTED, path_of, promised
from tests.security.promised_access import ANYBODY

HOUSE, ELSEWHERE = "hollands-midden", "hollands-midden-oost"
CALLERS = {f"{role} of {house}": {"house": house, "roles": [role]} for house in (HOUSE, ELSEWHERE) for role in ROLES}
NOBODY = "nobody"


def endpoint(offer: Offer) -> str:
    return f"{offer.method} {offer.route}"


@pytest.fixture(scope="module", params=SERVICES)
def service(request: pytest.FixtureRequest, start_service: ServiceStarter) -> Iterator[tuple[str, RunningService]]:
    kind, own = SETTINGS.get(request.param, (ServiceSettings, {}))
    yield request.param, start_service(service_class(request.param), CALLERS, kind, **own)


@pytest.mark.parametrize("name", SERVICES)
def test_each_endpoint_admits_the_roles_that_were_promised(name: str) -> None:
    found = {endpoint(offer): set(offer.action.functions) for offer in offers_of(service_class(name))}
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
    """What a caller gets that says nothing that makes sense."""
    path = path_of(each)
    return (running.get(path, caller) if each.startswith("GET") else running.post(path, {}, caller)).status
