"""A connection keeps its cursors: each statement still gets its own rows, and memory stays bounded."""

from collections.abc import Iterator
from typing import Any

import psycopg
import pytest

from shared.postgres import Store
from shared.postgres.lasting import LastingConnection
from shared.postgres.store import MOST_KEPT
from shared.testing.cluster import Cluster


class Numbers(Store):
    queries = {
        "up_to": "-- Numbers\nSELECT * FROM generate_series(1, %(last)s) AS number",
        "inverse": "-- Fails for zero\nSELECT 1 / %(number)s AS number",
    }

    def up_to(self, last: int) -> list[int]:
        return [row["number"] for row in self.fetch_all("up_to", {"last": last})]

    def inverse(self, number: int) -> int | None:
        row = self.fetch_one("inverse", {"number": number})
        return row["number"] if row else None


@pytest.fixture
def connection(postgres: Cluster) -> Iterator[LastingConnection]:
    with LastingConnection.connect(postgres.url(), autocommit=True) as connection:
        yield connection


def kept(connection: LastingConnection) -> list[Any]:
    return list(connection.readers.values())


def test_the_next_transaction_uses_the_cursor_of_the_one_before(connection: LastingConnection) -> None:
    assert Numbers(connection).up_to(2) == [1, 2]
    cursors = kept(connection)
    assert Numbers(connection).up_to(3) == [1, 2, 3]
    assert kept(connection) == cursors


def test_rows_are_those_of_the_last_time_though_earlier_ones_were_never_fetched(connection: LastingConnection) -> None:
    with connection.pipeline():
        numbers = Numbers(connection)
        numbers.execute("up_to", {"last": 4})
        numbers.execute("up_to", {"last": 5})
        asked = [numbers.ask("up_to", {"last": last}) for last in (1, 2)]
        assert numbers.up_to(3) == [1, 2, 3]
        assert [len(cursor.fetchall()) for cursor in asked] == [1, 2]


def test_a_statement_that_failed_can_be_run_again(connection: LastingConnection) -> None:
    for _ in range(2):
        with pytest.raises(psycopg.errors.DivisionByZero), connection.pipeline():
            Numbers(connection).inverse(0)
        with connection.pipeline():
            assert Numbers(connection).inverse(1) == 1


def test_a_row_may_become_another_object_each_time(connection: LastingConnection) -> None:
    numbers = Numbers(connection)
    assert numbers.fetch_one("inverse", {"number": 1}, lambda number: f"one is {number}") == "one is 1"
    assert numbers.fetch_one("inverse", {"number": 1}) == {"number": 1}


def test_many_rows_are_not_kept_in_memory(connection: LastingConnection) -> None:
    assert len(Numbers(connection).up_to(MOST_KEPT + 1)) == MOST_KEPT + 1
    assert kept(connection) == []
