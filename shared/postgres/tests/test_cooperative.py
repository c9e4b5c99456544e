"""A waiting statement does not block other greenlets, and a lost connection is detected before use."""

from collections.abc import Iterator

import eventlet
import psycopg
import pytest

from shared.postgres.cooperative import CooperativeConnection, check
from shared.testing.cluster import Cluster

MUCH = 32 * 2**20
"""More bytes than a socket accepts at once."""


@pytest.fixture
def connection(postgres: Cluster) -> Iterator[CooperativeConnection]:
    with CooperativeConnection.connect(postgres.url(), autocommit=True) as connection:
        yield connection


def turns_during(statement: str, connection: CooperativeConnection) -> int:
    """The number of turns of another greenlet while a statement ran."""
    turns = 0

    def count() -> None:
        nonlocal turns
        while True:
            turns += 1
            eventlet.sleep(0.01)

    counting = eventlet.spawn(count)
    connection.execute(statement.encode())
    counting.kill()
    return turns


def test_others_run_while_a_statement_does(connection: CooperativeConnection) -> None:
    assert turns_during("SELECT pg_sleep(0.3)", connection) > 10


def test_what_does_not_fit_the_sockets_buffers_goes_through_in_parts(connection: CooperativeConnection) -> None:
    with connection.pipeline():
        cursors = [connection.execute("SELECT %b::bytea", [bytes(MUCH)]) for _ in range(3)]
    assert [len(cursor.fetchone()[0]) for cursor in cursors] == [MUCH] * 3  # type: ignore[index]


def test_an_error_of_one_statement_is_the_pipelines(connection: CooperativeConnection) -> None:
    with pytest.raises(psycopg.errors.DivisionByZero), connection.pipeline():
        connection.execute("SELECT 1 / 0")
    assert connection.execute("SELECT 1").fetchone() == (1,)


def test_a_connection_that_the_server_has_ended_is_noticed(
    connection: CooperativeConnection, postgres: Cluster
) -> None:
    check(connection)
    with psycopg.connect(postgres.url(), autocommit=True) as server:
        server.execute("SELECT pg_terminate_backend(%s, 5000)", [connection.info.backend_pid])
    with pytest.raises(psycopg.OperationalError):
        check(connection)


def test_a_look_at_an_idle_connection_asks_the_server_nothing(
    connection: CooperativeConnection, postgres: Cluster
) -> None:
    connection.execute("SELECT 'the last one'")
    check(connection)
    with psycopg.connect(postgres.url(), autocommit=True) as server:
        asked = server.execute("SELECT query FROM pg_stat_activity WHERE pid = %s", [connection.info.backend_pid])
        assert asked.fetchone() == ("SELECT 'the last one'",)
