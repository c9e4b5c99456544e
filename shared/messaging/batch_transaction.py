"""The transaction of a batch: in a pipeline, or step by step. Crash points stand before and after its commit."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from psycopg import Connection, InterfaceError, OperationalError
from psycopg.errors import IdleInTransactionSessionTimeout

from shared import crash_points
from shared.crash_points import CrashPoint

DATABASE_FAILURES = {"08", "40", "53", "55", "57", "58"}
"""SQLSTATE classes of a failing or overloaded database: the batch is retried, and no message is blamed."""


@contextmanager
def transaction(connection: Connection[Any]) -> Iterator[None]:
    with connection.transaction():
        yield
        crash_points.passing(CrashPoint.BEFORE_BATCH_COMMIT)
    crash_points.passing(CrashPoint.AFTER_BATCH_COMMIT)


@contextmanager
def pipeline(connection: Connection[Any]) -> Iterator[None]:
    """A transaction with few round trips: BEGIN is sent with the first statement, COMMIT with the last."""
    try:
        with connection.pipeline():
            if connection.autocommit:
                connection.execute("BEGIN")  # otherwise psycopg puts it before the first statement
            yield
            crash_points.passing(CrashPoint.BEFORE_BATCH_COMMIT)
            end = connection.execute("COMMIT")
        if end.statusmessage != "COMMIT":
            raise RuntimeError("an error of the database was swallowed")
    except Exception:
        connection.rollback()
        raise
    crash_points.passing(CrashPoint.AFTER_BATCH_COMMIT)


def is_database_failure(error: Exception) -> bool:
    """Whether the database failed, and not the message. A lost connection has no SQLSTATE."""
    if isinstance(error, IdleInTransactionSessionTimeout):  # an InternalError, though the connection is lost
        return True
    if not isinstance(error, OperationalError | InterfaceError):
        return False
    return error.sqlstate is None or error.sqlstate[:2] in DATABASE_FAILURES
