"""A service that tests run in a separate process: python -m shared.web.tests.example PORT TOKENS STEP_SECONDS [ISSUER
KEYS_URL].

It may open 1,024 files, as most processes may.
"""

# ruff: noqa: E402
import eventlet

eventlet.monkey_patch()

import resource
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Literal
from uuid import UUID

from nameko.extensions import DependencyProvider
from psycopg import OperationalError
from psycopg.errors import IdleInTransactionSessionTimeout
from werkzeug.wrappers import Response

from shared import connections, runner
from shared.configuration import Address, ServiceSettings
from shared.messaging.outcomes import Conflict, NotFound, Problem, Rejected, Retryable
from shared.runner import run_service
from shared.testing.keys import KEYS
from shared.web import COMMON, PUBLIC, Action, Call, Health, endpoint, serve


@dataclass(frozen=True, slots=True, kw_only=True)
class Agreement:
    domain: Literal["housing", "debts"]


@dataclass(frozen=True, slots=True, kw_only=True)
class MakePlan:
    """The input of a new plan."""

    case_holder: str
    agreements: tuple[Agreement, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Plan:
    plan_id: UUID
    case_holder: str
    house: str


@dataclass(frozen=True, slots=True, kw_only=True)
class PlansQuery:
    from_year: int


class Switch(DependencyProvider):
    """A dependency of the service that tests can switch off."""

    away = False

    def why_not_ready(self) -> str | None:
        return "does not answer" if self.away else None

    def get_dependency(self, worker_ctx: Any) -> "Switch":
        return self


OUTCOMES = {
    "rejected": Rejected(Problem("caseHolder", "is not a partner", "unknown_partner")),
    "missing": NotFound(Problem("planId", "is not known", "unknown_plan")),
    "conflict": Conflict(Problem("", "is closed", "already_closed")),
    "on record": Conflict(
        Problem("", "is made", "already_made"), on_record=Plan(plan_id=UUID(int=1), case_holder="ggd", house="noord")
    ),
    "later": Retryable(),
    "database away": OperationalError(),
    "transaction ended": IdleInTransactionSessionTimeout(),
    "bug": RuntimeError("bsn 999990019"),
}


DIRECT = Action("direct plans", {"process_director"})
READ = Action("read plans", {"reader"})


@endpoint(action=DIRECT, takes=MakePlan, gives=Plan, status=201)
def make_plan(call: Call[MakePlan], service: "Example", plan_id: UUID) -> Plan:
    """Make a plan."""
    return Plan(plan_id=plan_id, case_holder=call.input.case_holder, house=call.house)


@endpoint(action=READ, query=PlansQuery, gives=Plan, many=True)
def plans(call: Call[PlansQuery], service: "Example") -> list[Plan]:
    """All plans."""
    return [Plan(plan_id=UUID(int=call.input.from_year), case_holder="ggd", house=call.house)]


@endpoint(action=READ)
def fail(call: Call[None], service: "Example", name: str) -> None:
    """Fail in a known way."""
    raise OUTCOMES[name]


@endpoint(action=PUBLIC, status=200)
def page(call: Call[None], service: "Example") -> Response:
    """A page."""
    headers = {"Content-Security-Policy": "default-src 'self'"}
    return Response("<p>hier</p>", content_type="text/html", headers=headers)


@endpoint(action=PUBLIC)
def go_away(call: Call[None], service: "Example") -> None:
    """Switch the dependency off."""
    service.switch.away = not service.switch.away


@endpoint(action=PUBLIC, status=200)
def slow(call: Call[None], service: "Example", seconds: int) -> Response:
    """Take some time."""
    eventlet.sleep(seconds)
    return Response("done")


@endpoint(action=DIRECT, status=200)
def wait(call: Call[None], service: "Example", seconds: int) -> Response:
    """Take some time for a director."""
    eventlet.sleep(seconds)
    return Response("done")


class Example:
    """A service with plans, to test endpoints."""

    name = "example"
    api_version = "1.2.0"
    health = Health()
    switch = Switch()
    answer = serve(
        COMMON
        | {
            "POST /v1/plans/<uuid:plan_id>": make_plan,
            "GET /v1/plans": plans,
            "POST /v1/outcomes/<name>": fail,
            "GET /page": page,
            "POST /v1/away": go_away,
            "GET /v1/slow/<int:seconds>": slow,
            "GET /v1/waits/<int:seconds>": wait,
        }
    )


if __name__ == "__main__":
    resource.setrlimit(resource.RLIMIT_NOFILE, (1024, 1024))
    runner.STOP_SECONDS = 3.0
    connections.STEP_SECONDS = float(sys.argv[3])
    issuer, keys_url = sys.argv[4:] or (None, None)
    run_service(
        Example,
        ServiceSettings(
            database_url="postgresql://",
            broker_url="amqp://",
            http_address=Address("127.0.0.1", int(sys.argv[1])),
            api_tokens=Path(sys.argv[2]),
            message_key=KEYS,
            master_key=KEYS,
            houses=Path(__file__).parents[3] / "houses",
            oidc_issuer=issuer,
            oidc_keys_url=keys_url,
        ),
    )
