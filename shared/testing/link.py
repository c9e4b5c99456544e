"""A TCP link that a test can cut, reset and slow down."""

import json
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

ROOT = Path(__file__).parents[2]


@dataclass(frozen=True)
class Link:
    """A proxy in a separate process: forwards connections from `port` of 127.0.0.1 to the target."""

    port: int
    _process: "subprocess.Popen[bytes]"

    @classmethod
    @contextmanager
    def to(cls, host: str, port: int, *, listen_on: int = 0) -> Iterator["Link"]:
        """Start a link to host and port; it listens when the block begins. listen_on: a port; 0 for a free one.

        Raises ChildProcessError if the link cannot listen on the port.
        """
        command = [sys.executable, "-m", "shared.testing.proxy", host, str(port), "--port", str(listen_on)]
        pipe = subprocess.PIPE
        # In its own session, so that Ctrl-C does not end it; the end of its stdin does.
        with subprocess.Popen(command, cwd=ROOT, stdin=pipe, stdout=pipe, start_new_session=True) as process:  # noqa: S603
            yield cls(_answer(process)["port"], process)

    def cut(self) -> None:
        """Cut the link silently: no byte passes or is acknowledged, and neither end gets a FIN or RST.

        Connections from before the cut stay dead after `heal`. A new connection is accepted by the kernel, and waits
        until `heal`.
        """
        self._do("cut")

    def reset(self) -> None:
        """Send RST to both ends of all connections, dead ones included. New connections work, even after `cut`."""
        self._do("reset")

    def slow(self, delay_seconds: float, bytes_per_second: float) -> None:
        """Delay each chunk, and limit the rate of each direction of each connection; order is kept."""
        self._do("slow", delay_seconds=delay_seconds, bytes_per_second=bytes_per_second)

    def heal(self) -> None:
        """Restore the normal state; connections that were cut stay dead."""
        self._do("heal")

    @property
    def connections(self) -> int:
        """The number of connections accepted so far."""
        return int(self._do("count")["accepted"])

    @property
    def open_connections(self) -> int:
        """The number of connections that are forwarded now."""
        return int(self._do("count")["open"])

    def _do(self, command: str, **parameters: float) -> Any:
        assert self._process.stdin is not None
        self._process.stdin.write(json.dumps({"do": command, **parameters}).encode() + b"\n")
        self._process.stdin.flush()
        return _answer(self._process)


def _answer(process: "subprocess.Popen[bytes]") -> Any:
    assert process.stdout is not None
    line = process.stdout.readline()
    if not line:
        raise ChildProcessError("The process of the link has ended.")
    return json.loads(line)
