"""Asks every process whether it is ready, at the moment when an operator wants to know."""

import re
from collections.abc import Sequence
from itertools import chain

import eventlet
import orjson
from eventlet.semaphore import Semaphore
from nameko.extensions import DependencyProvider
from werkzeug.exceptions import ServiceUnavailable

from services.reporting.operations.replicas import Process, processes_of
from services.reporting.processes.rules import Kind, ProcessState
from services.reporting.settings import ReportingSettings
from services.reporting.watch.answers import BROKER, DATABASE, DESK, RELAY
from shared.web.http_client import NoAnswer, ask

READY = "/health/ready"
PATIENCE_SECONDS = 2.0
MOST_BYTES = 1024 * 1024
MOST_AT_ONCE = 2
"""A call that waits for all processes keeps a worker of this service."""
SAID = re.compile(r"[\w ,.:;'()-]{1,200}")


class Readiness(DependencyProvider):
    """Every process of SCRAPE_TARGETS but the databases, which say nothing of their readiness."""

    def setup(self) -> None:
        settings: ReportingSettings = self.container.config["settings"]
        self._targets = [target for target in settings.scrape_targets if not target.name.endswith(DATABASE)]
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
    if name in (BROKER, DESK):
        return Kind(name)
    return Kind.RELAY if name.endswith(RELAY) else Kind.WORKER


def _ask(process: Process, path: str) -> Sequence[str] | None:
    """Why a process is not ready; None if it does not answer in time."""
    try:
        reply = ask(f"{process.base}{path}", PATIENCE_SECONDS, most_bytes=MOST_BYTES)
    except NoAnswer:
        return None
    return () if reply.status == 200 else _problems(reply.body)


def _problems(body: bytes) -> Sequence[str]:
    """A worker tells of its checks in JSON, a relay and the desk in a line of text."""
    try:
        checks = orjson.loads(body)["checks"]
        return [str(check["problem"]) for check in checks if check["problem"]]
    except (ValueError, LookupError, TypeError):
        text = body.decode(errors="replace")
        return [text if SAID.fullmatch(text) else "is not ready"]
