"""Requests that schemathesis makes of each OpenAPI document, right and wrong: every answer is as the document says.

The same requests each time, a few for each endpoint. `make fuzz` sends other and more ones: FUZZ_REQUESTS for each.
Half of the ids in paths are those of the examples, which the service has heard before.
"""

import os
import re
from collections.abc import Mapping
from itertools import chain
from typing import Any

import pytest
import schemathesis
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from psycopg import sql
from schemathesis import APIOperation, Case, GenerationMode
from schemathesis.checks import not_a_server_error
from schemathesis.core.result import Ok
from schemathesis.specs.openapi.checks import (
    content_type_conformance,
    response_headers_conformance,
    response_schema_conformance,
    status_code_conformance,
)

from deploy.credentials import ROLES
from services.aftercare.settings import AftercareSettings
from services.intake.settings import IntakeSettings
from services.reporting.settings import ReportingSettings
from shared.configuration import ServiceSettings
from shared.testing.keys import KEYS
from shared.testing.service import RunningService, ServiceStarter
from shared.testing.waiting import wait_until
from shared.web import openapi_document
from tests.contract.declared import EVENTS, SERVICES, examples_of_services, service_class

HOUSE = "hollands-midden"
FEW = 5
UUID_TEXT = re.compile(r"[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}")
AUTHORIZED = {"Authorization": "Bearer everybody", "House": HOUSE}
CALLERS = {"everybody": {"house": HOUSE, "roles": ROLES}}
SETTINGS: Mapping[str, tuple[type[ServiceSettings], dict[str, Any]]] = {
    "intake": (IntakeSettings, {"index_key": KEYS}),
    "aftercare": (AftercareSettings, {"watch_seconds": 0.0}),
    "reporting": (ReportingSettings, {}),
}
AS_DECLARED = [
    not_a_server_error,
    status_code_conformance,
    content_type_conformance,
    response_headers_conformance,
    response_schema_conformance,
]
REQUESTS = int(os.environ.get("FUZZ_REQUESTS", "0"))
AT_RANDOM = settings(
    max_examples=REQUESTS or FEW,
    derandomize=not REQUESTS,
    database=None,
    deadline=None,
    suppress_health_check=list(HealthCheck),
)
EXAMPLES = examples_of_services()
KNOWN_IDS = sorted(set(chain.from_iterable(UUID_TEXT.findall(str(each.message)) for each in EXAMPLES)))
KNOWN: Mapping[str, Any] = {"fund": "van_der_staaij", "year": 2015, "briefingOn": "2015-03-10", "id": 1, "tabling": 1}


@pytest.fixture(scope="module", params=SERVICES)
def service(request: pytest.FixtureRequest, start_service: ServiceStarter) -> tuple[str, RunningService]:
    """A service that has heard every event of the examples, so that there is something to ask about."""
    kind, own = SETTINGS.get(request.param, (ServiceSettings, {}))
    running = start_service(service_class(request.param), CALLERS, kind, **own)
    heard = [each for each in EXAMPLES if each.type in EVENTS and request.param in EVENTS[each.type]["consumers"]]
    for each in heard:
        message = each.message
        running.send(each.publisher, each.type, message["data"], case_id=message.get("subject"))
    assert wait_until(lambda: _count(running, "inbox") == len(heard), 20)
    return request.param, running


@pytest.mark.timeout(0 if REQUESTS else 600)
def test_every_answer_is_as_the_document_says(service: tuple[str, RunningService], subtests: pytest.Subtests) -> None:
    name, running = service
    for result in schemathesis.openapi.from_dict(openapi_document(service_class(name))).get_all_operations():
        assert isinstance(result, Ok)
        operation = result.ok()
        with subtests.test(operation.label):
            _try(operation, running)


def _try(operation: APIOperation[Any, Any, Any, Any], running: RunningService) -> None:
    right, wrong = (operation.as_strategy(generation_mode=mode) for mode in GenerationMode)

    @AT_RANDOM
    @given(case=right | wrong, known=st.sampled_from(KNOWN_IDS), is_known=st.booleans())
    def send(case: Case[Any], known: str, is_known: bool) -> None:
        if is_known:
            case.path_parameters |= {each: KNOWN.get(each, known) for each in case.path_parameters}
        case.call_and_validate(f"http://{running.address}", headers=AUTHORIZED, checks=AS_DECLARED, timeout=10)

    send()


def _count(running: RunningService, table: str) -> int:
    [[count]] = running.as_service.execute(sql.SQL("SELECT count(*) FROM {}").format(sql.Identifier(table)))
    return int(count)
