"""Named queries: each stands in a .sql file with its name and what it is for."""

import re
from collections.abc import Mapping
from pathlib import Path
from typing import Any, ClassVar

from psycopg import Connection, Cursor
from psycopg.rows import dict_row

NAME = re.compile(r"^-- (\w+) --$", re.MULTILINE)


def load_queries(path: Path) -> dict[str, str]:
    """The queries of a file by name. A query begins with `-- name --` and a comment line that tells what it does."""
    _, *parts = NAME.split(path.read_text(encoding="utf-8"))
    queries = dict(zip(parts[::2], (text.strip() for text in parts[1::2]), strict=True))
    for name, text in queries.items():
        if not text.startswith("-- "):
            raise ValueError(f"{path.name}: query {name} has no line that tells what it is for")
    if len(queries) != len(parts) // 2:
        raise ValueError(f"{path.name}: a query's name stands there twice")
    return queries


class Store:
    """Base of a service's store: one method per query of its file, called with the query's name."""

    queries: ClassVar[Mapping[str, str]]

    def __init__(self, connection: Connection[Any]) -> None:
        self._connection = connection

    def execute(self, query: str, parameters: Mapping[str, Any] | None = None) -> Cursor[dict[str, Any]]:
        """Run a query by name; in a pipeline its result is not waited for."""
        return self._connection.cursor(row_factory=dict_row).execute(self.queries[query], parameters)

    def fetch_one(self, query: str, parameters: Mapping[str, Any] | None = None) -> dict[str, Any] | None:
        return self.execute(query, parameters).fetchone()

    def fetch_all(self, query: str, parameters: Mapping[str, Any] | None = None) -> list[dict[str, Any]]:
        return self.execute(query, parameters).fetchall()
