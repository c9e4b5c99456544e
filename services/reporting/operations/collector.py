"""Asks every process for its metrics, every two seconds, for as long as the service runs; databases once a minute."""

import time
from collections.abc import Iterable
from http.client import HTTPException
from itertools import chain
from urllib.request import urlopen

import eventlet
from nameko.extensions import DependencyProvider

from services.reporting.metrics import PARTNER_OLDEST_SECONDS, SCRAPES
from services.reporting.operations.replicas import Process, processes_of
from services.reporting.operations.rules import Monitor
from services.reporting.operations.samples import BROKER_METRICS, samples_in
from services.reporting.settings import ReportingSettings, Target
from services.reporting.watch.answers import BROKER, DATABASE, Replica
from services.reporting.watch.rules import Group

INTERVAL_SECONDS = 2.0
DATABASE_INTERVAL_SECONDS = 60.0
"""A database makes queries to answer, and its backups are hours old anyway."""
PATIENCE_SECONDS = 1.5


class Collector(DependencyProvider):
    """Gives the service its `Monitor`, and keeps the monitor up to date."""

    monitor: Monitor

    def setup(self) -> None:
        settings: ReportingSettings = self.container.config["settings"]
        self._targets = settings.scrape_targets
        self.monitor = Monitor(target.name for target in self._targets)

    def start(self) -> None:
        self._loop = self.container.spawn_managed_thread(self._run, identifier="metrics of every process")

    def stop(self) -> None:
        self._loop.kill()

    def get_dependency(self, worker_ctx: object) -> Monitor:
        return self.monitor

    def _run(self) -> None:
        databases = [target for target in self._targets if target.name.endswith(DATABASE)]
        often = [target for target in self._targets if target not in databases]
        told: list[tuple[str, Replica]] = []
        asked_at = -DATABASE_INTERVAL_SECONDS
        while True:
            if databases and time.monotonic() >= asked_at + DATABASE_INTERVAL_SECONDS:
                told, asked_at = _ask_all(databases), time.monotonic()
            self._observe([*_ask_all(often), *told])
            eventlet.sleep(INTERVAL_SECONDS)

    def _observe(self, asked: Iterable[tuple[str, Replica]]) -> None:
        answers: dict[str, list[Replica]] = {}
        for name, replica in asked:
            answers.setdefault(name, []).append(replica)
        picture = self.monitor.observe(time.time(), answers)
        for queue in picture.queues:
            if queue.group is Group.TO_PARTNER:
                PARTNER_OLDEST_SECONDS.labels(queue.name).set(queue.oldest_seconds if queue.waits else 0.0)


def _ask_all(targets: Iterable[Target]) -> list[tuple[str, Replica]]:
    """The metrics of every process of these targets, all asked at the same time."""
    pool = eventlet.GreenPool()
    processes = chain.from_iterable(pool.imap(processes_of, targets))
    return list(pool.imap(_ask, list(processes)))


def _ask(process: Process) -> tuple[str, Replica]:
    """The metrics of a process; none if it does not answer, or not in Prometheus' format."""
    try:
        paths = BROKER_METRICS if process.name == BROKER else (process.path,)
        samples = [sample for path in paths for sample in samples_in(_read(f"{process.base}{path}"))]
    except (OSError, ValueError, HTTPException):
        SCRAPES.labels(process.name, "failed").inc()
        return process.name, Replica(process.address, None)
    SCRAPES.labels(process.name, "answered").inc()
    return process.name, Replica(process.address, samples)


def _read(address: str) -> str:
    with urlopen(address, timeout=PATIENCE_SECONDS) as response:  # noqa: S310 - http(s), see settings
        text: str = response.read().decode()
    return text
