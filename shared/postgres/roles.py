"""The database of a service: an owner role for migrations, and a role that can only read and write rows."""

from contextlib import suppress
from typing import LiteralString
from urllib.parse import unquote, urlsplit

import psycopg
from psycopg import sql

ROLE_EXISTS = "SELECT FROM pg_roles WHERE rolname = %s"
DATABASE_EXISTS = "SELECT FROM pg_database WHERE datname = %s"
NO_VALUES_IN_THE_LOG = """
ALTER ROLE {role} SET log_min_messages = fatal;
ALTER ROLE {role} SET log_min_error_statement = panic;
ALTER ROLE {role} SET log_parameter_max_length = 0
"""
"""PostgreSQL logs no error of a statement, as its text may hold a value: `invalid input syntax for type date: "Jans"`.
The process that sent the statement logs the kind of error. If slow statements are logged, their values are left out."""
CONNECT = """
REVOKE ALL ON DATABASE {database}, postgres, template1 FROM PUBLIC;
GRANT CONNECT ON DATABASE {database} TO {role}
"""
WORK = """
ALTER SCHEMA public OWNER TO {owner};
REVOKE ALL ON SCHEMA public FROM PUBLIC;
GRANT USAGE ON SCHEMA public TO {role};
ALTER DEFAULT PRIVILEGES FOR ROLE {owner} IN SCHEMA public GRANT SELECT, INSERT, UPDATE, DELETE ON TABLES TO {role};
ALTER DEFAULT PRIVILEGES FOR ROLE {owner} IN SCHEMA public GRANT USAGE ON SEQUENCES TO {role}
"""


def owner_of(role: str) -> str:
    """The name of the owner role, given the service's role."""
    return f"{role}_owner"


def provide_role(administrator: psycopg.Connection, role: str, password: str) -> None:
    """Create the login role unless it exists, set its password, and keep values out of PostgreSQL's log."""
    if administrator.execute(ROLE_EXISTS, [role]).fetchone() is None:
        _execute(administrator, "CREATE ROLE {role} LOGIN", role=role)
    _set_password(administrator, role, password)
    _execute(administrator, NO_VALUES_IN_THE_LOG, role=role)


def renew_password(url: str, former_url: str) -> None:
    """Set the password in a superuser's URL, if the server knows only the one in the former URL."""
    with suppress(psycopg.OperationalError):
        psycopg.connect(url).close()
        return
    login = urlsplit(url)
    with psycopg.connect(former_url, autocommit=True) as administrator:
        _set_password(administrator, unquote(login.username or ""), unquote(login.password or ""))


def provide_database(administrator: psycopg.Connection, database: str, role: str, template: str = "template0") -> None:
    """Create the database unless it exists, and admit only the role and its owner.

    Also closes the databases postgres and template1, which by default admit every role. administrator: a superuser's
    connection in autocommit.
    """
    if administrator.execute(DATABASE_EXISTS, [database]).fetchone() is None:
        names = {"database": database, "owner": owner_of(role), "template": template}
        _execute(administrator, "CREATE DATABASE {database} OWNER {owner} TEMPLATE {template}", **names)
    _execute(administrator, CONNECT, database=database, role=role)


def grant_work(administrator: psycopg.Connection, role: str) -> None:
    """In the connected database, grant the role access to the rows of all tables that the owner will create."""
    _execute(administrator, WORK, role=role, owner=owner_of(role))


def _set_password(administrator: psycopg.Connection, role: str, password: str) -> None:
    """Send only what the server keeps: a statement with the password itself could come into a log."""
    kept = administrator.pgconn.encrypt_password(password.encode(), role.encode(), b"scram-sha-256").decode()
    change = sql.SQL("ALTER ROLE {} PASSWORD {}")
    administrator.execute(change.format(sql.Identifier(role), sql.Literal(kept)))


def _execute(administrator: psycopg.Connection, query: LiteralString, **names: str) -> None:
    identifiers = {key: sql.Identifier(name) for key, name in names.items()}
    administrator.execute(sql.SQL(query).format(**identifiers))
