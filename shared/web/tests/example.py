"""A service that the tests run in a process of its own: python -m shared.web.tests.example PORT TOKENS."""

# ruff: noqa: E402
import eventlet

eventlet.monkey_patch()

import sys
from pathlib import Path
from typing import Any
from uuid import UUID

from marshmallow import fields, validate
from nameko.extensions import DependencyProvider
from psycopg import OperationalError
from psycopg.errors import IdleInTransactionSessionTimeout
from werkzeug.wrappers import Response

from shared import runner
from shared.configuration import Address, ServiceSettings
from shared.messaging.outcomes import Conflict, NotFound, Problem, Rejected, Retryable
from shared.runner import run_service
from shared.schemas import StrictSchema
from shared.web import Call
from shared.web.common import CommonEndpoints
from shared.web.old_endpoint import endpoint


class Agreement(StrictSchema):
    domain = fields.String(required=True, validate=validate.OneOf(["housing", "debts"]))


class MakePlan(StrictSchema):
    """A plan as a person sends it."""

    case_holder = fields.String(required=True)
    agreements = fields.List(fields.Nested(Agreement), required=True)


class Plan(StrictSchema):
    plan_id = fields.UUID(required=True)
    case_holder = fields.String(required=True)
    house = fields.String(required=True)


class Filter(StrictSchema):
    from_year = fields.Integer(required=True)


class Switch(DependencyProvider):
    """Something that a service depends on, and that can be away."""

    away = False

    def why_not_ready(self) -> str | None:
        return "does not answer" if self.away else None

    def get_dependency(self, worker_ctx: Any) -> "Switch":
        return self


OUTCOMES = {
    "rejected": Rejected(Problem("caseHolder", "is not a partner")),
    "missing": NotFound(Problem("planId", "is not known")),
    "conflict": Conflict(Problem("", "is closed")),
    "later": Retryable(),
    "database away": OperationalError(),
    "transaction ended": IdleInTransactionSessionTimeout(),
    "bug": RuntimeError("bsn 999990019"),
}


class Example(CommonEndpoints):
    """Makes plans, to see how endpoints behave."""

    name = "example"
    api_version = "1.2.0"
    switch = Switch()

    @endpoint(
        "POST",
        "/v1/plans/<uuid:plan_id>",
        summary="Make a plan",
        roles={"process_director"},
        takes=MakePlan(),
        gives=Plan(),
        status=201,
    )
    def make_plan(self, call: Call, plan_id: UUID) -> dict[str, Any]:
        return {"plan_id": plan_id, "case_holder": call.body["case_holder"], "house": call.caller.house}

    @endpoint("GET", "/v1/plans", summary="All plans", roles={"reader"}, query=Filter(), gives=Plan(), many=True)
    def plans(self, call: Call) -> list[dict[str, Any]]:
        return [{"plan_id": UUID(int=call.query["from_year"]), "case_holder": "ggd", "house": call.caller.house}]

    @endpoint("POST", "/v1/outcomes/<name>", summary="Fail in a known way", roles={"reader"})
    def fail(self, call: Call, name: str) -> None:
        raise OUTCOMES[name]

    @endpoint("GET", "/v1/houses/<house>", summary="Look at a house", roles={"reader"})
    def look(self, call: Call, house: str) -> None:
        call.require_house(house)

    @endpoint("GET", "/page", summary="A page", status=200, public=True)
    def page(self, call: Call) -> Response:
        return Response(
            "<p>hier</p>", content_type="text/html", headers={"Content-Security-Policy": "default-src 'self'"}
        )

    @endpoint("POST", "/v1/away", summary="Take the dependency away", public=True)
    def go_away(self, call: Call) -> None:
        self.switch.away = not self.switch.away

    @endpoint("GET", "/v1/slow/<int:seconds>", summary="Take some time", status=200, public=True)
    def slow(self, call: Call, seconds: int) -> Response:
        eventlet.sleep(seconds)
        return Response("done")


if __name__ == "__main__":
    runner.STOP_SECONDS = 3.0
    run_service(
        Example,
        ServiceSettings(
            database_url="postgresql://",
            broker_url="amqp://",
            http_address=Address("127.0.0.1", int(sys.argv[1])),
            api_tokens=Path(sys.argv[2]),
            message_key=bytes(32),
        ),
    )
