from collections.abc import Iterator
from pathlib import Path
from typing import Any

import psycopg
import pytest

from shared.testing.databases import Database
from shared.testing.migrations import apply

MIGRATIONS = Path(__file__).parents[2] / "messaging" / "migrations"


@pytest.fixture
def audited(empty_database: Database) -> Database:
    """A database with the tables of every service."""
    with psycopg.connect(empty_database.owner_url, autocommit=True) as owner:
        apply(owner, sorted(MIGRATIONS.glob("*.sql")))
    return empty_database


@pytest.fixture
def service(audited: Database) -> Iterator[psycopg.Connection[Any]]:
    """The service's own role."""
    with psycopg.connect(audited.url, autocommit=True) as connection:
        yield connection


@pytest.fixture
def owner(audited: Database) -> Iterator[psycopg.Connection[Any]]:
    """The role that could change the log."""
    with psycopg.connect(audited.owner_url, autocommit=True) as connection:
        yield connection
