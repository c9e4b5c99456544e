"""A service with plans and a real database, in the tests' own process."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any, LiteralString
from uuid import UUID, uuid4

import psycopg
import requests
from eventlet.event import Event
from nameko.containers import ServiceContainer
from werkzeug.wrappers import Response

from shared.configuration import Address, ServiceSettings
from shared.messaging import NotFound, Problem, Rejected, UnitOfWork, check_version
from shared.messaging.unit import Transaction
from shared.messaging.units import Units
from shared.postgres import as_row
from shared.runner import nameko_config
from shared.testing.callers import token_file
from shared.testing.databases import Database
from shared.testing.keys import KEYS
from shared.testing.migrations import apply
from shared.testing.waiting import free_ports
from shared.web import AUDIT, COMMON, Action, Call, Health, command, lookup, recorded_lookup, serve

MIGRATIONS = Path(__file__).parents[2] / "messaging" / "migrations"
TABLE = "CREATE TABLE plan (plan_id uuid PRIMARY KEY, holder text NOT NULL, version integer NOT NULL)"
DIRECTOR = {"process_director"}
CALLERS = {
    "director": {"house": "hollands-midden", "roles": [*DIRECTOR]},
    "colleague": {"house": "hollands-midden", "roles": [*DIRECTOR]},
}
OTHERS = {
    "reader": {"house": "hollands-midden", "roles": ["reader"]},
    "privacy": {"house": "hollands-midden", "roles": ["privacy_officer"]},
    "privacy-elsewhere": {"house": "midden-land", "roles": ["privacy_officer"]},
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Holder:
    holder: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Plan:
    plan_id: UUID
    holder: str
    version: int


CASE = uuid4()
HELD: list[Event] = []
"""The gate of a test, if any: commands that make a plan wait there."""
DIRECT = Action("direct plans", DIRECTOR)


@command(action=DIRECT, takes=Holder, gives=Plan, status=201, keyed=True)
def make_plan(call: Call[Holder], unit: UnitOfWork) -> Plan:
    """Make one."""
    plan = Plan(plan_id=uuid4(), holder=call.input.holder, version=1)
    unit.connection.execute("INSERT INTO plan VALUES (%(plan_id)s, %(holder)s, %(version)s)", as_row(plan))
    for gate in HELD:
        gate.wait()
    if plan.holder == "nobody":
        raise Rejected(Problem("holder", "is not a partner", "unknown_partner"))
    return plan


@lookup(action=DIRECT, gives=Plan)
def show_plan(call: Call[None], unit: Transaction, plan_id: UUID) -> Plan:
    """One plan."""
    return plan_of(plan_id, unit.connection)


@command(action=DIRECT, takes=Holder, gives=Plan, versioned=True)
def hand_over(call: Call[Holder], unit: UnitOfWork, plan_id: UUID) -> Plan:
    """Hand it over."""
    plan = plan_of(plan_id, unit.connection, "FOR UPDATE")
    check_version(call.version, plan.version)
    changed = replace(plan, holder=call.input.holder, version=plan.version + 1)
    unit.connection.execute(
        "UPDATE plan SET (holder, version) = (%(holder)s, %(version)s) WHERE plan_id = %(plan_id)s", as_row(changed)
    )
    return changed


@recorded_lookup(action=DIRECT, gives=Plan)
def name_holder(call: Call[None], unit: UnitOfWork, plan_id: UUID) -> Plan:
    """Who holds it, for whom that is to be known."""
    plan = plan_of(plan_id, unit.connection)
    unit.concerns("holders", plan.holder, CASE)
    return plan


@command(action=DIRECT)
def end_plans(call: Call[None], unit: UnitOfWork, holder: str) -> None:
    """End all plans of a holder."""
    ended = unit.connection.execute("DELETE FROM plan WHERE holder = %s RETURNING plan_id", [holder]).fetchall()
    for (plan_id,) in ended:
        unit.concerns("plans", plan_id)
    if not ended:
        raise NotFound(Problem("holder", "is not known", "unknown_holder"))


@command(action=DIRECT)
def end_plan(call: Call[None], unit: UnitOfWork, plan_id: UUID) -> None:
    """End it."""
    if not unit.connection.execute("DELETE FROM plan WHERE plan_id = %s", [plan_id]).rowcount:
        raise NotFound(Problem("planId", "is not known", "unknown_plan"))


@command(action=DIRECT, takes=Holder, status=201)
def write_letter(call: Call[Holder], unit: UnitOfWork) -> Response:
    """Write one."""
    return Response(f"To {call.input.holder}", 201, {"Location": f"/v1/letters/{uuid4()}"})


class Plans:
    """A service with plans, to test commands."""

    name = "plans"
    health = Health()
    units = Units(lambda settings: UnitOfWork, {})
    answer = serve(
        COMMON
        | AUDIT
        | {
            "POST /v1/plans": make_plan,
            "GET /v1/plans/<uuid:plan_id>": show_plan,
            "POST /v1/plans/<uuid:plan_id>/holder": hand_over,
            "POST /v1/plans/<uuid:plan_id>/end": end_plan,
            "GET /v1/plans/<uuid:plan_id>/holder": name_holder,
            "POST /v1/holders/<holder>/end": end_plans,
            "POST /v1/letters": write_letter,
        }
    )


def plan_of(plan_id: UUID, connection: psycopg.Connection[Any], lock: LiteralString = "") -> Plan:
    query: LiteralString = "SELECT holder, version FROM plan WHERE plan_id = %s " + lock
    found = connection.execute(query, [plan_id]).fetchone()
    if found is None:
        raise NotFound(Problem("planId", "is not known", "unknown_plan"))
    return Plan(plan_id=plan_id, holder=found[0], version=found[1])


@dataclass(frozen=True)
class Desk:
    """Sends requests; a caller's token is its name."""

    url: str
    database_url: str

    def get(self, path: str, caller: str = "director", **query: object) -> requests.Response:
        return self._request("GET", path, caller, {}, params=query)

    def post(
        self, path: str, body: Any = None, caller: str = "director", *, key: object = None, match: str | None = None
    ) -> requests.Response:
        headers = {"Idempotency-Key": None if key is None else str(key), "If-Match": match}
        return self._request("POST", path, caller, headers, json=body)

    def make(self, holder: str = "ggd", caller: str = "director", *, key: object) -> requests.Response:
        return self.post("/v1/plans", {"holder": holder}, caller, key=key)

    def new_plan(self) -> str:
        """The path of a plan of version 1."""
        return f"/v1/plans/{self.make(key=uuid4()).json()['planId']}"

    def _request(
        self, method: str, path: str, caller: str, headers: dict[str, str | None], **content: Any
    ) -> requests.Response:
        given = {name: value for name, value in headers.items() if value is not None}
        sent = {"Authorization": f"Bearer {caller}", "Connection": "close", **given}
        return requests.request(method, self.url + path, headers=sent, timeout=10, **content)

    def query(self, text: LiteralString) -> list[tuple[Any, ...]]:
        with psycopg.connect(self.database_url, autocommit=True) as connection:
            return connection.execute(text).fetchall()

    def holders(self) -> list[str]:
        return [row[0] for row in self.query("SELECT holder FROM plan ORDER BY holder")]


def assert_problem(answer: requests.Response, status: int, *wrong: str) -> None:
    assert answer.status_code == status
    assert answer.headers["Content-Type"] == "application/problem+json"
    assert [error["field"] for error in answer.json().get("errors", ())] == [*wrong]


@contextmanager
def running_desk(empty_database: Database, directory: Path) -> Iterator[Desk]:
    with psycopg.connect(empty_database.owner_url, autocommit=True) as connection:
        apply(connection, sorted(MIGRATIONS.glob("*.sql")))
        connection.execute(TABLE)
    address = Address("127.0.0.1", free_ports(1)[0])
    settings = ServiceSettings(
        database_url=empty_database.url,
        broker_url="amqp://",
        http_address=address,
        api_tokens=token_file(directory, CALLERS | OTHERS),
        message_key=KEYS,
        master_key=KEYS,
    )
    container = ServiceContainer(Plans, nameko_config(settings))
    container.start()
    yield Desk(f"http://{address}", empty_database.url)
    container.stop()
