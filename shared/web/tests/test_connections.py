"""What strangers do to a service with connections alone, without a token."""

import json
import re
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from http.client import HTTPResponse

import pytest

from shared.testing.idle import idle_connections
from shared.testing.waiting import wait_until
from shared.web.tests.conftest import Running, start_example

HASTE_SECONDS = 1.0
PLAN = "/v1/plans/00000000-0000-0000-0000-000000000001"
UNFINISHED = f"POST {PLAN} HTTP/1.1\r\nAuthorization: Bearer director\r\nContent-Type: application/json\r\n"
BEGUN = {
    "half a line": "POST /v1/pl",
    "half the headers": UNFINISHED,
    "half a header": f"{UNFINISHED}X-A: b",
    "half a body": f"{UNFINISHED}Content-Length: 1000\r\n\r\nab",
    "half a chunk": f"{UNFINISHED}Transfer-Encoding: chunked\r\n\r\nff\r\nab",
}


@pytest.fixture(scope="module")
def hasty(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Running]:
    """The example service, which gives a client a second for each step."""
    running = start_example(tmp_path_factory.mktemp("hasty"), HASTE_SECONDS)
    yield running
    running.process.terminate()
    assert running.process.wait(timeout=10) == 0


def connect(running: Running) -> socket.socket:
    return socket.create_connection(("127.0.0.1", running.port), timeout=10)


def is_answered(running: Running) -> bool:
    """Whether another client, on a connection of its own, is served."""
    with connect(running) as client:
        client.sendall(b"GET /v1/plans?fromYear=2 HTTP/1.1\r\nAuthorization: Bearer reader\r\n\r\n")
        return client.recv(12) == b"HTTP/1.1 200"


@pytest.mark.parametrize("first", [b"", b"GET /health/live HTTP/1.1\r\nHost:"], ids=["silent", "in the headers"])
def test_2000_idle_connections_keep_nobody_out(example: Running, first: bytes) -> None:
    with idle_connections(example.port, 2000, first):
        assert is_answered(example)
    assert example.process.poll() is None


def test_a_client_that_begins_no_request_is_cut_off(hasty: Running) -> None:
    with connect(hasty) as client:
        assert client.recv(12) == b""
    assert is_answered(hasty)


@pytest.mark.parametrize("begun", BEGUN.values(), ids=BEGUN)
def test_a_client_that_does_not_get_on_is_told_so_and_cut_off(hasty: Running, begun: str) -> None:
    with connect(hasty) as client:
        client.sendall(begun.encode())
        response = HTTPResponse(client)
        response.begin()
        assert (response.status, response.headers["Content-Type"]) == (408, "application/problem+json")
        assert response.headers["Connection"].lower() == "close"
        assert json.loads(response.read())["detail"] == "The request was not whole within 1 seconds."
        assert client.recv(12) == b""
    assert is_answered(hasty)


@pytest.mark.parametrize("begun", BEGUN.values(), ids=BEGUN)
def test_a_client_that_sends_a_byte_now_and_then_is_told_so_and_cut_off(hasty: Running, begun: str) -> None:
    with connect(hasty) as client:
        client.sendall(begun.encode())

        def is_cut_off() -> bool:
            try:
                client.sendall(b"a")
            except OSError:
                return True
            return False

        assert wait_until(is_cut_off, 5 * HASTE_SECONDS, 0.2)
        assert client.recv(12) == b"HTTP/1.1 408"


def test_a_client_that_does_not_read_its_answers_is_cut_off(hasty: Running) -> None:
    with connect(hasty) as client:
        client.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 4096)
        client.settimeout(0.2)

        def is_cut_off() -> bool:
            try:
                client.sendall(b"GET /metrics HTTP/1.1\r\nHost: here\r\n\r\n" * 50)
            except TimeoutError:
                return False
            except OSError:
                return True
            return False

        assert wait_until(is_cut_off, 20)
    assert is_answered(hasty)
    assert re.search(r'http_connections_cut_off_total{step="answer"} [1-9]', hasty.ask("GET", "/metrics").text)


def test_a_request_that_takes_its_time_is_not_cut_off(hasty: Running) -> None:
    assert hasty.ask("GET", "/v1/slow/3").text == "done"


@pytest.mark.parametrize("rest", ["", "X-Wait", "Content-Length: 0"], ids=["a line", "half a line", "a header"])
def test_a_command_that_is_cut_off_in_its_headers_has_no_effect(example: Running, rest: str) -> None:
    with connect(example) as client:
        client.sendall(f"POST /v1/away HTTP/1.1\r\nHost: here\r\n{rest}".encode())
        client.shutdown(socket.SHUT_WR)
        assert client.recv(12) == b""
    assert is_answered(example)
    with connect(example) as client:
        client.sendall(b"GET /health/ready HTTP/1.1\r\nConnection: close\r\n\r\n")
        assert client.recv(12) == b"HTTP/1.1 200"


def test_a_command_that_is_cut_off_in_its_body_has_no_effect(example: Running) -> None:
    body = b'{"caseHolder": "ggd", "agreements": []}'
    with connect(example) as client:
        client.sendall(f"{UNFINISHED}Content-Length: {len(body) + 1}\r\n\r\n".encode() + body)
        client.shutdown(socket.SHUT_WR)
        assert client.recv(12) == b"HTTP/1.1 400"


FLOOD = """
import socket, sys, threading
client = socket.create_connection(("127.0.0.1", int(sys.argv[1])))
threading.Thread(target=lambda: any(not client.recv(65536) for _ in iter(int, 1)), daemon=True).start()
client.sendall(sys.argv[2].encode())
while True:
    client.sendall(sys.argv[3].encode() * 10000)
"""
TO_NOBODY = "POST /v1/nothing HTTP/1.1\r\nHost: here\r\n"
CHUNKED = f"{TO_NOBODY}Transfer-Encoding: chunked\r\n\r\n"
ENDLESS = {
    "small chunks": (CHUNKED, "1\r\na\r\n"),
    "chunks": (CHUNKED, f"1000\r\n{'a' * 4096}\r\n"),
    "trailers": (f"{CHUNKED}0\r\n", "a: b\r\n"),
    "a body": (f"{TO_NOBODY}Content-Length: 99999999999\r\n\r\n", "a" * 4096),
    "requests": ("", "GET /v1/nothing HTTP/1.1\r\n\r\n"),
    "headers": ("GET /v1/nothing HTTP/1.1\r\n", "a: b\r\n"),
}


@pytest.mark.parametrize(("begun", "rest"), ENDLESS.values(), ids=ENDLESS)
def test_a_client_that_sends_without_end_as_fast_as_it_can_keeps_nobody_waiting(
    example: Running, begun: str, rest: str
) -> None:
    command = [sys.executable, "-c", FLOOD, str(example.port), begun, rest]
    with subprocess.Popen(command, stderr=subprocess.DEVNULL) as flood:
        for _ in range(5):
            time.sleep(0.1)
            asked = time.monotonic()
            assert is_answered(example)
            assert time.monotonic() - asked < 1
        flood.kill()
