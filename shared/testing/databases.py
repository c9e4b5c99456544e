"""Fresh databases for tests. A service's migrations run once per session, into a template that each test copies."""

import os
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from itertools import count
from pathlib import Path
from typing import Any

import psycopg
from psycopg import sql

from shared.postgres.roles import grant_work, owner_of, provide_database, provide_role
from shared.testing.cluster import Cluster

EMPTY = "empty"


@dataclass(frozen=True)
class Database:
    """The connection URLs of a database: url for the service's role, owner_url for the owner that migrates."""

    url: str
    owner_url: str


@dataclass
class Databases:
    """Creates databases in a running cluster. root: the working directory of the migrations."""

    cluster: Cluster
    root: Path
    _numbers: Iterator[int] = field(default_factory=count)
    _templates: set[str] = field(default_factory=set)
    _administrators: list[psycopg.Connection[Any]] = field(default_factory=list)

    @contextmanager
    def migrated(self, service: str) -> Iterator[Database]:
        """A copy of the service's migrated database, dropped at the end of the block."""
        if service not in self._templates:
            self._migrate(self.make_template(service), service)
        with self._copy(service) as database:
            yield database

    @contextmanager
    def empty(self) -> Iterator[Database]:
        """A database without tables, dropped at the end of the block."""
        if EMPTY not in self._templates:
            self.make_template(EMPTY)
        with self._copy(EMPTY) as database:
            yield database

    def make_template(self, role: str) -> Database:
        """Create the template database for this role, without tables."""
        administrator = self._administrator()
        for name in (role, owner_of(role)):
            provide_role(administrator, name, self.cluster.password)
        provide_database(administrator, role, role)
        with psycopg.connect(self.cluster.url(role)) as administrator:
            grant_work(administrator, role)
        self._templates.add(role)
        return self._access(role, role)

    @contextmanager
    def _copy(self, role: str) -> Iterator[Database]:
        name = f"{role}_{next(self._numbers)}"
        provide_database(self._administrator(), name, role, template=role)
        try:
            yield self._access(name, role)
        finally:
            drop = sql.SQL("DROP DATABASE {} WITH (FORCE)").format(sql.Identifier(name))
            self._administrator().execute(drop)

    def close(self) -> None:
        """Leave the cluster. Whoever goes on comes in again."""
        while self._administrators:
            self._administrators.pop().close()

    def _administrator(self) -> psycopg.Connection[Any]:
        """The connection of before, as opening one costs as much as a database; another if that was lost."""
        with suppress(IndexError, psycopg.OperationalError):
            self._administrators[-1].execute("SELECT")
            return self._administrators[-1]
        self._administrators.append(psycopg.connect(self.cluster.url(), autocommit=True))
        return self._administrators[-1]

    def _access(self, database: str, role: str) -> Database:
        urls = (self.cluster.url(database, role=name) for name in (role, owner_of(role)))
        return Database(*urls)

    def _migrate(self, database: Database, service: str) -> None:
        subprocess.run(  # noqa: S603
            [sys.executable, "-m", "shared.postgres.migrate", service],
            cwd=self.root,
            env={**os.environ, "MIGRATION_DATABASE_URL": database.owner_url},
            check=True,
        )
