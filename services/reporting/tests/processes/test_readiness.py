"""What processes say when they are asked whether they are ready."""

import json
import socket

import pytest

from services.reporting.operations.replicas import Process
from services.reporting.processes.readiness import _problems, _state
from services.reporting.processes.rules import Kind
from shared.observability.health_server import serve_health
from shared.testing.waiting import free_ports


def relay(port: int) -> Process:
    address = f"127.0.0.1:{port}"
    return Process("intake-relay", address, f"http://{address}", "/metrics")


@pytest.mark.parametrize("problem", [None, "the broker takes nothing: low on disk"])
def test_a_relay_says_in_a_line_why_it_is_not_ready(problem: str | None) -> None:
    [port] = free_ports(1)
    serve_health(("127.0.0.1", port), lambda: problem)
    state = _state(relay(port))
    assert (state.kind, state.service, state.answers) == (Kind.RELAY, "intake", True)
    assert list(state.problems) == ([problem] if problem else [])


def test_a_worker_says_which_checks_fail() -> None:
    checks = [{"name": "HouseUnits", "problem": "the database does not answer"}, {"name": "x", "problem": None}]
    body = json.dumps({"checks": checks}).encode()
    assert _problems(body) == ["the database does not answer"]


@pytest.mark.parametrize("body", [b"<script>", b'{"checks": 3}', b"\xff" * 500])
def test_what_is_said_otherwise_is_not_shown(body: bytes) -> None:
    assert _problems(body) == ["is not ready"]


def test_a_process_that_never_answers_is_away() -> None:
    with socket.create_server(("127.0.0.1", 0)) as deaf:
        assert not _state(relay(deaf.getsockname()[1])).answers
