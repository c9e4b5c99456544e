"""The ground on which all are measured: one broker and one database cluster, on which one of them runs at a time."""

import sys
from collections.abc import Iterator, Mapping, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import replace
from functools import cached_property
from pathlib import Path
from types import TracebackType
from typing import Any

import psycopg
from psycopg import sql

from bench.contender import Watched
from deploy.local import ports
from deploy.local.installation import ROOT
from deploy.local.migrations import migrate
from deploy.local.stack import HOUSES, LocalStack
from replay.house import House, load_house
from shared.testing.program import Program, running_together
from shared.testing.waiting import wait_until

VIRTUAL_HOST, USER = "bench", "bench"
"""A part of the broker in which the other contenders may do everything, with the name and password of its user."""
MAY_READ_REPLIES = ("^$", "^$", r"^partner\..*\.out$")
WAL_POSITION = "SELECT pg_wal_lsn_diff(pg_current_wal_lsn(), '0/0')::float"
POSTGRES_SETTINGS = ("track_commit_timestamp=on", "shared_buffers=256MB", "max_wal_size=2GB")
"""Besides those of every local cluster; durability stays as it is."""
TABLES = (
    "SELECT schemaname, tablename FROM pg_tables WHERE schemaname = 'public' AND tablename !~ '^(_?yoyo|migration)'"
)
WATCH = """
CREATE TABLE IF NOT EXISTS bench_seen (position bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY, what text, id uuid);
CREATE OR REPLACE FUNCTION bench_see() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER AS $$
BEGIN
    EXECUTE format('INSERT INTO bench_seen (what, id) VALUES (%L, ($1).%I)', TG_ARGV[0], TG_ARGV[1]) USING NEW;
    RETURN NULL;
END $$
"""
WATCH_TABLE = """
CREATE OR REPLACE TRIGGER bench_see AFTER INSERT ON {table} FOR EACH ROW EXECUTE FUNCTION bench_see({what}, {column})
"""


class Ground:
    """As a context manager, up inside and gone afterwards. It runs no service: contenders start their processes.

    shards: as in Topology.load. replicas: for how many of each worker and relay there is room. for_people: the desk and
    the provider run too.
    """

    def __init__(
        self,
        directory: Path,
        houses: Path = HOUSES,
        shards: int | None = None,
        replicas: int = 1,
        for_people: bool = False,
    ) -> None:
        self.directory = directory
        self.stack = LocalStack(
            directory / "stack",
            ports.free(replicas),
            houses,
            services=(),
            adapt=_faster_postgres,
            shards=shards,
            for_people=for_people,
        )
        self.services = self.stack.installation.topology.services
        self._open = ExitStack()

    def __enter__(self) -> "Ground":
        with ExitStack() as opening:
            opening.enter_context(self.stack)
            migrate(self.services, self.stack.installation.settings, ROOT)
            self.control("add_vhost", VIRTUAL_HOST)
            self.control("add_user", USER, USER)
            self.control("set_permissions", "-p", VIRTUAL_HOST, USER, ".*", ".*", ".*")
            self.control(
                "set_permissions", "-p", self.stack.installation.topology.virtual_host, USER, *MAY_READ_REPLIES
            )
            self._open = opening.pop_all()
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        self._open.close()

    @cached_property
    def houses(self) -> Mapping[str, House]:
        """Those that run here, by id."""
        installation = self.stack.installation
        return {house: load_house(installation.houses / f"{house}.toml") for house in installation.topology.houses}

    @property
    def house(self) -> House:
        """The first of them: for most measurements there is no other."""
        return next(iter(self.houses.values()))

    @property
    def replies_url(self) -> str:
        """The platform's part of the broker, for one who reads the replies to all partners."""
        return self.stack.installation.broker.url(USER, USER, self.stack.installation.topology.virtual_host)

    @property
    def broker_url(self) -> str:
        """The other contenders' part of the broker."""
        return self.stack.installation.broker.url(USER, USER, VIRTUAL_HOST)

    @contextmanager
    def processes(self, programs: Sequence[Program]) -> Iterator[Mapping[str, int]]:
        """Runs them; gives their process ids by name."""
        logs = self.directory / "logs"
        logs.mkdir(exist_ok=True)
        with running_together(programs, lambda program: logs / f"{program.name}.log") as pids:
            yield pids

    def worker_program(self, service: str, module: str, **settings: str) -> Program:
        """`python -m <module> <service>` with the settings of a service's worker, but in the contenders' part of the
        broker, and with `settings` besides."""
        environment = {**self.stack.installation.settings.of_worker(service), "BROKER_URL": self.broker_url, **settings}
        command = [sys.executable, "-m", module, service]
        return Program(name=service, command=command, directory=ROOT, environment=environment)

    def control(self, *arguments: str) -> str:
        """`rabbitmqctl` on the broker."""
        return self.stack.installation.broker.control(*arguments)

    def superuser(self, database: str) -> psycopg.Connection[Any]:
        return psycopg.connect(self.stack.installation.cluster.url(database), autocommit=True)

    def wal_bytes(self) -> float:
        """How much was written to PostgreSQL's log so far."""
        with self.superuser("postgres") as connection:
            return float(connection.execute(WAL_POSITION).fetchone()[0])  # type: ignore[index]

    def empty(self) -> None:
        """Empties the tables of all services and takes the watches away."""
        for service in self.services:
            with self.superuser(service) as connection:
                connection.execute("SET session_replication_role = replica")  # the journal refuses it otherwise
                tables = [sql.Identifier(*row) for row in connection.execute(TABLES)]
                connection.execute(sql.SQL("TRUNCATE {} RESTART IDENTITY CASCADE").format(sql.SQL(", ").join(tables)))
                connection.execute("DROP FUNCTION IF EXISTS bench_see CASCADE")
                connection.execute("CHECKPOINT")

    def keep(self, name: str) -> None:
        """Keep the databases as they are now, to have them back later. Nobody may be connected."""
        for service in self.services:
            self._copy(service, f"{service}_{name}")

    def bring_back(self, name: str) -> None:
        for service in self.services:
            self._copy(f"{service}_{name}", service)

    def _copy(self, database: str, copy: str) -> None:
        with self.superuser("postgres") as connection:
            connection.execute(sql.SQL("DROP DATABASE IF EXISTS {} WITH (FORCE)").format(sql.Identifier(copy)))
            names = {"copy": sql.Identifier(copy), "database": sql.Identifier(database)}
            connection.execute(sql.SQL("CREATE DATABASE {copy} TEMPLATE {database} STRATEGY FILE_COPY").format(**names))

    def watch(self, watched: Mapping[str, Sequence[Watched]]) -> None:
        """From now on, new rows of these tables are noted, each with the time of its commit."""
        for what, tables in watched.items():
            for each in tables:
                with self.superuser(each.database) as connection:
                    connection.execute(WATCH)
                    names = {"table": sql.Identifier(each.table), "what": sql.Literal(what)}
                    trigger = sql.SQL(WATCH_TABLE).format(column=sql.Literal(each.column), **names)
                    connection.execute(trigger)

    def wait_for(self, condition: Any, what: str, seconds: float = 60.0) -> None:
        """Raises TimeoutError."""
        if not wait_until(condition, seconds):
            raise TimeoutError(f"waited {seconds:.0f} seconds for {what}")


def _faster_postgres(program: Program) -> Program:
    if program.name != "postgres":
        return program
    options = [part for setting in POSTGRES_SETTINGS for part in ("-c", setting)]
    return replace(program, command=[*program.command, *options])
