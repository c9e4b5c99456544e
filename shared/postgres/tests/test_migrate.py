"""Migrations run beside workers, whose queries must not wait for them."""

import time
from collections.abc import Callable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from pathlib import Path

import psycopg
import pytest

from shared.postgres import migrate
from shared.testing.databases import Database

WAITS_AT_MOST = 1.5
"""Seconds that a query may wait behind a migration; the test's own lock time-out and some."""

Write = Callable[[str, str], None]


@pytest.fixture
def write(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Write:
    """`write("0001.words", "CREATE TABLE …")`: a migration of the service `library`."""
    monkeypatch.setattr(migrate, "ROOT", tmp_path)
    monkeypatch.setattr(migrate, "LOCK_MILLISECONDS", 200)
    monkeypatch.setattr(migrate, "PAUSE_SECONDS", 0.3)
    directory = tmp_path / "services/library/migrations"
    directory.mkdir(parents=True)

    def write(name: str, text: str) -> None:
        (directory / f"{name}.sql").write_text(text)

    return write


@pytest.fixture
def database(empty_database: Database, write: Write) -> Database:
    """With a table `words` that holds one word."""
    write("0001.words", "CREATE TABLE words (word text); INSERT INTO words VALUES ('kept');")
    assert migrate.migrate("library", empty_database.owner_url) == 1
    return empty_database


@pytest.fixture
def report(database: Database) -> Iterator[psycopg.Connection[tuple[str]]]:
    """A transaction that has read the table and goes on."""
    with psycopg.connect(database.url) as reading:
        reading.execute("SELECT word FROM words")
        yield reading


@pytest.fixture
def beside() -> Iterator[ThreadPoolExecutor]:
    with ThreadPoolExecutor() as threads:
        yield threads


def longest_query(database: Database, until: Callable[[], bool]) -> float:
    """Seconds that the slowest query of a worker took, of those that it made meanwhile."""
    slowest = 0.0
    while not until():
        asked = time.monotonic()
        with psycopg.connect(database.url, autocommit=True) as worker:
            worker.execute("SELECT word FROM words")
        slowest = max(slowest, time.monotonic() - asked)
    return slowest


def test_queries_go_on_while_a_migration_waits_for_a_long_transaction(
    database: Database, report: psycopg.Connection[tuple[str]], write: Write, beside: ThreadPoolExecutor
) -> None:
    write("0002.length", "ALTER TABLE words ADD COLUMN length integer;")
    migrating = beside.submit(migrate.migrate, "library", database.owner_url)
    reads_until = time.monotonic() + 2.5
    assert longest_query(database, lambda: time.monotonic() > reads_until) < WAITS_AT_MOST
    report.rollback()
    assert migrating.result(timeout=10) == 1
    assert migrate.migrate("library", database.owner_url) == 0


def test_a_migration_that_never_gets_its_table_says_so_and_leaves_nothing(
    database: Database, report: psycopg.Connection[tuple[str]], write: Write, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(migrate, "ATTEMPTS", 2)
    write("0002.length", "CREATE TABLE lengths (length integer); ALTER TABLE words ADD COLUMN length integer;")
    with pytest.raises(migrate.TableInUse, match=r"0002\.length needs a table"):
        migrate.migrate("library", database.owner_url)
    report.rollback()
    assert migrate.migrate("library", database.owner_url) == 1


def test_an_index_is_built_concurrently_while_another_migration_waits_for_its_turn(
    database: Database, write: Write, beside: ThreadPoolExecutor
) -> None:
    index = "DROP INDEX CONCURRENTLY IF EXISTS by_word; CREATE INDEX CONCURRENTLY by_word ON words (word);"
    write("0002.index", f"-- transactional: false\n{index}")
    with psycopg.connect(database.owner_url, autocommit=True) as first:
        first.execute("SELECT pg_advisory_lock(hashtext('ketenhuis migrations'))")
        runs: list[Future[int]] = [beside.submit(migrate.migrate, "library", database.owner_url) for _ in range(2)]
        time.sleep(1)
    assert sorted(run.result(timeout=20) for run in runs) == [0, 1]
    with psycopg.connect(database.owner_url) as connection:
        valid = connection.execute("SELECT indisvalid FROM pg_index WHERE indexrelid = 'by_word'::regclass")
        assert valid.fetchall() == [(True,)]
