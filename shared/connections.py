"""The open connections of an HTTP server, bounded in number and in time, so that no stranger keeps others out."""

import socket
import time
from collections.abc import Callable
from contextlib import suppress
from typing import Literal, get_args

Step = Literal["idle", "request", "answer"]
STEPS: tuple[Step, ...] = get_args(Step)
MOST_OF_A_WORKER = 256
"""A process may have 1,024 files open, and needs some for its database, its broker and its log."""
MOST_OF_A_RELAY = 32
"""Of its health and metrics. Each takes a thread."""
STEP_SECONDS = 60.0
"""The time for each step of a connection: to wait for a request, to read a request, to write an answer."""


class Connection:
    """One open connection. step: what is up to the client; since when, or None while the server works on an answer.

    is_late: the client did not send its request in time.
    """

    def __init__(self, client: socket.socket) -> None:
        self._client = client
        self.is_late = False
        self.begin_step("idle")

    def begin_step(self, step: Step) -> None:
        """The client has STEP_SECONDS from now on."""
        self.step = step
        self.since: float | None = time.monotonic()

    def wait_for_answer(self) -> None:
        """The client has sent a whole request: nothing is up to the client until the answer is there."""
        self.since = None

    def stop_reading(self) -> None:
        """End what the client sends. The thread or greenlet that reads notices, and may still tell the client."""
        self.is_late = True
        self.begin_step("answer")
        with suppress(OSError):
            self._client.shutdown(socket.SHUT_RD)

    def cut_off(self) -> None:
        """End the connection. The thread or greenlet that reads or writes notices, and closes the socket."""
        with suppress(OSError):
            self._client.shutdown(socket.SHUT_RDWR)


def too_late() -> str:
    """What a client is told whose request was not whole in time."""
    return f"The request was not whole within {STEP_SECONDS:.0f} seconds."


class Connections:
    """All open connections of a server. When there are too many, the one whose step began first is cut off.

    on_cut_off: told the step in which a connection was cut off.
    """

    def __init__(self, most: int, on_cut_off: Callable[[Step], object] = lambda step: None) -> None:
        self._most = most
        self._on_cut_off = on_cut_off
        self._open: set[Connection] = set()

    def add(self, client: socket.socket) -> Connection:
        """A new connection. Cut off at once if every other connection waits for an answer."""
        connection = Connection(client)
        self._open.add(connection)
        if len(self._open) > self._most:
            stalling = [(other.since, other) for other in self._open.copy() if other.since is not None]
            self._cut_off(min(stalling, key=lambda each: each[0])[1])
        return connection

    def remove(self, connection: Connection) -> None:
        self._open.discard(connection)

    def cut_off_overdue(self) -> None:
        """To be called every second or so."""
        began = time.monotonic() - STEP_SECONDS
        for connection in self._open.copy():
            if connection.since is None or connection.since >= began:
                continue
            if connection.step == "answer":
                self._cut_off(connection)
            else:
                self._on_cut_off(connection.step)
                connection.stop_reading()

    def _cut_off(self, connection: Connection) -> None:
        connection.cut_off()
        self._on_cut_off(connection.step)
        self.remove(connection)
