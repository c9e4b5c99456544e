"""Whether a database can write: its disk may be full, or it may be a standby that can only be read."""

from typing import Any

from psycopg import Connection, OperationalError
from psycopg.errors import DiskFull, ReadOnlySqlTransaction

CANNOT_WRITE = (DiskFull, ReadOnlySqlTransaction)
"""What a statement raises then."""
LITTLE_MEMORY = "SET LOCAL work_mem = '64kB'"
SORTED_ON_DISK = """
SELECT count(*)
FROM (SELECT repeat('x', 200) || number AS line FROM generate_series(1, 5000) AS number ORDER BY line) AS sorted
"""
"""A megabyte, which is deleted at once."""


def may_write(connection: Connection[Any]) -> bool:
    """Whether the database takes writes, as far as it knows: it does not know that its disk is full."""
    row = connection.execute("SELECT current_setting('transaction_read_only') = 'off'").fetchone()
    return bool(row and row[0])


def can_write(connection: Connection[Any]) -> bool:
    """Whether the database takes writes and has room for them."""
    return may_write(connection) and has_room(connection)


def has_room(connection: Connection[Any]) -> bool:
    """Whether there is room for a megabyte on the database's disk. Takes some milliseconds; leaves nothing behind."""
    try:
        with connection.transaction(force_rollback=True):
            connection.execute(LITTLE_MEMORY)
            connection.execute(SORTED_ON_DISK)
    except OperationalError as error:
        if error.sqlstate is None or error.sqlstate[:2] != "53":
            raise
        return False
    return True
