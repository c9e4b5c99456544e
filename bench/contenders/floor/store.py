"""A service's inbox, state and outbox: all that a batch does in one transaction, with one statement for each table."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from contextlib import AbstractContextManager
from itertools import count
from typing import Any, NamedTuple
from uuid import uuid4

import psycopg

from bench.contenders.floor.bodies import new_body
from bench.contenders.floor.hops import HOPS, STATE, Hop, Row

TABLES = """
CREATE TABLE IF NOT EXISTS floor_inbox (message_id uuid PRIMARY KEY);
CREATE TABLE IF NOT EXISTS floor_outbox (position bigint PRIMARY KEY, routing_key text NOT NULL, body bytea NOT NULL);
"""
STATE_TABLE = "CREATE TABLE IF NOT EXISTS {table} (id uuid PRIMARY KEY, payload bytea NOT NULL);"
ROW_OVERHEAD = 24 + 16 + 4
"""Bytes of a row of state besides its payload: its header, the id, the payload's length."""

REMEMBER = "INSERT INTO floor_inbox SELECT unnest(%b::text[]::uuid[]) ON CONFLICT DO NOTHING RETURNING message_id::text"
ADD = "INSERT INTO {table} SELECT * FROM unnest(%b::text[]::uuid[], %b::bytea[])"
CHANGE = """
UPDATE {table} SET payload = changed.payload
FROM unnest(%b::text[]::uuid[], %b::bytea[]) AS changed (id, payload) WHERE {table}.id = changed.id
"""
ANNOUNCE = "INSERT INTO floor_outbox SELECT * FROM unnest(%b::bigint[], %b::text[], %b::bytea[])"
FORGET = "DELETE FROM floor_outbox WHERE position = ANY(%b::bigint[])"
LEFT = "SELECT position, routing_key, body FROM floor_outbox ORDER BY position"


def tables_of(service: str) -> str:
    """What creates them, as far as they are not there."""
    state = {row.table for hop in HOPS[service].values() for row in hop.adds}
    return TABLES + "".join(STATE_TABLE.format(table=table) for table in state)


class Taken(NamedTuple):
    """A message that came in."""

    message_id: str
    referral_id: str
    hop: Hop
    body: bytes


class Announced(NamedTuple):
    """A message that stands in the outbox."""

    position: int
    routing_key: str
    body: bytes


class Store:
    """Used by one process at a time, which alone gives positions in the outbox."""

    def __init__(self, url: str) -> None:
        self._connection = psycopg.connect(url)
        self.left = [Announced(*row) for row in self._connection.execute(LEFT)]
        """What stands in the outbox since the last time."""
        self._connection.commit()
        self._positions = count(self.left[-1].position + 1 if self.left else 1)

    def pipelined(self) -> AbstractContextManager[Any]:
        """Inside, a batch takes two round trips."""
        return self._connection.pipeline()

    def take(self, batch: Iterable[Taken], confirmed: Sequence[int]) -> list[Announced]:
        """Commits all that a batch does; gives what is to leave. confirmed: what the outbox need not keep any more."""
        if confirmed:
            self._execute(FORGET, confirmed)
        fresh = self._remember({each.message_id: each for each in batch})
        self._write(ADD, ((row, each) for each in fresh for row in each.hop.adds))
        self._write(CHANGE, ((row, each) for each in fresh for row in each.hop.changes))
        announced = [self._announced(key, each.referral_id) for each in fresh for key in each.hop.sends]
        if announced:
            self._execute(ANNOUNCE, *zip(*announced, strict=True))
        self._connection.commit()
        return announced

    def _remember(self, batch: Mapping[str, Taken]) -> list[Taken]:
        """Those that were not there."""
        if not batch:
            return []
        return [batch[message_id] for (message_id,) in self._execute(REMEMBER, batch.keys()).fetchall()]

    def _write(self, statement: str, rows: Iterable[tuple[Row, Taken]]) -> None:
        """Each with a beginning of its message as payload."""
        by_table: defaultdict[str, list[tuple[str, bytes]]] = defaultdict(list)
        for (table, size), taken in rows:
            id = str(uuid4()) if table == STATE else taken.referral_id
            by_table[table].append((id, taken.body[: size - ROW_OVERHEAD]))
        for table, values in by_table.items():
            self._execute(statement.format(table=table), *zip(*values, strict=True))

    def _announced(self, routing_key: str, referral_id: str) -> Announced:
        return Announced(next(self._positions), routing_key, new_body(routing_key, referral_id))

    def _execute(self, statement: str, *columns: Iterable[Any]) -> psycopg.Cursor[Any]:
        return self._connection.execute(statement, [list(column) for column in columns], prepare=True)
