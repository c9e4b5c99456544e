"""The endpoints that every service has."""

from dataclasses import dataclass
from functools import cache
from http import HTTPStatus
from typing import Any

import orjson
from prometheus_client import CONTENT_TYPE_LATEST, generate_latest
from werkzeug.wrappers import Response

from shared.schemas import MessageSchema, schema_of
from shared.web.access import PUBLIC
from shared.web.call import Call
from shared.web.health import Check, Health
from shared.web.offer import endpoint
from shared.web.openapi import openapi_document


@dataclass(frozen=True, slots=True)
class HealthReport:
    """The result of all checks of the service; a check without a problem has `problem` null."""

    checks: tuple[Check, ...]


@endpoint(action=PUBLIC, gives=HealthReport, at_once=True)
def live(call: Call[None], container: None) -> HealthReport:
    """The process runs."""
    return HealthReport(())


@endpoint(action=PUBLIC, gives=HealthReport, at_once=True)
def ready(call: Call[None], container: Any) -> Response:
    """The service reaches its database and broker, else 503."""
    report = HealthReport(Health.of(container).checks())
    failing = any(check.problem for check in report.checks)
    body = orjson.dumps(schema_of(HealthReport, MessageSchema).dump(report))
    status = HTTPStatus.SERVICE_UNAVAILABLE if failing else HTTPStatus.OK
    return Response(body, status, content_type="application/json")


@endpoint(action=PUBLIC, files=[CONTENT_TYPE_LATEST], at_once=True)
def metrics(call: Call[None], container: None) -> Response:
    """Metrics in Prometheus' text format."""
    return Response(generate_latest(), content_type=CONTENT_TYPE_LATEST)


@endpoint(action=PUBLIC, files=["application/json"])
def openapi(call: Call[None], service: Any) -> Response:
    """This OpenAPI document."""
    document = _document(type(service))  # type: ignore[arg-type]  # mypy thinks that a class is not hashable
    return Response(document, content_type="application/json")


@cache
def _document(service: Any) -> bytes:
    return orjson.dumps(openapi_document(service))


COMMON = {
    "GET /health/live": live,
    "GET /health/ready": ready,
    "GET /metrics": metrics,
    "GET /openapi.json": openapi,
}
