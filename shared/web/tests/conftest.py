import http.client
import json
import os
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import psycopg
import pytest

from shared.testing.callers import token_file
from shared.testing.databases import Database
from shared.testing.issuer import Issuer
from shared.testing.waiting import free_ports
from shared.web.tests.plans import Desk, running_desk

CALLERS = {
    "director": {"house": "hollands-midden", "roles": ["process_director"]},
    "reader": {"house": "hollands-midden", "roles": ["reader"]},
    "late": {"house": "hollands-midden", "roles": ["process_director"], "expires_at": "2026-01-31T17:00:00+01:00"},
}


@dataclass
class Reply:
    status: int
    headers: http.client.HTTPMessage
    text: str

    @property
    def json(self) -> Any:
        return json.loads(self.text)


@dataclass
class Running:
    """The example service in a separate process. A caller's token is its name."""

    process: subprocess.Popen[bytes]
    port: int
    log: Path
    connection: http.client.HTTPConnection = field(init=False)

    def __post_init__(self) -> None:
        self.connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=10)

    def ask(
        self, method: str, path: str, body: Any = None, token: str | None = None, headers: dict[str, str] | None = None
    ) -> Reply:
        sent = {} if token is None else {"Authorization": f"Bearer {token}"}
        if body is not None and not isinstance(body, bytes):
            body = json.dumps(body).encode()
        if body is not None:
            sent["Content-Type"] = "application/json"
        self.connection.request(method, path, body, {**sent, **(headers or {})})
        response = self.connection.getresponse()
        return Reply(response.status, response.headers, response.read().decode())

    def log_lines(self) -> list[dict[str, Any]]:
        return [json.loads(line) for line in self.log.read_text().splitlines()]


def start_example(directory: Path, step_seconds: float = 60.0, issuer: Issuer | None = None) -> Running:
    tokens = token_file(directory, CALLERS)
    [port] = free_ports(1)
    log = directory / "log"
    provider = issuer.settings.values() if issuer else ()
    program = ["-m", "shared.web.tests.example", str(port), str(tokens), str(step_seconds), *provider]
    with log.open("wb") as output:
        process = subprocess.Popen(
            [sys.executable, "-W", "ignore", *program],
            stdout=output,
            stderr=output,
            env=os.environ | {"PYTHONPATH": str(Path(__file__).parents[3])},
        )
    _wait_until_it_listens(process, port, log)
    return Running(process, port, log)


@pytest.fixture(scope="module")
def example(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Running]:
    running = start_example(tmp_path_factory.mktemp("example"))
    yield running
    running.process.terminate()
    assert running.process.wait(timeout=10) == 0


def _wait_until_it_listens(process: subprocess.Popen[bytes], port: int, log: Path) -> None:
    for _ in range(200):
        if process.poll() is not None:
            break
        with socket.socket() as probe:
            if probe.connect_ex(("127.0.0.1", port)) == 0:
                return
        time.sleep(0.05)
    raise AssertionError(log.read_text())


@pytest.fixture
def desk(empty_database: Database, tmp_path: Path) -> Iterator[Desk]:
    """The service with plans, on a database of its own."""
    with running_desk(empty_database, tmp_path) as desk:
        yield desk


@pytest.fixture
def owner(empty_database: Database) -> Iterator[psycopg.Connection[Any]]:
    """The owner of the service's tables."""
    with psycopg.connect(empty_database.owner_url, autocommit=True) as connection:
        yield connection
