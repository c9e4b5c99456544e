"""Shares among processes: connections to a real PostgreSQL."""

from collections.abc import Callable, Iterator
from contextlib import ExitStack, closing
from itertools import chain
from typing import Any

import psycopg
import pytest
from psycopg import Connection

from shared.postgres.link import HOLDERS_LINK
from shared.postgres.shares import Shares
from shared.testing.databases import Database
from shared.testing.waiting import wait_until

NAMES = [f"share {number}" for number in range(1, 17)]


class Process:
    """A process that works on all shares it gets."""

    def __init__(self, connection: Connection[Any]) -> None:
        self.connection = connection
        self.shares = Shares(connection, "work", NAMES)
        self.has: frozenset[str] = frozenset()

    def look(self) -> None:
        self.has = self.shares.divide(self.has)


Start = Callable[[], Process]


@pytest.fixture
def start(empty_database: Database) -> Iterator[Start]:
    with ExitStack() as open_ones:

        def connected() -> Process:
            connection = psycopg.connect(empty_database.url, autocommit=True, **HOLDERS_LINK)
            return Process(open_ones.enter_context(closing(connection)))

        yield connected


def let_all_look(*processes: Process) -> None:
    """Divide often enough that released shares are taken by other processes."""
    for _ in range(3):
        for process in processes:
            process.look()


def test_one_process_has_all(start: Start) -> None:
    only = start()
    only.look()
    assert only.has == set(NAMES)


@pytest.mark.parametrize("count", [2, 3, 5, 16, 17])
def test_the_division_is_total_and_fair(start: Start, count: int) -> None:
    processes = [start() for _ in range(count)]
    let_all_look(*processes)
    assert sorted(chain(*(process.has for process in processes))) == sorted(NAMES)
    sizes = {len(process.has) for process in processes}
    assert max(sizes) - min(sizes) <= 1


def test_a_newcomer_gets_its_part_and_nothing_else_moves(start: Start) -> None:
    first, second = start(), start()
    let_all_look(first, second)
    before = first.has, second.has
    third = start()
    let_all_look(first, second, third)
    assert len(third.has) in (5, 6)
    assert first.has < before[0]
    assert second.has < before[1]


def test_a_share_is_nobody_elses_while_it_is_worked_on(start: Start) -> None:
    busy = start()
    busy.look()
    newcomer = start()
    assert len(busy.shares.divide(in_use=busy.has)) == 8
    newcomer.look()
    assert newcomer.has == set()
    kept = busy.shares.divide(in_use=())
    newcomer.look()
    assert newcomer.has == set(NAMES) - kept


def test_the_shares_of_one_that_dies_are_taken_over(start: Start) -> None:
    first, second = start(), start()
    let_all_look(first, second)
    second.connection.close()

    def has_all() -> bool:
        first.look()
        return first.has == set(NAMES)

    assert wait_until(has_all, 5)


def test_one_that_lost_its_connection_is_told(start: Start) -> None:
    first = start()
    first.look()
    start().connection.execute("SELECT pg_terminate_backend(%s)", [first.connection.info.backend_pid])
    with pytest.raises(psycopg.OperationalError):
        first.look()


def test_one_that_stands_still_loses_its_shares(start: Start) -> None:
    frozen, other = start(), start()
    let_all_look(frozen, other)
    assert len(other.has) == 8

    def has_all() -> bool:
        other.look()
        return other.has == set(NAMES)

    assert wait_until(has_all, 20, interval=1)


def test_one_that_comes_back_gets_what_it_is_at_work_on_if_it_is_free(start: Start) -> None:
    shares, other = start().shares, start().shares
    in_use = frozenset(NAMES[8:])
    assert shares.divide(in_use) == in_use
    assert other.divide(()) == set(NAMES[:8])


def test_other_work_is_divided_by_itself(start: Start) -> None:
    process = start()
    process.look()
    others_work = Shares(start().connection, "other work", NAMES)
    assert others_work.divide(()) == set(NAMES)
