"""The desk's own database: sessions and drafts, nothing of the domain."""

from contextlib import AbstractContextManager

from psycopg_pool import ConnectionPool

from shared.postgres.lasting import LastingConnection
from shared.postgres.link import LINK

MOST_CONNECTIONS = 10
PATIENCE_SECONDS = 5.0


class Database:
    """A pool of connections. Opens in the background: the desk may start before its database."""

    def __init__(self, url: str, patience_seconds: float = PATIENCE_SECONDS) -> None:
        self._pool = ConnectionPool(
            url,
            min_size=1,
            max_size=MOST_CONNECTIONS,
            timeout=patience_seconds,
            connection_class=LastingConnection,
            check=ConnectionPool.check_connection,
            kwargs={"application_name": "ketenhuis", **LINK},
            open=True,
        )

    def transaction(self) -> AbstractContextManager[LastingConnection]:
        """A connection, whose transaction commits at the end of the block. Raises psycopg.OperationalError."""
        return self._pool.connection()

    def close(self) -> None:
        self._pool.close()
