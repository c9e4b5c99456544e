"""Asks every process whether it is ready, at the moment when an operator wants to know."""

import re
from collections.abc import Sequence
from http.client import HTTPConnection, HTTPException, HTTPSConnection
from itertools import chain
from urllib.parse import urlsplit

import eventlet
import orjson
from eventlet.semaphore import Semaphore
from nameko.extensions import DependencyProvider
from werkzeug.exceptions import ServiceUnavailable

from services.reporting.operations.replicas import Process, processes_of
from services.reporting.processes.rules import Kind, ProcessState
from services.reporting.settings import ReportingSettings
from services.reporting.watch.answers import BROKER, RELAY

READY = "/health/ready"
PATIENCE_SECONDS = 2.0
MOST_BYTES = 64 * 1024
MOST_AT_ONCE = 2
"""A call that waits for all processes keeps a worker of this service."""
SAID = re.compile(r"[\w ,.:;'()-]{1,200}")


class Readiness(DependencyProvider):
    """Every process of SCRAPE_TARGETS."""

    def setup(self) -> None:
        settings: ReportingSettings = self.container.config["settings"]
        self._targets = settings.scrape_targets
        self._turns = Semaphore(MOST_AT_ONCE)

    def get_dependency(self, worker_ctx: object) -> "Readiness":
        return self

    def processes(self) -> list[ProcessState]:
        """The state of each process. Raises ServiceUnavailable if too many ask."""
        if not self._turns.acquire(blocking=False):
            raise ServiceUnavailable("Too many ask at the same time; try again.")
        try:
            pool = eventlet.GreenPool()
            processes = chain.from_iterable(pool.imap(processes_of, self._targets))
            return list(pool.imap(_state, list(processes)))
        finally:
            self._turns.release()


def _state(process: Process) -> ProcessState:
    path = process.path if process.name == BROKER else READY
    problems = _ask(process, path)
    return ProcessState(
        name=process.name,
        address=process.address,
        kind=_kind(process.name),
        service=process.name.removesuffix(RELAY),
        answers=problems is not None,
        problems=problems or (),
    )


def _kind(name: str) -> Kind:
    if name == BROKER:
        return Kind.BROKER
    return Kind.RELAY if name.endswith(RELAY) else Kind.WORKER


def _ask(process: Process, path: str) -> Sequence[str] | None:
    """Why a process is not ready; None if it does not answer in time."""
    parts = urlsplit(process.base)
    connect = HTTPSConnection if parts.scheme == "https" else HTTPConnection
    connection = connect(parts.netloc, timeout=PATIENCE_SECONDS)
    try:
        with eventlet.Timeout(PATIENCE_SECONDS):
            connection.request("GET", path)
            response = connection.getresponse()
            return () if response.status == 200 else _problems(response.read(MOST_BYTES))
    except (OSError, HTTPException, eventlet.Timeout):
        return None
    finally:
        connection.close()


def _problems(body: bytes) -> Sequence[str]:
    """A worker tells of its checks in JSON, a relay in a line of text."""
    try:
        checks = orjson.loads(body)["checks"]
        return [str(check["problem"]) for check in checks if check["problem"]]
    except (ValueError, LookupError, TypeError):
        text = body.decode(errors="replace")
        return [text if SAID.fullmatch(text) else "is not ready"]
