"""Query plans made for an empty table must also be fast on a full one, for example after an outage."""

from collections.abc import Callable, Iterator
from typing import Any
from urllib.parse import urlsplit

import psycopg
import pytest
from psycopg import sql

from shared.messaging.relay import BY_INDEX
from shared.messaging.sealing import Sealer
from shared.messaging.slices import SLICES
from shared.messaging.storage import MessageStore, StreamStore
from shared.testing.databases import Database, Databases
from shared.testing.keys import KEYS
from shared.testing.plans import indexes_of

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
NUMBERED_IN_PLACE = """
    SELECT pg_stat_get_xact_tuples_updated('outbox'::regclass), pg_stat_get_xact_tuples_hot_updated('outbox'::regclass)
"""
SEALER = Sealer(KEYS)
BODY = SEALER.seal(bytes(500), "outbox")
BY_CASE = "SELECT count(*) FROM (SELECT FROM outbox ORDER BY ordering_key, position) AS row"
OUTBOX_INDEXES = {"outbox_pkey", "outbox_by_case"}


def head(connection: psycopg.Connection[Any]) -> None:
    MessageStore(connection, SEALER).outbox_head(SLICES, 100, set())


def positions(connection: psycopg.Connection[Any]) -> list[int]:
    return [row[0] for row in connection.execute("SELECT position FROM outbox ORDER BY position LIMIT 100")]


def number(connection: psycopg.Connection[Any]) -> None:
    StreamStore(connection).number(dict.fromkeys(positions(connection), "somebody"))


def move(connection: psycopg.Connection[Any]) -> None:
    StreamStore(connection).move_from_outbox(positions(connection))


def delete(connection: psycopg.Connection[Any]) -> None:
    MessageStore(connection, SEALER).delete_from_outbox(positions(connection))


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


@pytest.fixture
def administrator(databases: Databases, core_database: str) -> Iterator[psycopg.Connection[Any]]:
    """A superuser's connection with generic plans, as on a long-lived connection."""
    url = databases.cluster.url(urlsplit(core_database).path.lstrip("/"))
    with psycopg.connect(url, autocommit=True, prepare_threshold=0) as connection:
        connection.execute(BY_INDEX, prepare=False)  # several statements
        connection.execute("SET plan_cache_mode = force_generic_plan")
        yield connection


@pytest.mark.parametrize("change", [number, move, delete])
def test_a_row_of_a_worn_outbox_is_found_by_its_position(
    change: Callable[[psycopg.Connection[Any]], None], administrator: psycopg.Connection[Any]
) -> None:
    """An outbox that had many rows, and few when autovacuum analysed it."""
    for _ in range(20):
        administrator.execute(FILL["outbox"], (BODY, 1000))
        administrator.execute("UPDATE outbox SET sequence = position")
        administrator.execute(BY_CASE)  # whatever is gone leaves this index, and stays in that of positions
        administrator.execute("DELETE FROM outbox")
    administrator.execute(FILL["outbox"], (BODY, 100))
    administrator.execute("VACUUM ANALYZE outbox")
    assert indexes_of(administrator, lambda: change(administrator)) & OUTBOX_INDEXES == {"outbox_pkey"}


def test_a_number_is_given_without_a_write_to_an_index(administrator: psycopg.Connection[Any]) -> None:
    administrator.execute(FILL["outbox"], (BODY, 20))
    with administrator.transaction():
        number(administrator)
        updated = administrator.execute(NUMBERED_IN_PLACE).fetchone()
    assert updated == (20, 20)


def _touched(connection: psycopg.Connection[Any], table: str) -> int:
    row = connection.execute(TOUCHED, (table,)).fetchone()
    assert row
    return int(row[0])
