from collections.abc import Iterator
from pathlib import Path
from typing import Any

import psycopg
import pytest

import shared.aliases
from shared.testing.databases import Database, Databases
from shared.testing.migrations import apply

MIGRATIONS = Path(shared.aliases.__file__).with_name("migrations")


@pytest.fixture
def connection(empty_database: Database) -> Iterator[psycopg.Connection[Any]]:
    """As a service, to a database with the links alone."""
    with psycopg.connect(empty_database.owner_url, autocommit=True) as owner:
        apply(owner, sorted(MIGRATIONS.glob("*.sql")))
    with psycopg.connect(empty_database.url, autocommit=True) as connection:
        yield connection


@pytest.fixture
def administrator(connection: psycopg.Connection[Any], databases: Databases) -> Iterator[psycopg.Connection[Any]]:
    """A superuser's connection to the same database, to see query plans."""
    with psycopg.connect(databases.cluster.url(connection.info.dbname), autocommit=True) as administrator:
        yield administrator
