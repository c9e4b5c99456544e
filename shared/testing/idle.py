"""Clients that connect, and then leave a server waiting."""

import resource
import socket
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager


@contextmanager
def idle_connections(port: int, count: int, first: bytes = b"") -> Iterator[list[socket.socket]]:
    """`count` connections at once to a port of 127.0.0.1, each of which sends `first` and nothing more."""
    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    resource.setrlimit(resource.RLIMIT_NOFILE, (hard, hard))
    with ExitStack() as opened:
        opened.callback(resource.setrlimit, resource.RLIMIT_NOFILE, (soft, hard))
        connections = []
        for _ in range(count):
            connections.append(opened.enter_context(socket.create_connection(("127.0.0.1", port), timeout=10)))
            connections[-1].sendall(first)
        yield connections
