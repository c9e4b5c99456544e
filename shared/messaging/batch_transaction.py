"""The transaction of a batch: in a pipeline, or step by step. Crash points stand before and after its commit."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from psycopg import Connection

from shared import crash_points
from shared.crash_points import CrashPoint


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
