"""The endpoints that every service has."""

from functools import cache
from http import HTTPStatus
from typing import Any

import orjson
from marshmallow import Schema, fields
from prometheus_client import CONTENT_TYPE_LATEST, generate_latest
from werkzeug.wrappers import Response

from shared.web.call import Call
from shared.web.endpoint import endpoint
from shared.web.health import Health
from shared.web.openapi import openapi_document


class CheckResult(Schema):
    name = fields.String(required=True)
    problem = fields.String(allow_none=True, metadata={"description": "null when all is well"})


class HealthReport(Schema):
    checks = fields.List(fields.Nested(CheckResult), required=True)


class CommonEndpoints:
    """Mixed into every service class."""

    health = Health()

    @endpoint("GET", "/health/live", summary="The process runs", gives=HealthReport(), public=True)
    def live(self, call: Call) -> dict[str, Any]:
        return {"checks": []}

    @endpoint(
        "GET", "/health/ready", summary="The service can do its work, else 503", gives=HealthReport(), public=True
    )
    def ready(self, call: Call) -> Response:
        checks = list(self.health.checks())
        status = HTTPStatus.SERVICE_UNAVAILABLE if any(check.problem for check in checks) else HTTPStatus.OK
        return Response(orjson.dumps(HealthReport().dump({"checks": checks})), status, content_type="application/json")

    @endpoint("GET", "/metrics", summary="Metrics in Prometheus' text format", status=200, public=True)
    def metrics(self, call: Call) -> Response:
        return Response(generate_latest(), content_type=CONTENT_TYPE_LATEST)

    @endpoint("GET", "/openapi.json", summary="This description", status=200, public=True)
    def openapi(self, call: Call) -> Response:
        document = _document(type(self))  # type: ignore[arg-type]  # a class is hashable; mypy looks at its instances
        return Response(document, content_type="application/json")


@cache
def _document(service: type) -> bytes:
    return orjson.dumps(openapi_document(service))
