"""Migrates the database of a service or of the desk: `python -m shared.postgres.migrate <service>`.

Applies the migrations of SHARED (not for the desk), then its own, as the owner role of
MIGRATION_DATABASE_URL. Refuses an applied migration whose file has changed: yoyo stores names only, so checksums are
stored here.

Workers go on meanwhile. A migration that waits for a table makes every later query on this table wait, so it gives up
after LOCK_MILLISECONDS, lets these queries through, and tries again.
"""

import hashlib
import os
import sys
import time
from collections.abc import Iterable
from pathlib import Path

import psycopg
from psycopg.errors import LockNotAvailable
from yoyo import get_backend, read_migrations
from yoyo.backends import DatabaseBackend
from yoyo.migrations import Migration, MigrationList

ROOT = Path(__file__).resolve().parents[2]

SHARED = ("shared/messaging/migrations", "shared/aliases/migrations")
"""The migrations of every service."""

LOCK_MILLISECONDS = 2_000
"""So long at most do queries wait behind a migration that waits for their table."""
PAUSE_SECONDS = 1.0
ATTEMPTS = 100
"""Over five minutes: longer than any transaction of a service takes."""


class ChangedMigration(Exception):
    """The file of an applied migration has changed."""


class TableInUse(Exception):
    """A migration got no lock on a table, at any attempt."""


def migrate(service: str, database_url: str) -> int:
    """Apply new migrations, and return their number. Raises ChangedMigration, TableInUse, psycopg.Error."""
    directories = directories_of(service)
    backend = get_backend(_with_lock_timeout(database_url))
    with psycopg.connect(database_url, autocommit=True) as connection:
        _wait_for_others(connection)
        migrations = read_migrations(*(str(directory) for directory in directories))
        pending = backend.to_apply(migrations)
        _check_unchanged(connection, migrations)
        for migration in pending:
            _apply(backend, migration)
        _store_checksums(connection, migrations)
    return len(pending)


def directories_of(service: str) -> tuple[Path, ...]:
    """Where the migrations of a service are, or of the desk, which has no messages. Empty for an unknown name."""
    own = ROOT / "services" / service / "migrations"
    if own.is_dir():
        return (*(ROOT / directory for directory in SHARED), own)
    return tuple(filter(Path.is_dir, [ROOT / service / "migrations"]))


def _with_lock_timeout(database_url: str) -> str:
    """The URL for yoyo, of a session that waits no longer than LOCK_MILLISECONDS for a lock."""
    separator = "&" if "?" in database_url else "?"
    url = database_url.replace("postgresql://", "postgresql+psycopg://", 1)
    return f"{url}{separator}options=-c%20lock_timeout%3D{LOCK_MILLISECONDS}"


def _wait_for_others(connection: psycopg.Connection[tuple[bool]]) -> None:
    """Take a lock that only one migration of this database has, and that goes with the session.

    yoyo's own lock is a row, which would outlive a killed migration. This one is asked for again and again: a session
    that waits in a query holds a snapshot, and an index that is built concurrently waits for all snapshots.
    """
    take = "SELECT pg_try_advisory_lock(hashtext('ketenhuis migrations'))"
    while connection.execute(take).fetchone() != (True,):
        time.sleep(PAUSE_SECONDS)


def _apply(backend: DatabaseBackend, migration: Migration) -> None:
    """Raises TableInUse."""
    for _ in range(ATTEMPTS):
        try:
            backend.apply_migrations(MigrationList([migration]))
            return
        except LockNotAvailable:
            time.sleep(PAUSE_SECONDS)
    raise TableInUse(f"{migration.id} needs a table that a transaction has held all the time: end that and try again")


def _checksum(migration: Migration) -> str:
    return hashlib.sha256(Path(migration.path).read_bytes()).hexdigest()


def _check_unchanged(connection: psycopg.Connection[tuple[str, str]], migrations: Iterable[Migration]) -> None:
    connection.execute("CREATE TABLE IF NOT EXISTS migration_checksum (name text PRIMARY KEY, sha256 text NOT NULL)")
    applied: dict[str, str] = dict(connection.execute("SELECT name, sha256 FROM migration_checksum").fetchall())
    for migration in migrations:
        if applied.get(migration.id, _checksum(migration)) != _checksum(migration):
            raise ChangedMigration(f"{migration.id} was applied and has changed since: write a new migration instead")


def _store_checksums(connection: psycopg.Connection[tuple[str, str]], migrations: Iterable[Migration]) -> None:
    for migration in migrations:
        connection.execute(
            "INSERT INTO migration_checksum VALUES (%s, %s) ON CONFLICT DO NOTHING",
            (migration.id, _checksum(migration)),
        )


if __name__ == "__main__":
    if len(sys.argv) != 2 or not directories_of(sys.argv[1]):
        sys.exit("usage: python -m shared.postgres.migrate <service>")
    try:
        count = migrate(sys.argv[1], os.environ["MIGRATION_DATABASE_URL"])
    except KeyError:
        sys.exit("MIGRATION_DATABASE_URL is not set")
    except (ChangedMigration, TableInUse, psycopg.Error) as error:
        sys.exit(f"{sys.argv[1]}: {error}")
    sys.stdout.write(f"{sys.argv[1]}: {count} migrations applied\n")
