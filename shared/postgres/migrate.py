"""Migrates a service's database: `python -m shared.postgres.migrate <service>`.

Applies the migrations of shared/messaging, then the service's own, as the owner role of MIGRATION_DATABASE_URL. Refuses
an applied migration whose file has changed: yoyo stores names only, so checksums are stored here.
"""

import hashlib
import os
import sys
from collections.abc import Iterable
from pathlib import Path

import psycopg
from yoyo import get_backend, read_migrations
from yoyo.migrations import Migration, MigrationList

ROOT = Path(__file__).resolve().parents[2]


class ChangedMigration(Exception):
    """The file of an applied migration has changed."""


def migrate(service: str, database_url: str) -> int:
    """Apply new migrations, and return their number. Raises ChangedMigration, psycopg.Error."""
    directories = (ROOT / "shared/messaging/migrations", ROOT / "services" / service / "migrations")
    backend = get_backend(database_url.replace("postgresql://", "postgresql+psycopg://", 1))
    with psycopg.connect(database_url, autocommit=True) as connection:
        # yoyo's own lock is a row, which would outlive a killed migration
        connection.execute("SELECT pg_advisory_lock(hashtext('ketenhuis migrations'))")
        migrations = read_migrations(*(str(directory) for directory in directories))
        pending = backend.to_apply(migrations)
        _check_unchanged(connection, migrations)
        backend.apply_migrations(MigrationList(pending))
        _store_checksums(connection, migrations)
    return len(pending)


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
    if len(sys.argv) != 2 or not (ROOT / "services" / sys.argv[1]).is_dir():
        sys.exit("usage: python -m shared.postgres.migrate <service>")
    try:
        count = migrate(sys.argv[1], os.environ["MIGRATION_DATABASE_URL"])
    except KeyError:
        sys.exit("MIGRATION_DATABASE_URL is not set")
    except (ChangedMigration, psycopg.Error) as error:
        sys.exit(f"{sys.argv[1]}: {error}")
    sys.stdout.write(f"{sys.argv[1]}: {count} migrations applied\n")
