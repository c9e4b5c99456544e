"""Deletes what has ended by itself: sessions, and drafts that nobody came back for."""

import threading

from psycopg import OperationalError
from psycopg_pool import PoolTimeout

from desk.drafts.store import DraftStore
from desk.parts import Parts
from desk.sessions.store import SessionStore
from shared.observability.logs import get_logger

EVERY_SECONDS = 600.0


def start_upkeep(made: Parts) -> None:
    """Now and then, in a thread that ends with the process."""
    threading.Thread(target=_keep_up, args=(made,), name="upkeep", daemon=True).start()


def clean_up(made: Parts) -> int:
    """Delete it once; gives the number of sessions and drafts. Raises OperationalError, PoolTimeout."""
    with made.database.transaction() as connection:
        sessions = SessionStore(connection, made.settings.session_key).forget_ended()
        return sessions + DraftStore(connection, made.settings.session_key).forget_old()


def _keep_up(made: Parts) -> None:
    while True:
        try:
            clean_up(made)
        except (OperationalError, PoolTimeout) as error:
            get_logger().warning("the database cannot be reached", error=error)
        threading.Event().wait(EVERY_SECONDS)
