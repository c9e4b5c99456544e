"""Asks every process for its metrics, every two seconds, for as long as the service runs."""

import time
from http.client import HTTPException
from urllib.parse import urlsplit
from urllib.request import urlopen

import eventlet
from nameko.extensions import DependencyProvider

from services.reporting.metrics import SCRAPES
from services.reporting.operations.rules import Monitor
from services.reporting.operations.samples import BROKER_METRICS, samples_in
from services.reporting.settings import ReportingSettings, Target
from services.reporting.watch.rules import BROKER, Sample

INTERVAL_SECONDS = 2.0
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
        pool = eventlet.GreenPool()
        while True:
            answers = dict(pool.imap(_ask, self._targets))
            self.monitor.observe(time.time(), answers)
            eventlet.sleep(INTERVAL_SECONDS)


def _ask(target: Target) -> tuple[str, list[Sample] | None]:
    """The metrics of a process; None if it does not answer, or not in Prometheus' format."""
    try:
        samples = [sample for address in _addresses(target) for sample in samples_in(_read(address))]
    except (OSError, ValueError, HTTPException):
        SCRAPES.labels(target.name, "failed").inc()
        return target.name, None
    SCRAPES.labels(target.name, "answered").inc()
    return target.name, samples


def _read(address: str) -> str:
    with urlopen(address, timeout=PATIENCE_SECONDS) as response:  # noqa: S310 - http(s), see settings
        text: str = response.read().decode()
    return text


def _addresses(target: Target) -> list[str]:
    """The broker is asked for the metrics that this page needs, whatever Prometheus asks the broker for."""
    if target.name != BROKER:
        return [target.url]
    parts = urlsplit(target.url)
    return [f"{parts.scheme}://{parts.netloc}{path}" for path in BROKER_METRICS]
