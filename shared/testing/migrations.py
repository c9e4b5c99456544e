"""Applies migrations to a test's database without the table of those that were applied."""

from collections.abc import Iterable
from pathlib import Path
from typing import Any

import sqlparse
from psycopg import Connection


def apply(connection: Connection[Any], migrations: Iterable[Path]) -> None:
    """Statement by statement, in autocommit: an index that is made concurrently is made outside a transaction."""
    for migration in migrations:
        for statement in sqlparse.split(migration.read_text(encoding="utf-8")):
            connection.execute(statement.encode())
