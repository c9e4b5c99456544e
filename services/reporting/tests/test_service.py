"""The service as it runs: a process of its own, with a broker, a database and callers."""

import json
import socket
import subprocess
import sys
from collections import Counter
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from uuid import uuid4

import pika
import pytest
import requests

from services.reporting.tests.events import HOUSE, registered, weighed
from services.reporting.watch.rules import Group
from shared.messaging.envelope import TYPE_PREFIX
from shared.testing.callers import token_file
from shared.testing.databases import Databases
from shared.testing.issuer import PERSON, Issuer
from shared.testing.keys import KEY_TEXT
from shared.testing.program import Program, running
from shared.testing.setup import RunningBroker
from shared.testing.waiting import free_ports, wait_until

ROOT = Path(__file__).parents[3]
NEXT_DOOR = "next-door"
CALLERS = {
    "reader": {"house": HOUSE, "roles": ["reader"]},
    "director": {"house": HOUSE, "roles": ["process_director"]},
    "operator": {"house": HOUSE, "roles": ["operator"]},
    "officer": {"house": HOUSE, "roles": ["parking_officer"]},
    "elsewhere": {"house": "kennemerland", "roles": ["reader"]},
}


@dataclass(frozen=True)
class Service:
    url: str
    environment: dict[str, str]
    publish: Callable[[str, bytes], None]

    def get(self, path: str, caller: str | None = None, **query: Any) -> requests.Response:
        headers = {"Authorization": f"Bearer {caller}"} if caller else {}
        return requests.get(f"{self.url}{path}", headers=headers, params=query, timeout=10)

    def post(self, path: str, content: Any, caller: str) -> requests.Response:
        headers = {"Authorization": f"Bearer {caller}"}
        return requests.post(f"{self.url}{path}", headers=headers, json=content, timeout=10)

    def operations(self) -> dict[str, Any]:
        document: dict[str, Any] = self.get("/v1/operations", "operator").json()
        return document

    def queue(self) -> dict[str, Any]:
        return next((queue for queue in self.operations()["queues"] if queue["name"] == "reporting"), {})


def two_houses(directory: Path) -> Path:
    """The profile that ships, and one of a house with the same partners."""
    profile = (ROOT / f"houses/{HOUSE}.toml").read_text()
    for house in (HOUSE, NEXT_DOOR):
        (directory / f"{house}.toml").write_text(profile.replace(f'house = "{HOUSE}"', f'house = "{house}"'))
    return directory


@pytest.fixture(scope="module")
def service(
    databases: Databases, broker: RunningBroker, issuer: Issuer, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Service]:
    directory = tmp_path_factory.mktemp("reporting")
    port = free_ports(1)[0]
    url = f"http://127.0.0.1:{port}"
    broker.purge()
    with databases.migrated("reporting") as database, socket.create_server(("127.0.0.1", 0)) as deaf:
        targets = {
            "reporting": f"{url}/metrics",
            "intake": "http://127.0.0.1:1/metrics",
            "weighing": f"http://127.0.0.1:{deaf.getsockname()[1]}/metrics",
            "broker": broker.node.metrics_url,
        }
        environment = {
            "DATABASE_URL": database.url,
            "BROKER_URL": broker.url("reporting"),
            "HTTP_ADDRESS": f"127.0.0.1:{port}",
            "HOUSES": str(two_houses(tmp_path_factory.mktemp("houses"))),
            "API_TOKENS": str(token_file(directory, CALLERS)),
            "MESSAGE_KEY": KEY_TEXT,
            "MASTER_KEY": KEY_TEXT,
            "OIDC_ISSUER": issuer.settings["oidc_issuer"],
            "OIDC_KEYS_URL": issuer.settings["oidc_keys_url"],
            "SCRAPE_TARGETS": ",".join(f"{name}={target}" for name, target in targets.items()),
        }
        command = [sys.executable, "-m", "services.reporting"]
        program = Program(name="reporting", command=command, directory=ROOT, environment=environment)
        with running(program, directory / "log"), _publisher(broker) as publish:
            service = Service(url, environment, publish)
            if not wait_until(lambda: _is_ready(service), 20):
                pytest.fail((directory / "log").read_text())
            yield service


def _is_ready(service: Service) -> bool:
    try:
        return service.get("/health/ready").status_code == 200
    except requests.ConnectionError:
        return False


@contextmanager
def _publisher(broker: RunningBroker) -> Iterator[Callable[[str, bytes], None]]:
    connection = pika.BlockingConnection(pika.URLParameters(broker.administrator_url))
    channel = connection.channel()
    yield lambda exchange, body: channel.basic_publish(
        exchange, json.loads(body)["type"].removeprefix(TYPE_PREFIX), body
    )
    connection.close()


def weigh_one(service: Service) -> None:
    referral, subject = uuid4(), uuid4()
    service.publish("weighing", weighed(referral, subject))
    service.publish("intake", registered(referral, subject))


def test_what_is_published_stands_in_the_report(service: Service) -> None:
    weigh_one(service)
    assert wait_until(lambda: service.get("/v1/management-reports/2015", "reader").json()["sex"]["woman"] == 1, 10)
    report = service.get("/v1/management-reports/2015", "reader").json()
    assert (report["house"], report["year"], report["weighed_referrals"]) == (HOUSE, 2015, 1)
    assert report["under_treatment"] == {"briefing": 1, "aftercare": 0, "focus_or_top60": 0, "total": 1}


def test_a_report_is_for_readers_of_that_house(service: Service) -> None:
    path = "/v1/management-reports/2015"
    assert service.get(path).status_code == 401
    assert service.get(path, "operator").status_code == 403
    assert service.get(path, "elsewhere").status_code == 404
    assert service.get(path, "elsewhere", house=HOUSE).status_code == 400


def test_a_year_that_has_not_begun_has_no_report(service: Service) -> None:
    refused = service.get("/v1/management-reports/2061", "reader")
    assert refused.status_code == 404
    assert refused.json()["errors"] == [{"field": "year", "reason": "has not begun", "code": "year_to_come"}]


def test_a_factsheet_tells_what_is_not_small(service: Service) -> None:
    path, gouda = "/v1/factsheets/2014", {"municipality": "Gouda"}
    for _ in range(5):
        service.publish("weighing", weighed(uuid4(), uuid4(), briefingOn="2014-03-10"))
    for place in ("Leiden",) * 6 + ("Katwijk",):
        service.publish("weighing", weighed(uuid4(), uuid4(), briefingOn="2014-03-10", municipality=place))
    report = "/v1/management-reports/2014"
    assert wait_until(lambda: service.get(report, "reader").json()["under_treatment"]["briefing"] == 12, 10)
    assert service.get(path, "reader", **gouda).json()["under_treatment"]["briefing"] is None
    leiden = service.get(path, "director", municipality="Leiden").json()
    assert (leiden["municipality"], leiden["year"], leiden["smallest_count_shown"]) == ("Leiden", 2014, 5)
    assert leiden["under_treatment"] == {"briefing": 6, "aftercare": None, "focus_or_top60": None}
    assert leiden["percentage_of_region"]["briefing"] == 50.0
    assert set(leiden["decisions"].values()) == {None}


def test_a_factsheet_is_for_those_of_that_house_and_of_a_municipality_that_it_has(service: Service) -> None:
    path, gouda = "/v1/factsheets/2015", {"municipality": "Gouda"}
    assert service.get(path, **gouda).status_code == 401
    assert service.get(path, "operator", **gouda).status_code == 403
    assert service.get(path, "elsewhere", house=HOUSE, **gouda).status_code == 400
    assert service.get(path, "elsewhere", **gouda).status_code == 404
    assert service.get(path, "reader").status_code == 400
    blank = service.get(path, "reader", municipality="  ")
    assert (blank.status_code, blank.json()["errors"][0]["code"]) == (400, "blank")
    unknown = service.get(path, "reader", municipality="Boskoop")
    assert (unknown.status_code, unknown.headers["Content-Type"]) == (404, "application/problem+json")
    assert unknown.json()["errors"] == [
        {"field": "municipality", "reason": "is not a municipality of this house", "code": "unknown_municipality"}
    ]


def test_the_projections_can_be_made_again_while_the_service_runs(service: Service) -> None:
    before = service.get("/v1/management-reports/2015", "reader").json()
    command = [sys.executable, "-m", "services.reporting.rebuild"]
    made = subprocess.run(command, cwd=ROOT, env=service.environment, check=True, capture_output=True, text=True)
    assert "made again" in made.stdout
    assert service.get("/v1/management-reports/2015", "reader").json() == before


def test_operators_see_what_came_in_and_went_out(service: Service) -> None:
    assert wait_until(lambda: bool(service.queue()), 15)
    before = service.queue()
    weigh_one(service)
    assert wait_until(lambda: service.queue()["wentOut"] >= before["wentOut"] + 2, 15)
    document = service.operations()
    assert service.queue()["group"] == "service"
    assert document["services"][0]["up"] is True
    assert document["throughput"]
    assert {queue["group"] for queue in document["queues"]} == set(Group)
    [disk] = document["upkeep"]["disks"]
    assert disk["freeBytes"] > disk["leastBytes"] > 0


def concerns(service: Service) -> dict[str, list[str]]:
    """The services and queues with a problem, by kind of problem."""
    found: dict[str, list[str]] = {}
    for problem in service.operations()["problems"]:
        found.setdefault(problem["concern"], []).append(problem["about"])
    return found


def test_operators_see_what_is_parked_and_since_when(service: Service) -> None:
    service.publish("weighing", weighed(uuid4(), uuid4(), tabling="often"))
    assert wait_until(lambda: "parked" in concerns(service), 15)
    (problem,) = (problem for problem in service.operations()["problems"] if problem["concern"] == "parked")
    assert (problem["about"], problem["amount"]) == ("reporting", 1.0)


PARKED = "/v1/operations/parked-messages"
WHY = {"why": "to see whether it helps"}


def park(service: Service) -> int:
    """Lets reporting park one message, and gives its number."""
    before = {message["id"] for message in parked(service)}
    service.publish("weighing", weighed(uuid4(), uuid4(), tabling="often"))
    assert wait_until(lambda: len(parked(service)) > len(before), 15)
    return int(parked(service)[0]["id"])


def parked(service: Service) -> list[dict[str, Any]]:
    items: list[dict[str, Any]] = service.get("/v1/parked-messages", "operator").json()["items"]
    return items


def group_at(service: Service) -> dict[str, Any]:
    """The group of reporting's own parked messages."""
    [group] = service.get(PARKED, "operator").json()["services"][0]["waiting"]
    return dict(group)


def test_operators_see_groups_of_what_is_parked_and_which_service_does_not_tell(service: Service) -> None:
    newest = park(service)
    reporting, *others = service.get(PARKED, "operator").json()["services"]
    [group] = reporting["waiting"]
    assert (reporting["answers"], group["sender"], group["reason"]) == (True, "services", "not_an_integer")
    assert (group["newest"], group["messages"]) == (newest, len(parked(service)))
    nothing: dict[str, Any] = {"answers": False, "waiting": [], "answered": [], "before": []}
    assert others == [{"name": "intake", **nothing}, {"name": "weighing", **nothing}]


def test_messages_of_a_group_are_listed_newest_first(service: Service) -> None:
    older, newest = park(service), park(service)
    group = {"sender": "services", "reason": "not_an_integer"}
    page = service.get(f"{PARKED}/reporting", "operator", limit=1, **group).json()
    assert [message["id"] for message in page["items"]] == [newest]
    assert page["items"][0]["problems"] == [
        {"field": "data.tabling", "reason": "Must be a whole number.", "code": "not_an_integer"}
    ]
    assert service.get(f"{PARKED}/reporting", "operator", before=page["next"]).json()["items"][0]["id"] == older
    assert service.get(f"{PARKED}/reporting", "operator", limit=1000).status_code == 400


def test_a_group_is_discarded_by_the_service_with_the_callers_own_rights(service: Service) -> None:
    park(service)
    group = group_at(service)
    step = WHY | {"state": "waiting"} | {name: group[name] for name in ("house", "sender", "kind", "reason", "newest")}
    path = "/v1/operations/parked-message-groups/reporting/discards"
    assert service.post(path, step | {"why": ""}, "operator").status_code == 400
    assert service.post(path, step | {"house": "another-house"}, "officer").status_code == 403
    assert service.post(path, step, "operator").json() == {"done": group["messages"], "leftOut": 0, "next": None}
    assert parked(service) == []


def test_a_step_is_taken_by_the_service_with_the_callers_own_rights(service: Service) -> None:
    id = park(service)
    message = f"{PARKED}/reporting/{id}"
    assert service.get(message, "operator").json()["structure"]["data"]["tabling"] == "text of 5"
    assert service.post(f"{message}/openings", WHY, "operator").status_code == 403
    assert '"often"' in service.post(f"{message}/openings", WHY, "officer").json()["body"]
    refused = service.post(f"{message}/discards", {}, "operator")
    assert (refused.status_code, refused.headers["Content-Type"]) == (400, "application/problem+json")
    assert service.post(f"{message}/discards", WHY, "operator").status_code == 204
    assert service.get(message, "officer").status_code == 404


def test_a_service_that_does_not_answer_is_told_in_time(service: Service) -> None:
    for name in ("intake", "weighing"):
        answer = service.post(f"{PARKED}/{name}/1/replays", WHY, "operator")
        assert (answer.status_code, answer.json()["detail"]) == (503, "The service does not answer.")
        assert answer.elapsed.total_seconds() < 5


def test_many_who_wait_for_a_service_that_hangs_take_nothing_from_others(service: Service) -> None:
    with ThreadPoolExecutor(12) as operators:
        waiting = [operators.submit(service.get, PARKED, "operator") for _ in range(12)]
        assert wait_until(lambda: sum(call.done() for call in waiting) == 9, 2.5)
        assert service.get("/v1/parked-messages", "operator").status_code == 200
        answers = [call.result() for call in waiting]
    assert Counter(answer.status_code for answer in answers) == {200: 3, 503: 9}
    assert all(answer.json()["services"][0]["answers"] for answer in answers if answer.ok)


def test_services_are_asked_as_the_person_in_the_house_that_the_person_named(service: Service, issuer: Issuer) -> None:
    functions = {house: ["operator"] for house in (HOUSE, NEXT_DOOR)}
    token = issuer.token({**PERSON, "organisation": "halt", "functions": functions})
    headers = {"Authorization": f"Bearer {token}", "House": NEXT_DOOR}
    answer = requests.get(f"{service.url}{PARKED}", headers=headers, timeout=10).json()
    assert [each["name"] for each in answer["services"] if each["answers"]] == ["reporting"]


def test_nothing_else_is_passed_on_and_for_nobody_else(service: Service) -> None:
    id = park(service)
    for path in ("broker/1", f"reporting/{id}/..", f"reporting/{id}/corrections/1", "elsewhere:80/1"):
        assert service.get(f"{PARKED}/{path}", "operator").status_code in (404, 405)
    assert service.post(f"{PARKED}/reporting/{id}/removals", WHY, "operator").status_code == 404
    assert service.get(PARKED, "reader").status_code == 403
    assert service.get(f"{PARKED}/reporting/{id}", "reader").status_code == 403


def test_groups_of_all_services_come_in_pages_and_those_that_wait_apart(service: Service) -> None:
    newest = park(service)
    path = "/v1/operations/parked-message-groups"
    page = service.get(path, "operator", limit=1).json()
    assert [(group["service"], group["reason"], group["newest"]) for group in page["items"]] == [
        ("reporting", "not_an_integer", newest)
    ]
    assert (page["groups"], page["next"], page["silent"]) == (1, None, ["intake", "weighing"])
    assert service.get(path, "operator", state="answered").json()["items"] == []
    assert service.get(path, "operator", limit=1000).status_code == 400
    assert service.get(path, "reader").status_code == 403


def test_operators_see_each_process_and_whether_it_may_be_restarted(service: Service) -> None:
    assert wait_until(lambda: bool(service.operations()["at"]), 15)
    found = {each["name"]: each for each in service.get("/v1/operations/processes", "operator").json()}
    assert {name: (each["kind"], each["answers"], each["ready"]) for name, each in found.items()} == {
        "reporting": ("worker", True, True),
        "intake": ("worker", False, False),
        "weighing": ("worker", False, False),
        "broker": ("broker", True, True),
    }
    assert {name: (each["restart"], each["restartWhy"]) for name, each in found.items()} == {
        "reporting": ("yes", "people_wait"),
        "intake": ("yes", "does_not_answer"),
        "weighing": ("yes", "does_not_answer"),
        "broker": ("yes", "all_wait"),
    }


def test_operators_look_up_the_past_and_others_do_not(service: Service) -> None:
    throughput = service.get("/v1/operations/throughput", "operator", span="day").json()
    assert (throughput["span"], len(throughput["moments"])) == ("day", 96)
    assert service.get("/v1/operations/partner-days", "operator", day="2026-03-04").json() == []
    assert service.get("/v1/operations/problems", "operator").json()["next"] is None
    unknown = service.get("/v1/operations/problems", "operator", cursor=str(uuid4()))
    assert (unknown.status_code, unknown.json()["errors"][0]["code"]) == (422, "unknown_cursor")
    manual = service.get("/v1/operations/manual", "operator").json()
    assert "PartnerDoesNotFetch" in {entry["alert"] for entry in manual}
    for path in ("", "/throughput", "/partner-days", "/problems", "/processes", "/manual"):
        assert service.get(f"/v1/operations{path}", "reader").status_code == 403


def test_a_problem_brings_its_entry_of_the_manual(service: Service) -> None:
    assert wait_until(lambda: "service_down" in concerns(service), 15)
    [problem] = [each for each in service.operations()["problems"] if each["about"] == "intake"]
    assert (problem["manual"]["alert"], problem["manual"]["title"]) == ("ProcessDown", "intake antwoordt niet")


def test_operators_see_which_service_does_not_answer(service: Service) -> None:
    assert wait_until(lambda: bool(service.operations()["problems"]), 15)
    assert "intake" in concerns(service)["service_down"]


def test_only_new_throughput_is_given_to_whoever_asks_for_it(service: Service) -> None:
    assert wait_until(lambda: len(service.operations()["throughput"]) > 1, 15)
    newest = service.operations()["throughput"][-1][0]
    later = service.get("/v1/operations", "operator", after=newest).json()["throughput"]
    assert all(point[0] > newest for point in later)
