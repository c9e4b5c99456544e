"""PostgreSQL connections under eventlet: other greenlets run while a statement waits for the server."""

from collections.abc import Generator
from functools import cache
from typing import Any, TypeVar

from eventlet.patcher import original
from psycopg.abc import PQGen
from psycopg.waiting import Ready, Wait
from psycopg_pool import ConnectionPool

from shared.postgres.lasting import LastingConnection

T = TypeVar("T")

_select: Any = original("select")
_POLL_EVENTS = {Wait.R: _select.POLLIN, Wait.W: _select.POLLOUT, Wait.RW: _select.POLLIN | _select.POLLOUT}


class CooperativeConnection(LastingConnection):
    """Polls the socket before it waits in eventlet's hub.

    In a pipeline, psycopg waits twice per statement until the socket is writable. Nearly always it is, and a poll is
    much cheaper than a turn of the hub.
    """

    def wait(self, gen: PQGen[T], *args: Any, **options: Any) -> T:
        return super().wait(_waits(gen, self.pgconn.socket), *args, **options)


def check(connection: CooperativeConnection) -> None:
    """Raises psycopg.Error if an idle connection was closed. A closed socket is readable, so this costs one poll."""
    if _ready(connection.pgconn.socket, Wait.R):
        ConnectionPool.check_connection(connection)


def _waits(steps: PQGen[T], socket: int) -> Generator[Wait, "Ready | int", T]:
    """The steps of psycopg's generator for which the socket is not ready yet."""
    try:
        wanted = next(steps)
        while True:
            wanted = steps.send(_ready(socket, wanted) or (yield wanted))
    except StopIteration as end:
        return end.value  # type: ignore[no-any-return]


def _ready(socket: int, wanted: Wait) -> int:
    """The current state of the socket as psycopg's `Ready`; 0 if not ready. A broken socket is readable."""
    ready = 0
    for _, events in _poll(socket, wanted).poll(0):
        ready |= Ready.W if events & _select.POLLOUT else 0
        ready |= Ready.R if events & ~_select.POLLOUT else 0
    return ready


@cache
def _poll(socket: int, wanted: Wait) -> Any:
    """It names the socket by number, so it also serves a later socket with the same number."""
    poll = _select.poll()
    poll.register(socket, _POLL_EVENTS[wanted])
    return poll
