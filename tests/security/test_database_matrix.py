"""Every role of every service tries what it may and may not do in every database of the cluster."""

from collections.abc import Iterator

import psycopg
import pytest
from psycopg import errors, sql

from deploy.databases import provide_service_database
from shared.testing.cluster import SUPERUSER, Cluster
from shared.testing.databases import Databases

SERVICES = ("intake", "weighing", "meetings", "aftercare", "reporting")
ROLES = [role for service in SERVICES for role in (service, f"{service}_owner")]
OF_THE_CLUSTER = ("postgres", "template1")
WORK = (
    "SELECT * FROM {table} LIMIT 0",
    "INSERT INTO {table} SELECT * FROM {table} LIMIT 0",
    "UPDATE {table} SET {column} = {column} WHERE false",
    "DELETE FROM {table} WHERE false",
)
APPENDED_TO = {"audit_log", "audit_seals"}
"""The service's own role adds rows to these and reads them, and changes none."""
OWNERS_WORK = (
    "TRUNCATE {table} CASCADE",
    "ALTER TABLE {table} ADD mine int",
    "ALTER TABLE {table} DISABLE TRIGGER USER",
    "ALTER TABLE {table} OWNER TO CURRENT_USER",
    "CREATE INDEX ON {table} ({column})",
    "CREATE TRIGGER mine BEFORE INSERT ON {table} EXECUTE FUNCTION suppress_redundant_updates_trigger()",
    "DROP TABLE {table} CASCADE",
)
OWNERS_DEFINITIONS = (
    "CREATE TABLE mine (id int)",
    "CREATE TEMPORARY TABLE mine (id int)",
    "CREATE VIEW mine AS SELECT 1",
    "CREATE FUNCTION mine() RETURNS int LANGUAGE sql AS 'SELECT 1'",
    "CREATE SCHEMA mine",
)
NOBODYS = (
    "SELECT * FROM pg_authid",
    "SELECT * FROM pg_shadow",
    "SELECT pg_read_file('PG_VERSION')",
    "SELECT lo_import('/etc/hostname')",
    "COPY (SELECT 1) TO PROGRAM 'true'",
    "COPY (SELECT 1) TO '/tmp/mine'",
    "CREATE ROLE mine",
    "ALTER ROLE CURRENT_USER CREATEDB",
    "ALTER ROLE CURRENT_USER BYPASSRLS",
    "SET session_replication_role = replica",
    "SELECT pg_reload_conf()",
)
NOBODYS_OUTSIDE_TRANSACTIONS = ("CREATE DATABASE mine", "ALTER SYSTEM SET fsync = off")


@pytest.fixture(scope="module")
def cluster(postgres: Cluster, databases: Databases) -> Cluster:
    """With every service's database as the platform makes it, migrated."""
    for service in SERVICES:
        with databases.migrated(service):
            provide_service_database(
                postgres.url(), service, password=postgres.password, owner_password=postgres.password
            )
    return postgres


def service_of(role: str) -> str:
    return role.removesuffix("_owner")


def may(connection: psycopg.Connection, statement: str, **names: str) -> bool:
    """Whether a role has the right to this, whatever else may hinder it; nothing of it stays."""
    identifiers = {key: sql.Identifier(name) for key, name in names.items()}
    try:
        with connection.transaction(force_rollback=True):
            connection.execute(sql.SQL(statement).format(**identifiers))
    except errors.InsufficientPrivilege:
        return False
    except psycopg.Error:
        return True
    return True


def tables_of(cluster: Cluster, service: str) -> dict[str, str]:
    """Every table of the service's database, and one of its columns."""
    query = (
        "SELECT table_name, min(column_name) FROM information_schema.columns"
        " JOIN information_schema.tables USING (table_schema, table_name)"
        " WHERE table_schema = 'public' AND table_type = 'BASE TABLE' GROUP BY 1"
    )
    with psycopg.connect(cluster.url(service)) as connection:
        return dict(connection.execute(query).fetchall())


@pytest.fixture
def inside(cluster: Cluster, role: str) -> Iterator[psycopg.Connection]:
    """The role's connection to its own database."""
    with psycopg.connect(cluster.url(service_of(role), role), autocommit=True) as connection:
        yield connection


@pytest.mark.parametrize("role", ROLES)
def test_a_role_enters_its_own_database_and_no_other(cluster: Cluster, role: str) -> None:
    entered = set()
    for database in (*SERVICES, *OF_THE_CLUSTER):
        try:
            psycopg.connect(cluster.url(database, role)).close()
        except psycopg.OperationalError as refusal:
            assert "permission denied for database" in str(refusal)
        else:
            entered.add(database)
    assert entered == {service_of(role)}


@pytest.mark.parametrize("role", ROLES)
def test_a_role_works_with_the_rows_of_every_table_and_only_an_owner_changes_tables(
    inside: psycopg.Connection, cluster: Cluster, role: str
) -> None:
    owns = role.endswith("_owner")
    promised = {*WORK, *(OWNERS_WORK if owns else ())}
    tables = tables_of(cluster, service_of(role))
    assert {"inbox", "outbox", *APPENDED_TO} < tables.keys()
    for table, column in tables.items():
        able = {each for each in (*WORK, *OWNERS_WORK) if may(inside, each, table=table, column=column)}
        assert able == ({*WORK[:2]} if table in APPENDED_TO and not owns else promised), table


@pytest.mark.parametrize("role", ROLES)
def test_only_an_owner_makes_something_new(inside: psycopg.Connection, role: str) -> None:
    able = {each for each in OWNERS_DEFINITIONS if may(inside, each)}
    assert able == (set(OWNERS_DEFINITIONS) if role.endswith("_owner") else set())


@pytest.mark.parametrize("role", ROLES)
def test_no_role_reaches_beyond_its_database(inside: psycopg.Connection, role: str) -> None:
    assert [each for each in NOBODYS if may(inside, each)] == []
    for statement in NOBODYS_OUTSIDE_TRANSACTIONS:
        with pytest.raises(errors.InsufficientPrivilege):
            inside.execute(statement.encode())


@pytest.mark.parametrize("role", ROLES)
def test_no_role_becomes_another(inside: psycopg.Connection, role: str) -> None:
    others = [name for name in (*ROLES, SUPERUSER) if name != role]
    assert [name for name in others if may(inside, "SET ROLE {name}", name=name)] == []
    assert [name for name in others if may(inside, "GRANT {name} TO CURRENT_USER", name=name)] == []
