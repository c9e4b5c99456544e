"""Free ports, and waiting until something is so."""

import os
import random
import socket
import time
from collections.abc import Callable

PORTS = range(*map(int, os.environ.get("TEST_PORTS", "20000 32000").split()))
"""Below what the kernel gives to outgoing connections, which could take one before its owner. Test runs side by side
have ports of their own."""


def is_free(port: int) -> bool:
    """Whether a server could listen on this port of 127.0.0.1."""
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind(("127.0.0.1", port))
        except OSError:
            return False
        return True


def free_ports(count: int) -> list[int]:
    """As many different ports as asked that nobody listens on now."""
    chosen: list[int] = []
    for port in random.sample(PORTS, len(PORTS)):
        if len(chosen) == count:
            break
        if is_free(port):
            chosen.append(port)
    return chosen


def wait_until(condition: Callable[[], bool], seconds: float, interval: float = 0.1) -> bool:
    """Asks until the answer is yes; False when it still was no after so many seconds.

    Asks soon at first, then every `interval` seconds: most of what a test waits for takes a few milliseconds.
    """
    deadline = time.monotonic() + seconds
    pause = interval / 16
    while not condition():
        if time.monotonic() > deadline:
            return False
        time.sleep(pause)
        pause = min(2 * pause, interval)
    return True
