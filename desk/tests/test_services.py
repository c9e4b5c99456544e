"""The client of the services' APIs, against servers that answer, refuse, hang and are not there."""

import json
import time
from collections.abc import Iterator
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread
from typing import Any
from uuid import UUID, uuid4

import pytest

from desk import services as client
from desk.services import Bearer, Done, Look, Missing, Problem, Refused, Services
from desk.tests.given import NOBODY_LISTENS

BEARER = Bearer("a-token", "hollands-midden", "p-17", UUID(int=7))


@dataclass
class Told:
    """How a service answers, and what it was asked."""

    status: int = 200
    body: Any = field(default_factory=lambda: {"items": []})
    headers: dict[str, str] = field(default_factory=dict)
    media_type: str = "application/json"
    seconds: float = 0.0
    asked: list[tuple[str, str, dict[str, str], bytes]] = field(default_factory=list)


@pytest.fixture
def service() -> Iterator[tuple[Told, str]]:
    told = Told()

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            content = self.rfile.read(int(self.headers.get("Content-Length", 0)))
            told.asked.append((self.command, self.path, dict(self.headers), content))
            time.sleep(told.seconds)
            body = json.dumps(told.body).encode() if told.body is not None else b""
            self.send_response(told.status)
            for name, value in {**told.headers, "Content-Type": told.media_type, "Content-Length": len(body)}.items():
                self.send_header(name, str(value))
            self.end_headers()
            self.wfile.write(body)

        do_POST = do_GET  # noqa: N815

        def log_message(self, *_: Any) -> None:
            """Log nothing."""

    with ThreadingHTTPServer(("127.0.0.1", 0), Handler) as server:
        thread = Thread(target=server.serve_forever, kwargs={"poll_interval": 0.05}, daemon=True)
        thread.start()
        yield told, f"http://127.0.0.1:{server.server_port}"
        server.shutdown()
        thread.join()


@pytest.fixture
def asking(service: tuple[Told, str]) -> Iterator[Services]:
    made = Services({"weighing": service[1], "intake": NOBODY_LISTENS}, lambda: BEARER)
    yield made
    made.close()


def test_a_service_is_asked_in_the_name_of_the_person_and_for_one_house(
    service: tuple[Told, str], asking: Services
) -> None:
    assert asking.get("weighing", "/v1/agenda", {"date": "2026-12-01"}) == {"items": []}
    assert asking.get("weighing", "/v1/agenda", house="midden-land") == {"items": []}
    (_, path, headers, _), (_, _, others, _) = service[0].asked
    assert path == "/v1/agenda?date=2026-12-01"
    assert headers["Authorization"] == "Bearer a-token"
    assert headers["X-Correlation-Id"] == str(BEARER.correlation_id)
    assert (headers["House"], others["House"]) == ("hollands-midden", "midden-land")
    assert (headers["Standing-In-For"], "Standing-In-For" in others) == ("p-17", False)


def test_one_part_that_does_not_come_leaves_the_others(asking: Services) -> None:
    looks = {"agenda": Look("weighing", "/v1/agenda"), "names": Look("intake", "/v1/names")}
    assert asking.get_all(looks) == {"agenda": {"items": []}, "names": Missing("intake", "no_answer")}


@pytest.mark.parametrize(
    ("status", "reason"),
    [(401, "not_allowed"), (403, "not_allowed"), (404, "not_found"), (422, "failed"), (500, "failed"), (503, "failed")],
)
def test_a_part_that_is_refused_is_missing(
    service: tuple[Told, str], asking: Services, status: int, reason: str
) -> None:
    service[0].status = status
    assert asking.get("weighing", "/v1/agenda") == Missing("weighing", reason)


def test_what_is_no_json_is_no_answer(service: tuple[Told, str], asking: Services) -> None:
    service[0].media_type = "text/html"
    assert asking.get("weighing", "/v1/agenda") == Missing("weighing", "no_answer")


def test_nobody_is_sent_to_another_address(service: tuple[Told, str], asking: Services) -> None:
    """The token is for the services alone."""
    service[0].status, service[0].headers = 302, {"Location": "http://evil.test/"}
    assert asking.get("weighing", "/v1/agenda") == Missing("weighing", "failed")
    assert len(service[0].asked) == 1


def test_a_page_waits_so_long_and_asks_all_at_once(
    service: tuple[Told, str], asking: Services, monkeypatch: pytest.MonkeyPatch
) -> None:
    service[0].seconds = 0.3
    started = time.monotonic()
    answers = asking.get_all({str(number): Look("weighing", "/v1/agenda") for number in range(10)})
    assert time.monotonic() - started < 1.5
    assert set(map(str, answers.values())) == {"{'items': []}"}
    monkeypatch.setattr(client, "PATIENCE_SECONDS", 0.1)
    assert asking.get("weighing", "/v1/agenda") == Missing("weighing", "no_answer")


def test_a_command_carries_its_key_and_the_version_that_it_changes(service: tuple[Told, str], asking: Services) -> None:
    service[0].status, service[0].headers, key = 201, {"ETag": 'W/"4"'}, uuid4()
    assert asking.post("weighing", "/v1/decisions", {"decision": "focus"}, key=key, version=3) == Done({"items": []}, 4)
    [(method, _, headers, content)] = service[0].asked
    assert (method, json.loads(content)) == ("POST", {"decision": "focus"})
    assert (headers["Idempotency-Key"], headers["If-Match"]) == (str(key), '"3"')


def test_a_command_without_a_result_is_done(service: tuple[Told, str], asking: Services) -> None:
    service[0].status, service[0].body = 204, None
    assert asking.post("weighing", "/v1/decisions", {}, key=uuid4()) == Done(None)


@pytest.mark.parametrize("status", [400, 403, 404, 409, 412, 422])
def test_a_refused_command_says_which_fields_are_wrong(
    service: tuple[Told, str], asking: Services, status: int
) -> None:
    problem = {"field": "decision", "reason": "is no decision", "code": "unknown_decision"}
    service[0].status, service[0].body, service[0].media_type = (
        status,
        {"errors": [problem]},
        "application/problem+json",
    )
    assert asking.post("weighing", "/v1/decisions", {}, key=uuid4()) == Refused(status, (Problem(**problem),))


@pytest.mark.parametrize("status", [302, 401, 500, 503])
def test_of_a_command_without_an_answer_nobody_knows_whether_it_took_effect(
    service: tuple[Told, str], asking: Services, status: int
) -> None:
    service[0].status = status
    assert isinstance(asking.post("weighing", "/v1/decisions", {}, key=uuid4()), Missing)
    assert isinstance(asking.post("intake", "/v1/decisions", {}, key=uuid4()), Missing)
