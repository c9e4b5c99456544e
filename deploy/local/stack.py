"""The whole platform on this machine: broker, databases, services, relays and sign-in, supervised."""

import os
import signal
import sys
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from contextlib import ExitStack
from functools import partial
from pathlib import Path
from types import TracebackType

import requests

from deploy.local import ports as port_numbers
from deploy.local.installation import ROOT, Installation
from deploy.local.migrations import migrate
from deploy.local.ports import Ports, replica_of
from deploy.local.processes import kill_all, processes_of
from deploy.local.supervisor import GONE, Supervisor
from deploy.settings import relay_of
from deploy.topology import DESK, all_services
from shared.testing.guard import guarded
from shared.testing.program import Program
from shared.testing.waiting import wait_until

HOUSES = ROOT / "houses"
READY_SECONDS = 90
STOP_SECONDS = 90
STARTS = 3
LOG_LINES = 25
INFRASTRUCTURE = ("broker", "postgres")
CANNOT_REPLACE = """\
What runs cannot be replaced process by process: {names} started with a version that is put together in another way.
Nothing has changed. Stop the platform and start it again: make stop && make up. It keeps its data; messages wait."""


class NotReady(Exception):
    """A process of the stack did not get ready; the message names it and ends with its log."""


class NotReplaceable(Exception):
    """The version that runs cannot be replaced process by process; the message says why, and what to do."""


class LocalStack:
    """A stack under `directory`, which stays from `up` until `down`.

    As a context manager it is up inside and gone afterwards, also when this process is killed.

    `services` are those that are started, with their relays: by default all; none leaves broker and databases.
    `adapt` changes how the program of a worker or a relay is started. `tls`, `shards`: as in Installation. `replicas`:
    how many of each worker and relay run; `ports` must have them all. `checkout`, `for_replay`, `for_people`: as in
    Installation.
    """

    def __init__(
        self,
        directory: Path,
        ports: Ports,
        houses: Path = HOUSES,
        services: Sequence[str] | None = None,
        adapt: Callable[[Program], Program] = lambda program: program,
        tls: bool = False,
        shards: int | None = None,
        replicas: int = 1,
        checkout: Path = ROOT,
        for_replay: bool = False,
        for_people: bool = False,
    ) -> None:
        self.installation = Installation(directory, ports, houses, tls, shards, checkout, for_replay, for_people)
        self.supervisor = Supervisor(self.installation.directory)
        self.services = all_services() if services is None else tuple(services)
        self._adapt = adapt
        self._replicas = replicas
        self._open = ExitStack()

    @classmethod
    def recorded(cls, directory: Path) -> "LocalStack | None":
        """The stack that was last brought up in this directory, running or not."""
        found = Installation.recorded(directory)
        if not found:
            return None
        return cls(
            directory,
            found.ports,
            found.houses,
            tls=found.tls,
            shards=found.shards,
            for_replay=found.for_replay,
            for_people=found.for_people,
        )

    def __enter__(self) -> "LocalStack":
        command = [sys.executable, "-m", "deploy.local", "down", "--delete-data", "--directory"]
        with ExitStack() as opening:
            opening.enter_context(guarded([*command, self.installation.directory], ROOT))
            opening.callback(self.down)
            self.up()
            self._open = opening.pop_all()
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        self._open.close()

    def up(self) -> None:
        """Starts everything, on the data of the last time if it is there, and waits until it is ready.

        Raises PortsError, MigrationFailed or NotReady.
        """
        self.stop()
        port_numbers.require_free(self.installation.ports)
        self.installation.prepare()
        self.installation.broker.take_cookie(self.installation.credentials.cookie)
        self.installation.cluster.unlock()
        self._configure()
        self.supervisor.start()
        self._start_up("postgres", self.installation.cluster.is_ready)
        self.installation.provide_databases()
        self._migrate()
        self._start_up("broker", self.broker_is_ready)
        for process in self.processes:
            self.supervisor.start_process(process)
        for process in self.processes:
            self._start_up(process, partial(self.is_ready, process))
        self.installation.version.remove_others()

    def upgrade(self) -> list[str]:
        """Brings a stack that runs to its version and settings, process by process; gives those that were replaced.

        Whatever is as it should be and ready goes on. Raises NotReplaceable, MigrationFailed or NotReady; the other
        processes then run on as before.
        """
        stale = self.reconfigure()
        databases = self.installation.cluster.is_ready
        replaced = [*self._replace(stale, {"postgres": databases, "broker": self.broker_is_ready})]
        self.provide()
        if stale:
            self._migrate()
        replaced += self._replace(stale, {process: partial(self.is_ready, process) for process in self._rollout})
        self.installation.version.remove_others()
        return replaced

    def reconfigure(self) -> set[str]:
        """Writes everything anew; gives the processes that are to be replaced by it. Raises NotReplaceable."""
        self.installation.prepare()
        self._configure()
        changes = self.supervisor.changes()
        if changes.removed:
            raise NotReplaceable(CANNOT_REPLACE.format(names=", ".join(changes.removed)))
        return {*changes.added, *changes.changed}

    def provide(self) -> None:
        """Has databases and broker, which run, take over users, passwords, queues and bindings."""
        self.installation.provide_databases()
        self.installation.broker.take_cookie(self.installation.credentials.cookie)
        self.installation.broker.load_definitions()

    def stop(self) -> None:
        """Stops every process and keeps the data. Works whatever state the stack is in."""
        supervisor = self.supervisor.pid
        if supervisor in self._processes():
            for together in (self.processes, INFRASTRUCTURE):
                self.supervisor.stop_together(together)
            os.kill(supervisor, signal.SIGTERM)
            wait_until(lambda: supervisor not in self._processes(), STOP_SECONDS)
        kill_all(self._processes)
        self.supervisor.forget()

    def down(self) -> None:
        """Stops every process and deletes the directory."""
        self.stop()
        self.installation.remove()

    def is_up(self) -> bool:
        """Whether everything runs and every process that answers over HTTP is ready."""
        states = self.supervisor.states()
        running = all(state["statename"] == "RUNNING" for state in states.values())
        return bool(states) and running and all(self.is_ready(process) for process in self.processes)

    def is_ready(self, process: str) -> bool:
        """Whether a process says that it can do its work now."""
        try:
            return requests.get(f"{self.http_url(process)}/health/ready", timeout=5).ok
        except requests.RequestException:
            return False

    def broker_is_ready(self) -> bool:
        """Whether the broker lets a service in."""
        return self.installation.broker.is_ready(self.amqp_url(self.installation.topology.services[0]))

    def kill(self, process: str) -> None:
        """Ends a process the hard way, as a crash would; the supervisor starts it again."""
        os.kill(self.supervisor.states()[process]["pid"], signal.SIGKILL)

    def http_url(self, process: str) -> str:
        """Where a process (`intake`, `intake-relay`, `identity`) listens."""
        return f"http://127.0.0.1:{self.installation.ports[process]}"

    def amqp_url(self, user: str) -> str:
        """The broker for pika, as a user of the topology sees it, for example the partner `<house>.<partner>`."""
        url = self.installation.settings.broker_url(user)
        certificates = self.installation.certificates
        return f"{url}?{certificates.of(user).in_amqp_url()}" if certificates else url

    def database_url(self, service: str) -> str:
        """A service's database with the service's own role."""
        return self.installation.settings.database_url(service, service)

    def admits(self, house: str, role: str) -> bool:
        """Whether a role of a house has a holder: in the file of tokens, or a program that can sign in."""
        return role in self.installation.credentials.tokens[house] or bool(self._programs(house, role))

    def token(self, house: str, role: str) -> str:
        """The bearer token of a role's holder in a house."""
        drawn = self.installation.credentials.tokens[house]
        return drawn[role] if role in drawn else self._token_of_program(self._programs(house, role)[0])

    def _programs(self, house: str, role: str) -> list[str]:
        people = self.installation.people
        return [each.id for each in people.programs if role in each.functions.get(house, ())] if people else []

    def _token_of_program(self, program: str) -> str:
        secret = self.installation.credentials.clients[program]
        form = {"grant_type": "client_credentials"}
        answer = requests.post(f"{self.installation.issuer}/token", form, auth=(program, secret), timeout=10)
        return str(answer.json()["access_token"])

    def who_can_sign_in(self) -> str:
        """Where people sign in, and a line for each invented person, with the password; empty where nobody can."""
        installation = self.installation
        if not installation.people:
            return ""
        return f"Desk: {installation.desk_url}\n{installation.people.as_text(installation.credentials.persons)}"

    @property
    def processes(self) -> list[str]:
        """Every worker and relay of the services that are started; if people sign in, the desk and the provider too."""
        return [
            *(program.name for program in self.installation.programs_for_people),
            *(
                replica_of(process, number)
                for service in self.services
                for process in (service, relay_of(service))
                for number in range(1, self._replicas + 1)
            ),
        ]

    @property
    def _rollout(self) -> list[str]:
        """Workers before relays, so that a new event has its readers; consumers before those whose events they read."""
        workers = [process for process in reversed(self.processes) if "-relay" not in process]
        return [*workers, *(process for process in self.processes if "-relay" in process)]

    def _configure(self) -> None:
        services = self.installation.service_programs(self.services, self._replicas)
        programs = [*self.installation.programs_for_people, *services]
        self.supervisor.configure(self._adapted(self.installation.infrastructure), self._adapted(programs))

    def _migrate(self) -> None:
        desk = [DESK] if self.installation.people else []
        migrate([*self.services, *desk], self.installation.settings, self.installation.version.directory)

    def _replace(self, stale: Collection[str], checks: Mapping[str, Callable[[], bool]]) -> Iterator[str]:
        """Replaces those that are stale or not ready, one after the other, and gives their names."""
        for process, is_ready in checks.items():
            if process in stale or not is_ready():
                self.supervisor.replace(process)
                self._start_up(process, is_ready)
                yield process

    def _adapted(self, programs: Sequence[Program]) -> list[Program]:
        return [self._adapt(program) for program in programs]

    def _processes(self) -> list[int]:
        return processes_of(self.installation.directory, self.installation.data)

    def _start_up(self, process: str, is_ready: Callable[[], bool]) -> None:
        """Waits for a process that has all it needs, so that one that ends again and again is a failure."""
        pids = {0}

        def has_crashed() -> bool:
            state = self.supervisor.states().get(process, GONE)
            pids.add(state["pid"])
            return state["statename"] in ("BACKOFF", "FATAL", "UNKNOWN") or len(pids) - 1 > STARTS

        def runs() -> bool:
            return self.supervisor.states().get(process, GONE)["statename"] == "RUNNING" and is_ready()

        if not wait_until(lambda: runs() or has_crashed(), READY_SECONDS) or not is_ready():
            raise self._not_ready(process)

    def _not_ready(self, process: str) -> NotReady:
        log = self.supervisor.log_of(process)
        tail = log.read_text(errors="replace").splitlines()[-LOG_LINES:] if log.exists() else []
        return NotReady("\n".join([f"{process} did not get ready. The end of its log, {log}:", *tail]))
