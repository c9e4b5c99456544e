"""Connection pools that work under eventlet as well as in plain processes."""

import os
from typing import Any

from psycopg import Connection
from psycopg_pool import ConnectionPool

SERVERS_END = {
    "tcp_keepalives_idle": "10s",
    "tcp_keepalives_interval": "5s",
    "tcp_keepalives_count": 3,
    "tcp_user_timeout": "15s",
    "idle_in_transaction_session_timeout": "30s",
}
"""What the server is asked to do: else it keeps the locks of a client that was cut off, or stands still, for hours."""
LINK: dict[str, Any] = {
    "connect_timeout": 5,
    "keepalives_idle": 10,
    "keepalives_interval": 5,
    "keepalives_count": 3,
    "tcp_user_timeout": 15_000,
    "options": " ".join(f"-c {name}={value}" for name, value in SERVERS_END.items()),
}
"""A link that was cut without a word is noticed at both ends within half a minute (times in s and ms)."""
HOLDERS_LINK = LINK | {"options": f"{LINK['options']} -c idle_session_timeout=15s"}
"""For who holds locks and asks something every second: while it stands still, it would keep them otherwise."""

EVENTLET_WAIT_FUNCS = {"wait_selector", "wait_select"}


def open_pool(database_url: str, *, min_size: int = 1, max_size: int = 8) -> ConnectionPool[Connection[Any]]:
    """A pool whose connections are checked before use, so that a restart of the database costs no request.

    It opens in the background: a process may start before its database answers.
    """
    _assert_cooperative()
    return ConnectionPool(
        database_url,
        min_size=min_size,
        max_size=max_size,
        timeout=10.0,
        check=ConnectionPool.check_connection,
        kwargs={"application_name": "ketenhuis", **LINK},
        open=True,
    )


def _assert_cooperative() -> None:
    """Under eventlet, psycopg's own C wait would freeze every greenlet of the process."""
    from eventlet.patcher import is_monkey_patched

    if is_monkey_patched("socket") and os.environ.get("PSYCOPG_WAIT_FUNC") not in EVENTLET_WAIT_FUNCS:
        raise RuntimeError(f"set PSYCOPG_WAIT_FUNC to one of {sorted(EVENTLET_WAIT_FUNCS)} before psycopg is imported")
