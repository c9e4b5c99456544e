"""Seals texts that stand in the clear from before their column held references: at the start of a worker, and daily."""

import time
from collections.abc import Callable, Iterable
from contextlib import AbstractContextManager
from dataclasses import dataclass
from typing import Any, LiteralString

from psycopg import Connection, sql

from shared.sealed_texts.references import REFERENCE
from shared.sealed_texts.store import About
from shared.unit import Unit

STEP = 500
"""Texts sealed in one transaction."""
DAY = 86_400.0
"""Seconds. A worker of the version before may still write in the clear after the first round, until it is replaced."""
PLAIN = """
SELECT {table}.ctid AS place, {table}.{column} AS text, owner.house, owner.case_id
FROM {table} JOIN LATERAL ({owner}) AS owner ON true
WHERE {table}.{column} <> '' AND {table}.{column} !~ {reference}
LIMIT {step} FOR UPDATE OF {table} SKIP LOCKED
"""
REFER = """
UPDATE {table} SET {column} = given.reference
FROM unnest(%s::tid[], %s::text[]) AS given (place, reference) WHERE {table}.ctid = given.place
"""


@dataclass(frozen=True)
class TextColumns:
    """Columns of a table with references to texts. owner: the query of a row's `house` and `case_id`."""

    table: str
    columns: tuple[str, ...]
    owner: LiteralString


def seal_plain_texts(begin: Callable[[], AbstractContextManager[Unit[Any]]], tables: Iterable[TextColumns]) -> None:
    """Seal whatever text these columns still hold, in small transactions."""
    for table in tables:
        for column in table.columns:
            while _seal_some(begin, table, column) == STEP:
                pass


def _seal_some(begin: Callable[[], AbstractContextManager[Unit[Any]]], table: TextColumns, column: str) -> int:
    """Returns the number of texts that were sealed."""
    began = time.monotonic()
    with begin() as unit:
        found = unit.connection.execute(_query(PLAIN, table, column)).fetchall()
        places = [place for place, *_ in found]
        references = [unit.texts.keep(About(house, case_id), column, text) for _, text, house, case_id in found]
        unit.flush()
        _refer(unit.connection, _query(REFER, table, column), places, references)
    if found:
        time.sleep(time.monotonic() - began)  # half of the time is the service's
    return len(found)


def _refer(connection: Connection[Any], query: sql.Composed, places: list[str], references: list[str | None]) -> None:
    if places:
        connection.execute(query, [places, references])


def _query(text: LiteralString, table: TextColumns, column: str) -> sql.Composed:
    return sql.SQL(text).format(
        table=sql.Identifier(table.table),
        column=sql.Identifier(column),
        owner=sql.SQL(table.owner).format(table=sql.Identifier(table.table)),
        reference=sql.Literal(f"^{REFERENCE.pattern}$"),
        step=sql.Literal(STEP),
    )
