"""Connection pools that work under eventlet."""

import os

from psycopg_pool import ConnectionPool

from shared.postgres.cooperative import CooperativeConnection, check
from shared.postgres.link import LINK

EVENTLET_WAIT_FUNCS = {"wait_selector", "wait_select"}


def open_pool(database_url: str, *, min_size: int = 1, max_size: int = 8) -> ConnectionPool[CooperativeConnection]:
    """A pool that checks a connection before use, so that no request fails after a restart of the database.

    Opens in the background: a process may start before its database.
    """
    _assert_cooperative()
    return ConnectionPool(
        database_url,
        min_size=min_size,
        max_size=max_size,
        timeout=10.0,
        connection_class=CooperativeConnection,
        check=check,
        kwargs={"application_name": "ketenhuis", **LINK},
        open=True,
    )


def _assert_cooperative() -> None:
    """Under eventlet, psycopg's C wait function would block all greenlets of the process."""
    from eventlet.patcher import is_monkey_patched

    if is_monkey_patched("socket") and os.environ.get("PSYCOPG_WAIT_FUNC") not in EVENTLET_WAIT_FUNCS:
        raise RuntimeError(f"set PSYCOPG_WAIT_FUNC to one of {sorted(EVENTLET_WAIT_FUNCS)} before psycopg is imported")
