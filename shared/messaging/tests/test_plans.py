"""A plan that was made for an empty table is none for a full one: after an outage it would take hours."""

from collections.abc import Callable
from typing import Any

import psycopg
import pytest
from psycopg import sql

from shared.messaging.relay import BY_INDEX
from shared.messaging.sealing import Sealer
from shared.messaging.slices import SLICES
from shared.messaging.storage import MessageStore, StreamStore
from shared.testing.databases import Database

ROWS = 3000
FILL = {
    "outbox": """
        INSERT INTO outbox (message_id, exchange, routing_key, ordering_key, correlation_id, body)
        SELECT gen_random_uuid(), 'partners', 'somebody', gen_random_uuid(), gen_random_uuid(), %s
        FROM generate_series(1, %s)
        """,
    "postponed": """
        INSERT INTO postponed (queue, sender, message_id, ordering_key, body, attempts, reason, next_attempt_at)
        SELECT 'queue', 'services', gen_random_uuid(), gen_random_uuid(), %s, 0, '', now() - interval '1 day'
        FROM generate_series(1, %s)
        """,
}
TOUCHED = "SELECT (seq_tup_read + idx_tup_fetch)::int FROM pg_stat_xact_user_tables WHERE relname = %s"
SEALER = Sealer(bytes(32))


def head(connection: psycopg.Connection[Any]) -> None:
    MessageStore(connection, SEALER).outbox_head(SLICES, 100, set())


def number(connection: psycopg.Connection[Any]) -> None:
    positions = [row[0] for row in connection.execute("SELECT position FROM outbox ORDER BY position LIMIT 100")]
    StreamStore(connection).number(dict.fromkeys(positions, "somebody"))


def move(connection: psycopg.Connection[Any]) -> None:
    positions = [row[0] for row in connection.execute("SELECT position FROM outbox ORDER BY position LIMIT 100")]
    StreamStore(connection).move_from_outbox(positions)


def due(connection: psycopg.Connection[Any]) -> None:
    MessageStore(connection, SEALER).due_postponed(["queue"], 100, longest_delay=300)


@pytest.mark.parametrize(
    ("look", "table", "settings"),
    [
        (head, "outbox", BY_INDEX),
        (number, "outbox", BY_INDEX),
        (move, "outbox", BY_INDEX),
        (due, "postponed", "SELECT"),
    ],
)
def test_a_look_at_a_full_table_is_planned_for_a_full_one(
    look: Callable[[psycopg.Connection[Any]], None],
    table: str,
    settings: str,
    core_database: str,
    empty_database: Database,
) -> None:
    with psycopg.connect(empty_database.owner_url, autocommit=True) as owner:
        owner.execute(sql.SQL("ANALYZE {}").format(sql.Identifier(table)))
    with psycopg.connect(core_database) as connection:
        connection.execute(settings)
        for _ in range(11):  # psycopg prepares after five, and PostgreSQL settles on a plan after five more
            look(connection)
        connection.execute(FILL[table], (SEALER.seal(b"{}", table), ROWS))
        before = _touched(connection, table)
        look(connection)
        assert _touched(connection, table) - before < 10 * ROWS


def _touched(connection: psycopg.Connection[Any], table: str) -> int:
    row = connection.execute(TOUCHED, (table,)).fetchone()
    assert row
    return int(row[0])
