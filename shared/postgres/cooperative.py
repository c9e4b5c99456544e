"""Connections under eventlet: other greenlets run while one waits, and only then."""

from collections.abc import Generator
from typing import Any, TypeVar

from eventlet.patcher import original
from psycopg import Connection
from psycopg.abc import PQGen
from psycopg.waiting import Ready, Wait
from psycopg_pool import ConnectionPool

T = TypeVar("T")

_select: Any = original("select")
_ASKED = {Wait.R: _select.POLLIN, Wait.W: _select.POLLOUT, Wait.RW: _select.POLLIN | _select.POLLOUT}


class CooperativeConnection(Connection[Any]):
    """Asks the kernel before it asks eventlet's hub.

    psycopg asks twice for each statement of a pipeline whether it may write. It nearly always may, and a turn of the
    hub costs as much as many such questions.
    """

    def wait(self, gen: PQGen[T], *args: Any, **options: Any) -> T:
        return super().wait(_unanswered(gen, self.pgconn.socket), *args, **options)


def check(connection: Connection[Any]) -> None:
    """Raises psycopg.Error when an idle connection was ended: then there is something to read, if only the end."""
    if _ready(connection.pgconn.socket, Wait.R):
        ConnectionPool.check_connection(connection)


def _unanswered(steps: PQGen[T], socket: int) -> Generator[Wait, "Ready | int", T]:
    """The steps that have to be waited for."""
    try:
        wanted = next(steps)
        while True:
            wanted = steps.send(_ready(socket, wanted) or (yield wanted))
    except StopIteration as end:
        return end.value  # type: ignore[no-any-return]


def _ready(socket: int, wanted: Wait) -> int:
    """What the socket is ready for at this moment, as psycopg's `Ready`. What is broken can be read: it says so."""
    poll = _select.poll()
    poll.register(socket, _ASKED[wanted])
    ready = 0
    for _, events in poll.poll(0):
        ready |= Ready.W if events & _select.POLLOUT else 0
        ready |= Ready.R if events & ~_select.POLLOUT else 0
    return ready
