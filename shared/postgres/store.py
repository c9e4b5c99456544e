"""Stores: the queries of one subject as methods, all stores of a transaction on one connection."""

import re
from collections.abc import Callable, Mapping
from typing import Any, ClassVar, TypeVar, overload

from psycopg import Connection, Cursor
from psycopg.rows import dict_row, kwargs_row

Row = dict[str, Any]
"""A row by column."""
Parameters = Mapping[str, Any]
T = TypeVar("T")
READS = re.compile(r"(--.*\n)+SELECT ")


class Statements:
    """What the stores of one transaction have in common: its connection, and the rows that they write later."""

    def __init__(self, connection: Connection[Any]) -> None:
        self.connection = connection
        self.writes = 0
        """How often something was written, or kept for later."""
        self._later: dict[type[Store], dict[str, list[Parameters]]] = {}

    def later(self, store: type["Store"], query: str, row: Parameters) -> None:
        self._later.setdefault(store, {}).setdefault(query, []).append(row)
        self.writes += 1

    def flush(self) -> None:
        """Write what was kept for later, what is referred to before what refers to it."""
        kept, self._later = self._later, {}
        while kept:
            self._flush_store(next(iter(kept)), kept)

    def _flush_store(self, store: type["Store"], kept: dict[type["Store"], dict[str, list[Parameters]]]) -> None:
        for earlier in store.written_after:
            self._flush_store(earlier, kept)
        rows_of = kept.pop(store, {})
        for query in store.written_later:
            if rows := rows_of.get(query):
                self.run(store.queries[query], {name: [row[name] for row in rows] for name in rows[0]})

    def run(self, query: str, parameters: Parameters | None, *, prepare: bool | None = None) -> Cursor[Row]:
        """prepare=False: plan it anew each time, for a table that is empty now and full a moment later."""
        self.writes += not READS.match(query)
        return self.connection.cursor(row_factory=dict_row).execute(query, parameters, prepare=prepare)


class Store:
    """Base of a subject's store: one method per query of its file, called with the query's name.

    written_later: its queries that `later` keeps rows for, in the order in which they are then written. written_after:
    the stores whose rows these rows refer to.
    """

    queries: ClassVar[Mapping[str, str]] = {}
    written_later: ClassVar[tuple[str, ...]] = ()
    written_after: ClassVar[tuple[type["Store"], ...]] = ()

    def __init__(self, statements: Statements | Connection[Any]) -> None:
        self._statements = statements if isinstance(statements, Statements) else Statements(statements)

    @property
    def writes(self) -> int:
        """How often something was written, or kept for later."""
        return self._statements.writes

    @property
    def _connection(self) -> Connection[Any]:
        return self._statements.connection

    def later(self, query: str, row: Parameters) -> None:
        """Keep a row that nobody reads before the transaction ends: many are then written with one statement.

        The query takes arrays: of each of the row's values, those of all rows. Whatever else is asked of any store of
        the transaction comes after them.
        """
        if query not in self.written_later:
            raise KeyError(query)
        self._statements.later(type(self), query, row)

    def flush(self) -> None:
        self._statements.flush()

    def execute(self, query: str, parameters: Parameters | None = None) -> None:
        """Run a query by name; in a pipeline its end is not waited for."""
        self.ask(query, parameters)

    def ask(self, query: str, parameters: Parameters | None = None, *, prepare: bool | None = None) -> Cursor[Row]:
        """For its rows, later: in a pipeline, what is asked before any of them is read takes one round trip."""
        self._statements.flush()
        return self._statements.run(self.queries[query], parameters, prepare=prepare)

    @overload
    def fetch_one(self, query: str, parameters: Parameters | None = None) -> Row | None: ...
    @overload
    def fetch_one(self, query: str, parameters: Parameters | None, made_by: Callable[..., T]) -> T | None: ...
    def fetch_one(self, query: str, parameters: Parameters | None = None, made_by: Any = None) -> Any:
        """The first row, if there is one. made_by: called with the row's columns as keywords, like a dataclass."""
        return _made_by(made_by, self.ask(query, parameters)).fetchone()

    @overload
    def fetch_all(
        self, query: str, parameters: Parameters | None = None, *, prepare: bool | None = None
    ) -> list[Row]: ...
    @overload
    def fetch_all(
        self,
        query: str,
        parameters: Parameters | None,
        made_by: Callable[..., T],
        *,
        prepare: bool | None = None,
    ) -> list[T]: ...
    def fetch_all(
        self,
        query: str,
        parameters: Parameters | None = None,
        made_by: Any = None,
        *,
        prepare: bool | None = None,
    ) -> Any:
        """All rows. made_by: as above. prepare=False: plan it anew each time."""
        return _made_by(made_by, self.ask(query, parameters, prepare=prepare)).fetchall()


def _made_by(made_by: Callable[..., T] | None, cursor: Cursor[Any]) -> Cursor[Any]:
    if made_by:
        cursor.row_factory = kwargs_row(made_by)
    return cursor
