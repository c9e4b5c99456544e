"""Endpoints of a service in a separate process, over HTTP."""

import json
import signal
import socket
import threading
import time
from pathlib import Path
from typing import Any
from urllib.parse import quote
from uuid import UUID

import pytest

from shared.web.tests.conftest import Reply, Running, start_example

PLAN = "/v1/plans/00000000-0000-0000-0000-000000000001"
GOOD = {"caseHolder": "ggd", "agreements": [{"domain": "housing"}]}


def make_plan(example: Running, body: Any, **more: Any) -> Reply:
    return example.ask("POST", PLAN, body, token="director", **more)


def assert_problem(reply: Reply, status: int, errors: list[dict[str, str]] | None = None) -> None:
    assert (reply.status, reply.json["status"]) == (status, status)
    assert reply.headers["Content-Type"] == "application/problem+json"
    assert reply.json["title"]
    assert reply.json.get("errors") == errors


def test_a_command_reaches_its_method_and_the_answer_comes_back_in_camel_case(example: Running) -> None:
    reply = make_plan(example, GOOD)
    assert reply.status == 201
    assert reply.json == {"planId": str(UUID(int=1)), "caseHolder": "ggd", "house": "hollands-midden"}


def test_query_parameters_are_loaded_by_their_schema(example: Running) -> None:
    reply = example.ask("GET", "/v1/plans?fromYear=2", token="reader")
    assert reply.json == [{"planId": str(UUID(int=2)), "caseHolder": "ggd", "house": "hollands-midden"}]


def test_a_wrong_query_parameter_is_named(example: Running) -> None:
    reply = example.ask("GET", "/v1/plans?fromYear=x&to=3", token="reader")
    assert {error["field"] for error in reply.json["errors"]} == {"fromYear", "to"}
    assert reply.status == 400


def test_a_query_parameter_that_the_endpoint_does_not_take_is_refused(example: Running) -> None:
    unknown = [{"field": "house", "reason": "Unknown field.", "code": "unknown_field"}]
    assert_problem(example.ask("POST", "/v1/outcomes/missing?house=gelre", token="reader"), 400, unknown)
    assert_problem(example.ask("POST", f"{PLAN}?house=gelre", GOOD, token="director"), 400, unknown)
    assert example.ask("GET", "/page?version=2").status == 200


def test_without_a_token_nobody_comes_in(example: Running) -> None:
    reply = example.ask("POST", PLAN, GOOD)
    assert_problem(reply, 401)
    assert reply.headers["WWW-Authenticate"].startswith("Bearer")


@pytest.mark.parametrize("authorization", ["Bearer nobody", "Bearer", "Basic director", "director", "Bearer \xe9"])
def test_an_unknown_token_is_refused(example: Running, authorization: str) -> None:
    assert_problem(example.ask("POST", PLAN, GOOD, headers={"Authorization": authorization}), 401)


def test_a_token_that_has_expired_is_refused_and_told_so(example: Running) -> None:
    reply = example.ask("POST", PLAN, GOOD, token="late")
    assert_problem(reply, 401)
    assert reply.json["detail"] == "This token expired at 2026-01-31T17:00:00+01:00."
    assert reply.headers["WWW-Authenticate"].startswith("Bearer")


def test_another_role_is_refused(example: Running) -> None:
    assert_problem(example.ask("POST", PLAN, GOOD, token="reader"), 403)


def test_every_wrong_field_of_a_body_is_named_by_its_path(example: Running) -> None:
    reply = make_plan(example, {"agreements": [{"domain": "housing"}, {"domain": "moon"}], "extra": 1})
    expected = {
        "caseHolder": "Missing data for required field.",
        "agreements[1].domain": "Must be one of: housing, debts.",
        "extra": "Unknown field.",
    }
    assert reply.status == 400
    assert {error["field"]: error["reason"] for error in reply.json["errors"]} == expected


@pytest.mark.parametrize(
    "body",
    [
        b"",
        b"{",
        b"\xff",
        b"NaN",
        b'{"caseHolder": "\\u0000"}',
        b"[" * 33 + b"]" * 33,
        b"[" * 9000 + b"]" * 9000,
        b'{"caseHolder": "ggd", "caseHolder": "ggd", "agreements": []}',
    ],
    ids=["empty", "cut off", "not UTF-8", "NaN", "NUL", "33 levels", "9000 levels", "a field twice"],
)
def test_a_body_that_is_not_usable_json_is_a_bad_request(example: Running, body: bytes) -> None:
    assert_problem(make_plan(example, body), 400)


def test_a_body_over_64_kb_is_too_large_and_the_service_goes_on(example: Running) -> None:
    body = json.dumps({**GOOD, "caseHolder": "x" * 70_000}).encode()
    assert_problem(make_plan(example, body), 413)
    assert make_plan(example, GOOD).status == 201


def test_a_body_over_64_kb_in_chunks_is_too_large_as_well(example: Running) -> None:
    headers = {"Authorization": "Bearer director", "Content-Type": "application/json"}
    example.connection.request("POST", PLAN, iter([b"x" * 1000] * 70), headers, encode_chunked=True)
    response = example.connection.getresponse()
    assert_problem(Reply(response.status, response.headers, response.read().decode()), 413)


def test_a_body_with_wrong_chunks_is_a_bad_request_and_the_service_goes_on(example: Running) -> None:
    head = f"POST {PLAN} HTTP/1.1\r\nAuthorization: Bearer director\r\nContent-Type: application/json\r\n"
    with socket.create_connection(("127.0.0.1", example.port), timeout=5) as client:
        client.sendall(f"{head}Transfer-Encoding: chunked\r\n\r\nno number\r\n".encode())
        assert client.recv(12) == b"HTTP/1.1 400"
    assert make_plan(example, GOOD).status == 201


@pytest.mark.parametrize("path", ["/v1/outcomes/a%00b", "/v1/plans?fromYear=%00"])
def test_a_nul_character_in_the_url_is_a_bad_request(example: Running, path: str) -> None:
    assert_problem(example.ask("POST" if "outcomes" in path else "GET", path, token="reader"), 400)


def test_another_media_type_is_not_supported(example: Running) -> None:
    assert_problem(make_plan(example, GOOD, headers={"Content-Type": "text/plain"}), 415)


def test_an_unknown_path_is_not_found(example: Running) -> None:
    assert_problem(example.ask("GET", "/v1/plans/not-a-uuid", token="reader"), 404)
    assert_problem(example.ask("GET", "/nothing"), 404)


def test_another_method_is_not_allowed_and_the_right_ones_are_told(example: Running) -> None:
    reply = example.ask("DELETE", PLAN, token="director")
    assert_problem(reply, 405)
    assert reply.headers["Allow"] == "POST"


@pytest.mark.parametrize(
    ("name", "status", "errors"),
    [
        ("rejected", 422, [{"field": "caseHolder", "reason": "is not a partner", "code": "unknown_partner"}]),
        ("missing", 404, [{"field": "planId", "reason": "is not known", "code": "unknown_plan"}]),
        ("conflict", 409, [{"field": "", "reason": "is closed", "code": "already_closed"}]),
    ],
)
def test_an_outcome_becomes_its_status_with_the_fields_to_blame(
    example: Running, name: str, status: int, errors: list[dict[str, str]]
) -> None:
    assert_problem(example.ask("POST", f"/v1/outcomes/{name}", token="reader"), status, errors)


def test_a_conflict_may_show_what_is_on_record(example: Running) -> None:
    reply = example.ask("POST", "/v1/outcomes/on%20record", token="reader")
    assert reply.status == 409
    assert reply.json["onRecord"] == {"planId": str(UUID(int=1)), "caseHolder": "ggd", "house": "noord"}


@pytest.mark.parametrize("name", ["later", "database away", "transaction ended"])
def test_what_cannot_be_done_now_says_when_to_try_again(example: Running, name: str) -> None:
    reply = example.ask("POST", f"/v1/outcomes/{quote(name)}", token="reader")
    assert_problem(reply, 503)
    assert int(reply.headers["Retry-After"]) > 0


def test_an_unexpected_error_tells_the_caller_and_the_log_no_data(example: Running) -> None:
    reply = example.ask("POST", "/v1/outcomes/bug", token="reader")
    assert reply.json == {"type": "about:blank", "title": "Internal Server Error", "status": 500}
    logged = [line for line in example.log_lines() if line["event"] == "unexpected error"]
    assert logged[-1]["error"] == "builtins.RuntimeError"
    assert logged[-1]["correlation_id"] == reply.headers["X-Correlation-Id"]
    assert "999990019" not in example.log.read_text()


def test_a_correlation_id_goes_through_to_the_answer_and_the_log(example: Running) -> None:
    given = str(UUID(int=42))
    reply = make_plan(example, GOOD, headers={"X-Correlation-Id": given})
    assert reply.headers["X-Correlation-Id"] == given
    line = example.log_lines()[-1]
    assert line["correlation_id"] == given
    assert (line["route"], line["status"]) == ("/v1/plans/{planId}", 201)


def test_a_routine_request_that_went_well_is_not_in_the_log(example: Running) -> None:
    for path in ("/health/live", "/metrics", "/openapi.json"):
        example.ask("GET", path)
    routes = [line.get("route") for line in example.log_lines()]
    assert "/openapi.json" in routes
    assert not {"/health/live", "/metrics"}.intersection(routes)


def test_what_is_no_uuid_is_not_taken_as_correlation_id(example: Running) -> None:
    reply = make_plan(example, GOOD, headers={"X-Correlation-Id": "jansen"})
    assert UUID(reply.headers["X-Correlation-Id"])


def test_no_url_or_query_string_is_logged(example: Running) -> None:
    example.ask("GET", "/v1/nothing-jansen?bsn=999990019")
    assert "jansen" not in example.log.read_text()


def test_headers_keep_browsers_and_caches_from_harm(example: Running) -> None:
    headers = make_plan(example, GOOD).headers
    assert headers["Cache-Control"] == "no-store"
    assert headers["X-Content-Type-Options"] == "nosniff"
    assert headers["API-Version"] == "1.2.0"


def test_an_endpoint_may_set_a_safe_header_itself(example: Running) -> None:
    assert example.ask("GET", "/page").headers["Content-Security-Policy"] == "default-src 'self'"


def test_a_connection_is_kept_for_the_next_request(example: Running) -> None:
    example.ask("GET", "/health/live")
    kept = example.connection.sock
    example.ask("POST", "/v1/outcomes/rejected", token="reader")
    assert example.connection.sock is kept


def test_a_client_that_sends_rubbish_or_leaves_does_not_end_the_service(example: Running) -> None:
    cut_off = f"POST {PLAN} HTTP/1.1\r\nContent-Length: 10\r\n\r\nab".encode()
    for rubbish in (b"\x16\x03\x01\x00\n\r\n\r\n", cut_off):
        with socket.create_connection(("127.0.0.1", example.port)) as client:
            client.sendall(rubbish)
            client.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, bytes([1, 0, 0, 0, 0, 0, 0, 0]))
    assert example.ask("GET", "/health/live").status == 200


def test_it_is_ready_when_all_that_it_depends_on_is(example: Running) -> None:
    assert example.ask("GET", "/health/ready").status == 200
    example.ask("POST", "/v1/away")
    away = example.ask("GET", "/health/ready")
    example.ask("POST", "/v1/away")
    assert away.status == 503
    checks = [{"name": "Server", "problem": None}, {"name": "Switch", "problem": "does not answer"}]
    assert away.json == {"checks": checks}


def test_requests_are_counted_by_route(example: Running) -> None:
    make_plan(example, GOOD)
    metrics = example.ask("GET", "/metrics").text
    assert 'http_requests_total{method="POST",route="/v1/plans/{planId}",status="201"}' in metrics
    assert "/nothing" not in metrics


def test_a_request_in_hand_gets_its_answer_when_the_service_stops(tmp_path: Path) -> None:
    running = start_example(tmp_path)
    replies: list[Reply] = []
    asking = threading.Thread(target=lambda: replies.append(running.ask("GET", "/v1/slow/1")))
    asking.start()
    with socket.create_connection(("127.0.0.1", running.port), timeout=5) as probe:
        time.sleep(0.3)
        running.process.send_signal(signal.SIGTERM)
        time.sleep(0.2)
        probe.sendall(b"GET /health/ready HTTP/1.1\r\nHost: here\r\n\r\n")
        assert probe.recv(12) == b"HTTP/1.1 503"
    asking.join()
    assert replies[0].text == "done"
    assert running.process.wait(timeout=10) == 0
    assert running.log_lines()[-1]["event"] == "service stopped"


def test_a_service_that_cannot_stop_gracefully_is_ended(tmp_path: Path) -> None:
    running = start_example(tmp_path)
    with socket.create_connection(("127.0.0.1", running.port)) as client:
        client.sendall(b"GET /v1/slow/60 HTTP/1.1\r\nHost: here\r\n\r\n")
        time.sleep(0.3)
        running.process.send_signal(signal.SIGTERM)
        assert running.process.wait(timeout=10) == 1
    assert running.log_lines()[-1]["event"] == "service did not stop in time, so it is ended"
