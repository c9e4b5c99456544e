"""Asks every process for its metrics, every two seconds, for as long as the service runs."""

import time
from collections.abc import Sequence
from http.client import HTTPException
from typing import Any
from urllib.parse import urlsplit
from urllib.request import urlopen

import eventlet
from nameko.extensions import DependencyProvider

from services.reporting.config import ReportingSettings, Target
from services.reporting.domain.operations.assessment import Assessment
from services.reporting.domain.operations.picture import Problem, Sample
from services.reporting.domain.operations.watch import BROKER, Watch
from services.reporting.metrics import SCRAPES
from services.reporting.samples import BROKER_METRICS, samples_in

INTERVAL_SECONDS = 2.0
PATIENCE_SECONDS = 1.5


class Operations(DependencyProvider):
    """The latest picture, its problems and the throughput of the last hour."""

    watch: Watch
    problems: Sequence[Problem] = ()

    def setup(self) -> None:
        settings: ReportingSettings = self.container.config["settings"]
        self._targets = settings.scrape_targets
        self.watch = Watch(target.name for target in self._targets)
        self._assessment = Assessment()

    def start(self) -> None:
        self._loop = self.container.spawn_managed_thread(self._run, identifier="metrics of every process")

    def stop(self) -> None:
        self._loop.kill()

    def get_dependency(self, worker_ctx: Any) -> "Operations":
        return self

    def view(self, after: float) -> dict[str, Any]:
        """The latest picture with its problems, and the throughput later than `after` (seconds since the epoch)."""
        picture = self.watch.picture
        return {
            "at": picture and picture.at,
            "problems": self.problems,
            "services": picture.services if picture else (),
            "queues": picture.queues if picture else (),
            "throughput": self.watch.points_after(after),
        }

    def _run(self) -> None:
        pool = eventlet.GreenPool()
        while True:
            told = dict(pool.imap(_ask, self._targets))
            self.problems = self._assessment.assess(self.watch.observe(time.time(), told))
            eventlet.sleep(INTERVAL_SECONDS)


def _ask(target: Target) -> tuple[str, list[Sample] | None]:
    """What a process tells; None when it does not answer, or not in Prometheus' format."""
    try:
        with urlopen(_address(target), timeout=PATIENCE_SECONDS) as response:  # noqa: S310 - http(s), see config
            samples = samples_in(response.read().decode())
    except (OSError, ValueError, HTTPException):
        SCRAPES.labels(target.name, "failed").inc()
        return target.name, None
    SCRAPES.labels(target.name, "answered").inc()
    return target.name, samples


def _address(target: Target) -> str:
    """The broker is asked for what is needed of it, whatever Prometheus asks it."""
    if target.name != BROKER:
        return target.url
    parts = urlsplit(target.url)
    return f"{parts.scheme}://{parts.netloc}{BROKER_METRICS}"
