"""Repeated and concurrent commands, to a running service with a real database."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any, LiteralString
from uuid import UUID, uuid4

import eventlet
import psycopg
import pytest
import requests
from eventlet.event import Event
from nameko.containers import ServiceContainer
from werkzeug.wrappers import Response

from shared import crash_points
from shared.configuration import Address, ServiceSettings
from shared.crash_points import CrashPoint
from shared.messaging import NotFound, Problem, Rejected, UnitOfWork, check_version
from shared.messaging.unit import Transaction
from shared.messaging.units import Units
from shared.postgres import as_row
from shared.runner import nameko_config
from shared.testing.callers import token_file
from shared.testing.databases import Database
from shared.testing.keys import KEYS
from shared.testing.migrations import apply
from shared.testing.waiting import free_ports, wait_until
from shared.web import Action, Call, command, lookup, serve

MIGRATIONS = Path(__file__).parents[2] / "messaging" / "migrations"
TABLE = "CREATE TABLE plan (plan_id uuid PRIMARY KEY, holder text NOT NULL, version integer NOT NULL)"
DIRECTOR = {"process_director"}
CALLERS = {
    "director": {"house": "hollands-midden", "roles": [*DIRECTOR]},
    "colleague": {"house": "hollands-midden", "roles": [*DIRECTOR]},
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Holder:
    holder: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Plan:
    plan_id: UUID
    holder: str
    version: int


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
    units = Units(lambda settings: UnitOfWork, {})
    answer = serve(
        {
            "POST /v1/plans": make_plan,
            "GET /v1/plans/<uuid:plan_id>": show_plan,
            "POST /v1/plans/<uuid:plan_id>/holder": hand_over,
            "POST /v1/plans/<uuid:plan_id>/end": end_plan,
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

    def get(self, path: str) -> requests.Response:
        return self._request("GET", path, "director", {})

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


@pytest.fixture
def desk(empty_database: Database, tmp_path: Path) -> Iterator[Desk]:
    with psycopg.connect(empty_database.owner_url, autocommit=True) as connection:
        apply(connection, sorted(MIGRATIONS.glob("*.sql")))
        connection.execute(TABLE)
    address = Address("127.0.0.1", free_ports(1)[0])
    settings = ServiceSettings(
        database_url=empty_database.url,
        broker_url="amqp://",
        http_address=address,
        api_tokens=token_file(tmp_path, CALLERS),
        message_key=KEYS,
    )
    container = ServiceContainer(Plans, nameko_config(settings))
    container.start()
    yield Desk(f"http://{address}", empty_database.url)
    container.stop()


@pytest.fixture
def gate() -> Iterator[Event]:
    """A gate: commands that make a plan wait until the gate is opened by `send`."""
    gate = Event()
    HELD.append(gate)
    yield gate
    HELD.clear()


def assert_problem(answer: requests.Response, status: int, *wrong: str) -> None:
    assert answer.status_code == status
    assert answer.headers["Content-Type"] == "application/problem+json"
    assert [error["field"] for error in answer.json().get("errors", ())] == [*wrong]


def told(answer: requests.Response) -> tuple[Any, ...]:
    kept = ("Content-Type", "Content-Length", "ETag", "Location")
    return answer.status_code, answer.content, [answer.headers.get(name) for name in kept]


def test_a_command_whose_answer_was_lost_has_one_effect_and_gets_the_same_answer(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    def lost(point: CrashPoint) -> None:
        if point is CrashPoint.AFTER_COMMAND_COMMIT:
            raise ConnectionError

    key = uuid4()
    with monkeypatch.context() as until_sent_again:
        until_sent_again.setattr(crash_points, "passing", lost)
        assert_problem(desk.make(key=key), 500)
    second, third = desk.make(key=key), desk.make(key=f'"{key}"')
    assert second.status_code == 201
    assert told(second) == told(third)
    assert second.headers["Idempotency-Replayed"] == third.headers["Idempotency-Replayed"] == "true"
    assert desk.query("SELECT plan_id::text FROM plan") == [(second.json()["planId"],)]


def test_the_first_answer_is_not_said_to_be_a_repetition(desk: Desk) -> None:
    assert "Idempotency-Replayed" not in desk.make(key=uuid4()).headers


def test_of_two_at_the_same_moment_the_second_waits_and_gets_the_answer_of_the_first(desk: Desk, gate: Event) -> None:
    key = uuid4()
    both = [eventlet.spawn(desk.make, key=key) for _ in range(2)]
    waiting = "SELECT 1 FROM pg_stat_activity WHERE wait_event_type = 'Lock' AND query LIKE '%INSERT INTO commands%'"
    assert wait_until(lambda: bool(desk.query(waiting)), 5)
    gate.send()
    first, second = (each.wait() for each in both)
    assert told(first) == told(second)
    assert {"Idempotency-Replayed" in answer.headers for answer in (first, second)} == {True, False}
    assert desk.holders() == ["ggd"]


def test_of_two_at_the_same_moment_the_second_is_carried_out_when_the_first_is_refused(desk: Desk, gate: Event) -> None:
    key = uuid4()
    both = [eventlet.spawn(desk.make, "nobody", key=key)]
    assert wait_until(lambda: bool(desk.query("SELECT 1 FROM pg_stat_activity WHERE state = 'idle in transaction'")), 5)
    both.append(eventlet.spawn(desk.make, "ggd", key=key))
    gate.send()
    assert [each.wait().status_code for each in both] == [422, 201]
    assert desk.holders() == ["ggd"]


def test_the_same_key_with_other_content_is_refused(desk: Desk) -> None:
    key = uuid4()
    plan = f"/v1/plans/{desk.make(key=key).json()['planId']}"
    assert_problem(desk.make("police", key=key), 422, "Idempotency-Key")
    assert_problem(desk.post(f"{plan}/end", key=key), 422, "Idempotency-Key")
    assert desk.holders() == ["ggd"]


def test_a_refused_command_left_nothing_and_may_be_mended_under_its_key(desk: Desk) -> None:
    key = uuid4()
    assert_problem(desk.make("nobody", key=key), 422, "holder")
    assert desk.query("SELECT * FROM commands") == []
    assert desk.make("ggd", key=key).status_code == 201
    assert desk.holders() == ["ggd"]


def test_a_key_of_another_caller_is_another_key(desk: Desk) -> None:
    key = uuid4()
    for caller in CALLERS:
        answer = desk.make(caller, caller, key=key)
        assert (answer.status_code, answer.json()["holder"]) == (201, caller)
    assert desk.holders() == sorted(CALLERS)


@pytest.mark.parametrize("key", [None, "", "jansen", f"{uuid4()}, {uuid4()}"])
def test_a_command_that_needs_a_key_is_refused_without_a_usable_one(desk: Desk, key: str | None) -> None:
    assert_problem(desk.make(key=key), 400, "Idempotency-Key")
    assert desk.holders() == []


def test_a_command_that_needs_no_key_takes_one(desk: Desk) -> None:
    path, key = f"{desk.new_plan()}/end", uuid4()
    first, second = desk.post(path, key=key), desk.post(path, key=key)
    assert told(first) == told(second)
    assert first.status_code == 204
    assert_problem(desk.post(path), 404, "planId")


def test_an_answer_that_is_passed_through_is_kept_with_its_headers(desk: Desk) -> None:
    key = uuid4()
    first, second = (desk.post("/v1/letters", {"holder": "ggd"}, key=key) for _ in range(2))
    assert first.headers["Location"].startswith("/v1/letters/")
    assert told(first) == told(second)


def test_an_answer_is_kept_sealed(desk: Desk) -> None:
    answer = desk.make("Jansen", key=uuid4())
    [(row, body)] = desk.query("SELECT commands::text, body FROM commands")
    assert "Jansen" in answer.text
    assert "Jansen" not in row
    assert b"Jansen" not in body


def test_a_version_is_told_as_etag_and_a_change_gives_the_next(desk: Desk) -> None:
    plan = desk.new_plan()
    seen = desk.get(plan)
    assert (seen.headers["ETag"], seen.json()["version"]) == ('"1"', 1)
    changed = desk.post(f"{plan}/holder", {"holder": "police"}, match=seen.headers["ETag"])
    assert (changed.status_code, changed.headers["ETag"]) == (200, '"2"')


def test_of_two_that_change_the_same_version_at_the_same_moment_one_is_told_to_look_again(desk: Desk) -> None:
    plan = desk.new_plan()
    both = [eventlet.spawn(desk.post, f"{plan}/holder", {"holder": each}, match='"1"') for each in ("a", "b")]
    answers = sorted((each.wait() for each in both), key=lambda answer: answer.status_code)
    assert answers[0].status_code == 200
    assert_problem(answers[1], 412, "If-Match")
    assert desk.get(plan).json() == answers[0].json()


def test_a_change_sent_again_under_its_key_is_answered_though_its_version_no_longer_stands(desk: Desk) -> None:
    path, key = f"{desk.new_plan()}/holder", uuid4()
    first, second = (desk.post(path, {"holder": "police"}, key=key, match='"1"') for _ in range(2))
    assert told(first) == told(second)
    assert first.status_code == 200


def test_a_change_must_say_what_was_seen(desk: Desk) -> None:
    assert_problem(desk.post(f"{desk.new_plan()}/holder", {"holder": "police"}), 428)


@pytest.mark.parametrize("match", ["", "1", "*", 'w/"1"', "W/1", '"one"', '"1", "2"', f'"{"9" * 30}"'])
def test_what_is_no_etag_of_one_version_is_a_bad_request(desk: Desk, match: str) -> None:
    assert_problem(desk.post(f"{desk.new_plan()}/holder", {"holder": "police"}, match=match), 400, "If-Match")


def test_a_version_that_a_proxy_made_weak_is_that_version(desk: Desk) -> None:
    plan = desk.new_plan()
    assert desk.post(f"{plan}/holder", {"holder": "police"}, match='W/"1"').status_code == 200
    assert_problem(desk.post(f"{plan}/holder", {"holder": "dji"}, match='W/"1"'), 412, "If-Match")


def test_any_version_is_refused_with_what_would_be_right(desk: Desk) -> None:
    refused = desk.post(f"{desk.new_plan()}/holder", {"holder": "police"}, match="*")
    [problem] = refused.json()["errors"]
    assert problem == {
        "field": "If-Match",
        "reason": 'is * for any version; name the version that was read, such as "3"',
        "code": "any_version",
    }


def test_a_change_whose_answer_has_no_version_can_not_be_offered() -> None:
    with pytest.raises(ValueError, match="no field `version`"):
        command(action=DIRECT, gives=Holder, versioned=True)(hand_over.function)
