"""One measured run of a contender."""

import os
import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass

import requests

from bench.contender import Contender
from bench.driver import Driver, Noted
from bench.ground import Ground
from bench.measure import cpu_seconds, memory_mib
from bench.work import Task, Work

WARM_UP = 300
"""Referrals, until statements are settled: psycopg prepares one when it comes the fifth time, PostgreSQL keeps a plan
from its tenth on, and a batch brings each once."""
PUBLISHED = re.compile(r"^rabbitmq_global_messages_received_total\{.*\} (\S+)$", re.MULTILINE)
MEASURED_BESIDE = ("broker", "postgres")


@dataclass(frozen=True)
class Run:
    """What a contender did and used: a second, by process in CPU seconds per 1,000 referrals, and in MiB at the end.

    wal_bytes: what all databases together wrote to PostgreSQL's log for one referral.
    """

    referrals: int
    referrals_per_second: float
    messages_per_second: float
    cpu_seconds: Mapping[str, float]
    memory_mib: Mapping[str, float]
    wal_bytes: float
    noted: Noted

    @property
    def platforms_cpu_seconds(self) -> float:
        """Of all that runs but the driver, for 1,000 referrals."""
        return sum(seconds for name, seconds in self.cpu_seconds.items() if name != "driver")

    @property
    def minutes(self) -> float:
        return self.noted.seconds / 60


@contextmanager
def warm(ground: Ground, contender: Contender, fill: Callable[[], None] | None = None) -> Iterator["Warm"]:
    """The contender runs, on empty stores or those that `fill` has filled, and has carried its first referrals."""
    (fill or ground.empty)()
    with contender.running() as processes:
        ground.watch(contender.watched)
        with Driver(ground, contender) as driver:
            driver.carry(Work(ground.house, seed=0).tasks(WARM_UP))
            yield Warm(ground, contender, driver, processes)


@dataclass
class Warm:
    """A contender that runs."""

    ground: Ground
    contender: Contender
    driver: Driver
    processes: Mapping[str, int]

    def run(self, referrals: int, rate: float | None = None, patience: float = 300.0) -> Run:
        """Carries so many, so many a second or as fast as it goes. Raises Stuck."""
        return self.carry(Work(self.ground.house, seed=1).tasks(referrals), rate, patience)

    def carry(self, tasks: Sequence[Task], rate: float | None = None, patience: float = 300.0) -> Run:
        referrals = len(tasks)
        published, used, logged = self._published(), self.cpu(), self.ground.wal_bytes()
        noted = self.driver.carry(tasks, rate, patience)
        used_since = {name: seconds - used[name] for name, seconds in self.cpu().items()}
        used_since["driver"] -= sum(used_since[name] for name in self.processes)  # they are its children
        return Run(
            referrals=referrals,
            referrals_per_second=referrals / noted.seconds,
            messages_per_second=(self._published() - published) / noted.seconds,
            cpu_seconds={name: 1000 * seconds / referrals for name, seconds in used_since.items()},
            memory_mib=memory_mib({name: pid for name, pid in self._pids.items() if name != "driver"}),
            wal_bytes=(self.ground.wal_bytes() - logged) / referrals,
            noted=noted,
        )

    def cpu(self) -> dict[str, float]:
        """CPU seconds used so far, by process; the driver's with those of its children."""
        return cpu_seconds(self._pids)

    @property
    def _pids(self) -> dict[str, int]:
        states = self.ground.stack.supervisor.states()
        beside = {name: int(states[name]["pid"]) for name in MEASURED_BESIDE}
        return {**self.processes, **beside, "driver": os.getpid()}

    def _published(self) -> float:
        """Messages that the broker has received from anybody."""
        port = self.ground.stack.installation.ports["broker-metrics"]
        text = requests.get(f"http://127.0.0.1:{port}/metrics", timeout=10).text
        return sum(float(value) for value in PUBLISHED.findall(text))
