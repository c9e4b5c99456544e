"""Stores: the queries of one subject as methods. All stores of a transaction share a connection."""

import re
from collections.abc import Callable, Mapping
from typing import Any, ClassVar, TypeVar, overload

from psycopg import Connection, Cursor
from psycopg.rows import dict_row, kwargs_row

from shared.postgres.lasting import LastingConnection

Row = dict[str, Any]
"""The values of a row by column."""
Parameters = Mapping[str, Any]
T = TypeVar("T")
READS = re.compile(r"(--.*\n)+SELECT ")
MOST_KEPT = 50
"""A cursor with more rows than this is not kept for the next time: it would keep them in memory."""


class Statements:
    """The connection of a transaction, and the rows that its stores keep for later."""

    def __init__(self, connection: Connection[Any]) -> None:
        self.connection = connection
        self.writes = 0
        """The number of writes so far, including rows kept for later."""
        self._later: dict[type[Store], dict[str, list[Parameters]]] = {}
        self._readers: dict[str, Cursor[Any]] = {}
        self._writers: dict[str, Cursor[Any]] = {}
        if isinstance(connection, LastingConnection):
            self._readers, self._writers = connection.readers, connection.writers

    def later(self, store: type["Store"], query: str, row: Parameters) -> None:
        self._later.setdefault(store, {}).setdefault(query, []).append(row)
        self.writes += 1

    def flush(self) -> None:
        """Write the rows kept for later, in the order of foreign keys (`written_after`)."""
        kept, self._later = self._later, {}
        while kept:
            self._flush_store(next(iter(kept)), kept)

    def _flush_store(self, store: type["Store"], kept: dict[type["Store"], dict[str, list[Parameters]]]) -> None:
        for earlier in store.written_after:
            self._flush_store(earlier, kept)
        rows_of = kept.pop(store, {})
        for query in store.written_later:
            if rows := rows_of.get(query):
                self.write(store.queries[query], {name: [row[name] for row in rows] for name in rows[0]})

    def write(self, query: str, parameters: Parameters | None) -> None:
        """Run a query of which no row is fetched."""
        self._run(self._kept(self._writers, query), query, parameters)

    def read(self, query: str, parameters: Parameters | None, make_row: Any, prepare: bool | None) -> Cursor[Any]:
        """Run a query, to fetch its rows now."""
        cursor = self._kept(self._readers, query)
        cursor.row_factory = kwargs_row(make_row) if make_row else dict_row
        return self._run(cursor, query, parameters, prepare)

    def forget(self, query: str) -> None:
        """Let go of the rows that were read with this query."""
        del self._readers[query]

    def ask(self, query: str, parameters: Parameters | None) -> Cursor[Row]:
        """Run a query, to fetch its rows later."""
        return self._run(self.connection.cursor(row_factory=dict_row), query, parameters)

    def _kept(self, cursors: dict[str, Cursor[Any]], query: str) -> Cursor[Any]:
        if query not in cursors:
            cursors[query] = self.connection.cursor()
        return cursors[query]

    def _run(
        self, cursor: Cursor[Any], query: str, parameters: Parameters | None, prepare: bool | None = None
    ) -> Cursor[Any]:
        self.writes += not READS.match(query)
        return cursor.execute(query, parameters, prepare=prepare)


class Store:
    """Base of a subject's store: a method per query of its .sql file.

    written_later: the queries for `later`, in the order of writing. written_after: the stores to write before this one,
    because of foreign keys to their tables.
    """

    queries: ClassVar[Mapping[str, str]] = {}
    written_later: ClassVar[tuple[str, ...]] = ()
    written_after: ClassVar[tuple[type["Store"], ...]] = ()

    def __init__(self, statements: Statements | Connection[Any]) -> None:
        self._statements = statements if isinstance(statements, Statements) else Statements(statements)

    @property
    def writes(self) -> int:
        """The number of writes in the transaction so far, including rows kept for later."""
        return self._statements.writes

    @property
    def _connection(self) -> Connection[Any]:
        return self._statements.connection

    def later(self, query: str, row: Parameters) -> None:
        """Keep a row for later: all rows kept for a query are written with one statement, before the next other query.

        The query's parameters are arrays, one per column. Raises KeyError for a query not in `written_later`.
        """
        if query not in self.written_later:
            raise KeyError(query)
        self._statements.later(type(self), query, row)

    def flush(self) -> None:
        self._statements.flush()

    def execute(self, query: str, parameters: Parameters | None = None) -> None:
        """Run a query by name. In a pipeline, does not wait for the end of the query."""
        self._statements.flush()
        self._statements.write(self.queries[query], parameters)

    def ask(self, query: str, parameters: Parameters | None = None) -> Cursor[Row]:
        """Run a query, to fetch its rows later. In a pipeline, queries before the first fetch share one round trip."""
        self._statements.flush()
        return self._statements.ask(self.queries[query], parameters)

    @overload
    def fetch_one(self, query: str, parameters: Parameters | None = None) -> Row | None: ...
    @overload
    def fetch_one(self, query: str, parameters: Parameters | None, make_row: Callable[..., T]) -> T | None: ...
    def fetch_one(self, query: str, parameters: Parameters | None = None, make_row: Any = None) -> Any:
        """The first row, or None. make_row: makes the result of the columns as keywords, for example a dataclass."""
        return self._read(query, parameters, make_row).fetchone()

    @overload
    def fetch_all(
        self, query: str, parameters: Parameters | None = None, *, prepare: bool | None = None
    ) -> list[Row]: ...
    @overload
    def fetch_all(
        self,
        query: str,
        parameters: Parameters | None,
        make_row: Callable[..., T],
        *,
        prepare: bool | None = None,
    ) -> list[T]: ...
    def fetch_all(
        self,
        query: str,
        parameters: Parameters | None = None,
        make_row: Any = None,
        *,
        prepare: bool | None = None,
    ) -> Any:
        """All rows. make_row: as in `fetch_one`. prepare=False: plan the query each time."""
        rows = self._read(query, parameters, make_row, prepare).fetchall()
        if len(rows) > MOST_KEPT:
            self._statements.forget(self.queries[query])
        return rows

    def _read(
        self, query: str, parameters: Parameters | None, make_row: Any, prepare: bool | None = None
    ) -> Cursor[Any]:
        self._statements.flush()
        return self._statements.read(self.queries[query], parameters, make_row, prepare)
