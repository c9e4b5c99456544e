"""The health of a process without nameko, in a process of its own with few file descriptors."""

import http.client
import socket
import subprocess
import sys
from collections.abc import Iterator

import pytest

from shared.testing.idle import idle_connections
from shared.testing.waiting import free_ports, wait_until

SERVING = """
import resource, sys, time
resource.setrlimit(resource.RLIMIT_NOFILE, (1024, 1024))
from shared.observability.health_server import serve_health
serve_health(("127.0.0.1", int(sys.argv[1])), lambda: None)
time.sleep(60)
"""


@pytest.fixture(scope="module")
def port() -> Iterator[int]:
    [port] = free_ports(1)
    with subprocess.Popen([sys.executable, "-c", SERVING, str(port)]) as process:
        assert wait_until(lambda: answer_of(port, "/health/live") == 200, 10)
        yield port
        process.kill()


def answer_of(port: int, path: str) -> int | None:
    """The status; None if there is no answer within two seconds."""
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=2)
    try:
        connection.request("GET", path)
        return connection.getresponse().status
    except OSError:
        return None
    finally:
        connection.close()


def test_a_client_that_says_nothing_keeps_nobody_waiting(port: int) -> None:
    with socket.create_connection(("127.0.0.1", port)):
        assert [answer_of(port, path) for path in ("/health/live", "/health/ready", "/metrics")] == [200] * 3


def test_2000_clients_that_say_nothing_keep_nobody_waiting(port: int) -> None:
    with idle_connections(port, 2000):
        assert [answer_of(port, path) for path in ("/health/live", "/health/ready", "/metrics")] == [200] * 3


def test_a_line_that_is_no_header_is_refused(port: int) -> None:
    with socket.create_connection(("127.0.0.1", port), timeout=2) as client:
        client.sendall(b"GET /health/live HTTP/1.1\r\nno header\r\n\r\n")
        assert client.recv(12) == b"HTTP/1.0 400"


def test_a_path_is_taken_as_it_is_written(port: int) -> None:
    assert [answer_of(port, path) for path in ("//metrics", "/%2fmetrics", "/metrics/")] == [404] * 3
