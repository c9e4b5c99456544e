"""What a service's database role may do, against a real PostgreSQL."""

from contextlib import suppress

import psycopg
import pytest
from psycopg import errors

from shared.postgres.roles import provide_role, renew_password
from shared.testing.cluster import Cluster
from shared.testing.databases import Database, Databases
from shared.testing.waiting import wait_until


@pytest.fixture
def with_table(empty_database: Database) -> Database:
    with psycopg.connect(empty_database.owner_url) as owner:
        owner.execute("CREATE TABLE notes (id bigint GENERATED ALWAYS AS IDENTITY, words text)")
        owner.execute("CREATE TABLE numbers (id bigserial, words text)")
    return empty_database


def test_a_service_works_with_the_rows_of_tables_that_a_migration_makes(with_table: Database) -> None:
    with psycopg.connect(with_table.url) as service:
        for table in (b"notes", b"numbers"):
            service.execute(b"INSERT INTO " + table + b" (words) VALUES ('one')")
            service.execute(b"UPDATE " + table + b" SET words = 'two'")
            assert service.execute(b"SELECT words FROM " + table).fetchall() == [("two",)]
            service.execute(b"DELETE FROM " + table)


@pytest.mark.parametrize(
    "statement",
    [
        "DROP TABLE notes",
        "TRUNCATE notes",
        "ALTER TABLE notes ADD more text",
        "CREATE TABLE mine (id int)",
        "CREATE TEMPORARY TABLE mine (id int)",
        "CREATE SCHEMA mine",
    ],
)
def test_a_service_changes_no_table(with_table: Database, statement: str) -> None:
    with psycopg.connect(with_table.url) as service, pytest.raises(errors.InsufficientPrivilege):
        service.execute(statement.encode())


def test_a_service_cannot_enter_another_services_database(postgres: Cluster, databases: Databases) -> None:
    for service in ("one", "two"):
        databases.make_template(service)
    with pytest.raises(psycopg.OperationalError, match="permission denied"):
        psycopg.connect(postgres.url("one", role="two"))


def test_a_password_is_in_no_statement_and_so_in_no_log(postgres: Cluster) -> None:
    with psycopg.connect(postgres.url(), autocommit=True) as administrator:
        administrator.execute("SET log_statement = 'all'")
        provide_role(administrator, "newcomer", "hush-hush")
    log = (postgres.directory.parent / "log").read_text()
    assert 'ALTER ROLE "newcomer" PASSWORD' in log
    assert "hush-hush" not in log


def test_a_superuser_gets_a_new_password_with_the_former_one(postgres: Cluster) -> None:
    with psycopg.connect(postgres.url(), autocommit=True) as administrator:
        administrator.execute("CREATE ROLE chief SUPERUSER LOGIN PASSWORD 'former'")
    new, former = (postgres.url(role="chief", password=password) for password in ("new", "former"))
    for _ in range(2):
        renew_password(new, former)
        psycopg.connect(new).close()
    with pytest.raises(psycopg.OperationalError):
        psycopg.connect(former)


def test_every_test_gets_an_empty_database(empty_database: Database) -> None:
    with psycopg.connect(empty_database.owner_url) as owner:
        assert owner.execute("SELECT count(*) FROM pg_tables WHERE schemaname = 'public'").fetchone() == (0,)


def test_no_value_of_a_row_reaches_the_log_of_postgresql(with_table: Database, postgres: Cluster) -> None:
    """Neither in an error's text, nor in its detail, nor with a statement, also when a connection is ended."""
    log = postgres.directory.with_name("log")
    with psycopg.connect(with_table.owner_url) as owner:
        owner.execute("CREATE TABLE people (name text UNIQUE, born date, CHECK (name <> 'Checksma'))")
    with psycopg.connect(with_table.url, autocommit=True) as service:
        for name, born in (
            ("Uniqueman", "1990-01-01"),
            ("Uniqueman", "1990-01-01"),
            ("Checksma", None),
            (None, "Bornstra"),
        ):
            with suppress(errors.IntegrityError, errors.DataError):
                service.execute("INSERT INTO people VALUES (%s, %s)", [name, born])
        with psycopg.connect(postgres.url(), autocommit=True) as administrator:
            administrator.execute("DO $$ BEGIN RAISE LOG 'up to here'; END $$")
            administrator.execute("SELECT pg_terminate_backend(%s, 5000)", [service.info.backend_pid])
    assert wait_until(lambda: "terminating connection" in log.read_text(), 5)
    said = log.read_text()
    assert "up to here" in said
    assert [word for word in ("Uniqueman", "Checksma", "Bornstra", "INSERT INTO people") if word in said] == []
