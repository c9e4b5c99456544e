"""A platform to strike at: real processes, each of which can be told to crash, with their links in our hands."""

import os
import re
import shutil
import signal
import sys
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack, contextmanager, suppress
from dataclasses import dataclass, replace
from pathlib import Path
from random import Random
from tempfile import TemporaryDirectory
from types import TracebackType
from typing import Any

import pika
import psycopg
import requests
from pika.adapters.blocking_connection import BlockingChannel
from prometheus_client.parser import text_string_to_metric_families
from prometheus_client.samples import Sample

from deploy.local import ports
from deploy.local.installation import ROOT
from deploy.local.stack import HOUSES, LocalStack
from deploy.rotation import rotate
from shared.testing.link import Link
from shared.testing.program import Program, running
from shared.testing.waiting import free_ports, wait_until
from tests.fault.memory import MemoryWatch
from tests.fault.oracle.stores import STRANGERS
from tests.fault.traffic.cast import ADVANCES, FUND, LINE, MOST_ROUNDS, year_of

ADMINISTRATOR = "fault-administrator"
READY_SECONDS = 60
# By default the broker looks only every three minutes whether a dead letter has somewhere to go by now, and counts only
# every five seconds what is in a queue: until then, one that is empty counts as full, and the other way round.
HASTY = "[{rabbit, [{dead_letter_worker_publisher_confirm_timeout, 2000}, {quorum_tick_interval, 500}]}]."
COUNTED_SECONDS = 1.0
"""After so long the broker has counted again."""
SHARDS = 2
"""A lonely worker reads all; with a replica, each has a part of every service's queues."""
FUND_SECTION = f"""
[[funds]]
code = "{FUND}"
name = "Proeven"

[[funds.lines]]
code = "{LINE}"
name = "Hulp"
cost = "trajectory"

[[funds.lines]]
code = "{ADVANCES}"
name = "Voorschotten"
cost = "advance"
"""
FUND_YEAR = """
[[funds.years]]
year = {year}
reference_year = {year}
amount_per_outflow = "0.00"
single_from = "0.00"
co_financing_percent = 0
"""
CODE = ("services", "shared", "deploy", "replay", "tests", "houses")


class Arena:
    """As a context manager, up inside and gone afterwards."""

    def __init__(self, directory: Path) -> None:
        self._directory = directory
        self._orders = directory / "orders"
        self._version = directory / "version"
        self._versions = 0
        self._databases_clock = Path()
        self._open = ExitStack()
        self.stack = LocalStack(
            directory / "stack", ports.free(), _houses(directory / "houses"), adapt=self._adapt, shards=SHARDS
        )
        self.services = self.stack.services
        self.relays = tuple(f"{service}-relay" for service in self.services)

    def __enter__(self) -> "Arena":
        with self._open as opening:
            readable_by_postgres = Path(opening.enter_context(TemporaryDirectory()))
            readable_by_postgres.chmod(0o755)
            self._databases_clock = readable_by_postgres / "clock"
            self.set_clock(0)
            self.run_version(ROOT)
            _write(self.stack.installation.broker.directory / "advanced.config", HASTY)
            listens = self.stack.installation.ports
            self.broker_link = opening.enter_context(Link.to("127.0.0.1", listens["broker"]))
            self.database_link = opening.enter_context(Link.to("127.0.0.1", listens["postgres"]))
            opening.enter_context(self.stack)
            self.memory = opening.enter_context(MemoryWatch(self._pids))
            self.control("add_user", ADMINISTRATOR, ADMINISTRATOR)
            everything = (".*", ".*", ".*")
            self.control("set_permissions", "-p", self.virtual_host, ADMINISTRATOR, *everything)
            self._open = opening.pop_all()
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        self._open.close()

    # What is asked of processes

    def order_crash(self, process: str, point: str, times: int = 1) -> None:
        """Have it killed when it passes this point, the core's or a sabotage's, for the n-th time."""
        _write(self._orders / f"{process}.crash", f"{point} {times}")

    def has_crashed(self, process: str) -> bool:
        """Whether the order was carried out."""
        return not (self._orders / f"{process}.crash").exists()

    def forget_orders(self) -> None:
        """No crash is wanted any more."""
        for order in self._orders.glob("*.crash"):
            order.unlink(missing_ok=True)

    @contextmanager
    def sabotaged(self, process: str, sabotage: str) -> Iterator[None]:
        """Run a process with its core broken."""
        order = self._orders / f"{process}.sabotage"
        order.write_text(sabotage)
        self.restart(process)
        try:
            yield
        finally:
            order.unlink()
            self.restart(process)

    def signal(self, process: str, number: signal.Signals) -> None:
        """Send a signal to a process; SIGSTOP and SIGCONT to its children as well."""
        pid = self._pid(process)
        with_children = number in (signal.SIGSTOP, signal.SIGCONT)
        for each in [pid, *(_children(pid) if with_children else ())]:
            with suppress(ProcessLookupError):
                os.kill(each, number)

    def kill(self, process: str) -> None:
        """As a crash would."""
        self.signal(process, signal.SIGKILL)

    def restart(self, process: str) -> None:
        """Stop it as a deployment would and wait until the new one is ready."""
        before = self._pid(process)
        self.signal(process, signal.SIGTERM)
        self._wait(lambda: self._pid(process) != before and self.stack.is_ready(process), f"{process} to come back")

    def wait_until_ready(self, *processes: str) -> None:
        for process in processes:
            self._wait(lambda each=process: self.stack.is_ready(each), f"{process} to be ready")

    @contextmanager
    def replica(self, process: str) -> Iterator["Replica"]:
        """Another worker or relay beside the one that the supervisor runs; it is up when this gives it."""
        programs = self.stack.installation.service_programs(self.services)
        program = next(each for each in map(self._adapt, programs) if each.name == process)
        port = free_ports(1)[0]
        listens = dict.fromkeys(("HTTP_ADDRESS", "RELAY_HTTP_ADDRESS"), f"127.0.0.1:{port}")
        program = replace(program, environment={**program.environment, **listens})
        with running(program, self._directory / f"{process}-replica.log") as pid:
            replica = Replica(f"http://127.0.0.1:{port}", pid)
            self._wait(replica.is_up, f"another {process} to be up")
            yield replica

    # Versions

    def run_version(self, root: Path) -> None:
        """The code that processes run which start from now on."""
        link = self._version.with_suffix(".new")
        link.symlink_to(root)
        link.replace(self._version)

    def newer_version(self) -> tuple[Path, int]:
        """A copy of the code that runs now, to be changed and then run, and its number."""
        self._versions += 1
        copy = self._directory / f"version-{self._versions}"
        for part in CODE:
            shutil.copytree(self._version / part, copy / part, ignore=shutil.ignore_patterns("__pycache__"))
        return copy, self._versions

    # Secrets

    def rotate(self, step: str, *secrets: str) -> None:
        """Do this step with each of these secrets; `roll_out` gives them to the platform."""
        for secret in secrets:
            rotate(self.stack.installation.directory / "secrets.json", secret, step)

    def roll_out(self, random: Random, meanwhile: Callable[[], object] = lambda: None) -> None:
        """Bring all processes to the settings of now: half of them at a time, so that old and new work side by side.

        meanwhile: what happens when broker and databases have new passwords, and no process has.
        """
        stale = sorted(self.stack.reconfigure())
        random.shuffle(stale)
        self.stack.provide()
        meanwhile()
        half = len(stale) // 2
        with ThreadPoolExecutor() as pool:
            for together in (stale[:half], stale[half:]):
                list(pool.map(self.stack.supervisor.replace, together))
                self.wait_until_ready(*together)

    # The clock

    def set_clock(self, hours: int) -> None:
        """How far the clock of workers, relays and databases is ahead of the right time, soon from now."""
        _write(self._orders / "clock", str(hours))
        _write(self._databases_clock, f"{hours:+d}h")

    # Broker and databases

    def control(self, *arguments: str) -> str:
        """`rabbitmqctl` on the arena's broker."""
        return self.stack.installation.broker.control(*arguments)

    @contextmanager
    def administrator(self) -> Iterator[BlockingChannel]:
        """A channel that may do everything."""
        url = self.stack.installation.broker.url(ADMINISTRATOR, ADMINISTRATOR, self.virtual_host)
        connection = pika.BlockingConnection(pika.URLParameters(url))
        try:
            yield connection.channel()
        finally:
            if connection.is_open:
                connection.close()

    def database_urls(self) -> Mapping[str, str]:
        """Each service's database as a superuser sees it."""
        return {service: self.stack.installation.cluster.url(service) for service in self.services}

    @contextmanager
    def superuser(self, service: str = "postgres") -> Iterator[psycopg.Connection[Any]]:
        with psycopg.connect(self.stack.installation.cluster.url(service), autocommit=True) as connection:
            yield connection

    def queues_are_empty(self) -> bool:
        """Whether nothing waits in a queue of a service, nor is with its reader and not acked."""
        topology = self.stack.installation.topology
        waiting = self.waiting()
        return not any(waiting[queue.name] for queue in topology.queues if queue.kind != "out")

    def waiting(self) -> dict[str, int]:
        """How many messages each queue holds, those that a reader has not acked yet among them; counted since asked."""
        time.sleep(COUNTED_SECONDS)
        url = f"{self.stack.installation.broker.metrics_url}/detailed?family=queue_coarse_metrics"
        return {
            sample.labels["queue"]: int(sample.value) for sample in _samples(url, "rabbitmq_detailed_queue_messages")
        }

    def metric(self, process: str, name: str) -> float:
        """The sum of a metric of a worker or relay over all its labels."""
        return _metric(f"{self.stack.http_url(process)}/metrics", name)

    @property
    def house(self) -> str:
        return self.stack.installation.topology.houses[0]

    @property
    def virtual_host(self) -> str:
        return self.stack.installation.topology.virtual_host

    def _adapt(self, program: Program) -> Program:
        """Workers and relays are started by the launcher, from the current version, over our links and by our clock;
        the databases by our clock."""
        environment = dict(program.environment)
        if program.name == "postgres":
            return replace(program, environment=environment | self._by_our_clock())
        if program.name not in self.stack.processes:
            return program
        _, _, *module = program.command
        command = [sys.executable, "-m", "tests.fault.launch", str(self._orders / program.name), *module]
        environment["BROKER_URL"] = _over(environment["BROKER_URL"], self.broker_link)
        environment["DATABASE_URL"] = _over(environment["DATABASE_URL"], self.database_link)
        return replace(program, command=command, directory=self._version, environment=environment)

    def _by_our_clock(self) -> dict[str, str]:
        library = next(Path("/usr/lib").glob("*/faketime/libfaketime.so.1"))
        return {
            "LD_PRELOAD": str(library),
            "FAKETIME_TIMESTAMP_FILE": str(self._databases_clock),
            "FAKETIME_CACHE_DURATION": "1",
            "FAKETIME_DONT_FAKE_MONOTONIC": "1",
        }

    def _pids(self) -> Mapping[str, int]:
        """The process id of each worker and relay; 0 of one that does not run just now."""
        states = self.stack.supervisor.states()
        return {process: int(states[process]["pid"]) for process in self.stack.processes if process in states}

    def _pid(self, process: str) -> int:
        """Waits while the supervisor is just starting it again."""
        self._wait(lambda: self.stack.supervisor.states()[process]["pid"] > 0, f"{process} to run")
        return int(self.stack.supervisor.states()[process]["pid"])

    def _wait(self, condition: Any, what: str) -> None:
        if not wait_until(condition, READY_SECONDS):
            raise TimeoutError(f"waited {READY_SECONDS} seconds for {what}")


@dataclass(frozen=True)
class Replica:
    """A worker or relay that nobody starts again."""

    url: str
    pid: int

    def kill(self) -> None:
        os.kill(self.pid, signal.SIGKILL)

    def metric(self, name: str) -> float:
        return _metric(f"{self.url}/metrics", name)

    def is_up(self) -> bool:
        try:
            return requests.get(f"{self.url}/health/live", timeout=5).ok
        except requests.RequestException:
            return False


def _metric(url: str, name: str) -> float:
    """Its sum over all labels."""
    return sum(sample.value for sample in _samples(url, name))


def _samples(url: str, name: str) -> list[Sample]:
    families = text_string_to_metric_families(requests.get(url, timeout=10).text)
    return [sample for family in families for sample in family.samples if sample.name == name]


def _houses(directory: Path) -> Path:
    """The shipped profiles, of houses that began long ago, each with a fund that has a year for every round.

    One more house has the STRANGERS.
    """
    shutil.copytree(HOUSES, directory)
    years = [FUND_YEAR.format(year=year_of(round)) for round in range(MOST_ROUNDS)]
    for profile in directory.glob("*.toml"):
        text = re.sub(r"(?m)^began_on = .*$", f'began_on = "{year_of(MOST_ROUNDS)}-01-01"', profile.read_text("utf-8"))
        profile.write_text(text + FUND_SECTION + "".join(years), "utf-8")
    of_strangers = re.sub(r"(?m)^house = .*$", f'house = "{STRANGERS}"', profile.read_text("utf-8"))
    profile.with_stem(STRANGERS).write_text(of_strangers, "utf-8")
    return directory


def _write(file: Path, text: str) -> None:
    """Whoever reads it finds a whole text, also the user postgres."""
    file.parent.mkdir(parents=True, exist_ok=True)
    new = file.with_suffix(".new")
    new.write_text(f"{text}\n")
    new.chmod(0o644)
    new.replace(file)


def _over(url: str, link: Link) -> str:
    return re.sub(r"@127\.0\.0\.1:\d+/", f"@127.0.0.1:{link.port}/", url)


def _children(pid: int) -> Sequence[int]:
    return [int(each) for each in Path(f"/proc/{pid}/task/{pid}/children").read_text().split()]
