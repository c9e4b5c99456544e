"""Named queries: each stands in a .sql file with its name and what it is for."""

import re
from collections.abc import Mapping
from dataclasses import fields
from pathlib import Path
from typing import Any, ClassVar

from psycopg import Connection, Cursor
from psycopg.rows import dict_row

NAME = re.compile(r"^-- (\w+) --$", re.MULTILINE)
READS = re.compile(r"(--.*\n)+SELECT ")


def load_queries(*paths: Path) -> dict[str, str]:
    """The queries of the files by name. Each begins with `-- name --` and a comment line that tells what it does."""
    queries: dict[str, str] = {}
    for path in paths:
        _, *parts = NAME.split(path.read_text(encoding="utf-8"))
        for name, text in zip(parts[::2], parts[1::2], strict=True):
            if name in queries:
                raise ValueError(f"{path.name}: there is another query by the name of {name}")
            if not text.lstrip().startswith("-- "):
                raise ValueError(f"{path.name}: query {name} has no line that tells what it is for")
            queries[name] = text.strip()
    return queries


def as_row(each: Any) -> dict[str, Any]:
    """A dataclass as the row that it is: unlike `asdict` it copies nothing."""
    return {field.name: getattr(each, field.name) for field in fields(each)}


class Store:
    """Base of a service's store: one method per query of its file, called with the query's name.

    Rows that nobody reads before the transaction ends can be kept for `later`: then many are written with one
    statement. Whatever else is asked of the store comes after them.
    """

    queries: ClassVar[Mapping[str, str]] = {}

    def __init__(self, connection: Connection[Any]) -> None:
        self._connection = connection
        self._later: dict[str, list[Mapping[str, Any]]] = {}
        self.writes = 0
        """How often something was written, or kept for later."""

    def later(self, query: str, row: Mapping[str, Any]) -> None:
        """Keep a row until `flush`. The query takes arrays: of each of the row's values, those of all rows."""
        if query not in self.queries:
            raise KeyError(query)
        self._later.setdefault(query, []).append(row)
        self.writes += 1

    def flush(self) -> None:
        """Write what was kept, in the order in which the queries stand in their file: what is referred to, first."""
        if not self._later:
            return
        kept, self._later = self._later, {}
        for query in self.queries:
            if rows := kept.get(query):
                self._run(query, {name: [row[name] for row in rows] for name in rows[0]})

    def execute(self, query: str, parameters: Mapping[str, Any] | None = None) -> None:
        """Run a query by name; in a pipeline its end is not waited for."""
        self.flush()
        self._run(query, parameters)

    def ask(self, query: str, parameters: Mapping[str, Any] | None = None) -> Cursor[dict[str, Any]]:
        """For its rows, later: in a pipeline, what is asked before any of them is read takes one round trip."""
        self.flush()
        return self._run(query, parameters)

    def fetch_one(self, query: str, parameters: Mapping[str, Any] | None = None) -> dict[str, Any] | None:
        return self.ask(query, parameters).fetchone()

    def fetch_all(
        self, query: str, parameters: Mapping[str, Any] | None = None, *, prepare: bool | None = None
    ) -> list[dict[str, Any]]:
        """prepare=False: plan it anew each time, for a table that is empty now and full a moment later."""
        self.flush()
        return self._run(query, parameters, prepare).fetchall()

    def _run(
        self, query: str, parameters: Mapping[str, Any] | None, prepare: bool | None = None
    ) -> Cursor[dict[str, Any]]:
        self.writes += not READS.match(self.queries[query])
        cursor = self._connection.cursor(row_factory=dict_row)
        return cursor.execute(self.queries[query], parameters, prepare=prepare)
