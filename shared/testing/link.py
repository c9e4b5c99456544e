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
    """Clients that connect to `port` of 127.0.0.1 reach the target through a process of its own."""

    port: int
    _process: "subprocess.Popen[bytes]"

    @classmethod
    @contextmanager
    def to(cls, host: str, port: int, *, listen_on: int = 0) -> Iterator["Link"]:
        """A link to host and port that listens already, on a free port unless one is given.

        Raises ChildProcessError if it cannot listen there.
        """
        command = [sys.executable, "-m", "shared.testing.proxy", host, str(port), "--port", str(listen_on)]
        pipe = subprocess.PIPE
        # In a session of its own, so that Ctrl-C ends it only by the end of its stdin.
        with subprocess.Popen(command, cwd=ROOT, stdin=pipe, stdout=pipe, start_new_session=True) as process:  # noqa: S603
            yield cls(_answer(process)["port"], process)

    def cut(self) -> None:
        """Without a word: nothing passes or is acknowledged any more, and nobody hears a FIN or RST.

        Connections that live through it stay dead after `heal`. One that is opened meanwhile connects and waits; it is
        served after `heal`.
        """
        self._do("cut")

    def reset(self) -> None:
        """RST to both ends of every connection, dead ones as well. New ones work, even after `cut`."""
        self._do("reset")

    def slow(self, delay_seconds: float, bytes_per_second: float) -> None:
        """Each chunk later, and no more bytes than that in each direction of each connection; order is kept."""
        self._do("slow", delay_seconds=delay_seconds, bytes_per_second=bytes_per_second)

    def heal(self) -> None:
        """As at the start, but for connections that were cut."""
        self._do("heal")

    @property
    def connections(self) -> int:
        """How many it has accepted in all."""
        return int(self._do("count")["accepted"])

    @property
    def open_connections(self) -> int:
        """How many it forwards now."""
        return int(self._do("count")["open"])

    def _do(self, command: str, **how: float) -> Any:
        assert self._process.stdin is not None
        self._process.stdin.write(json.dumps({"do": command, **how}).encode() + b"\n")
        self._process.stdin.flush()
        return _answer(self._process)


def _answer(process: "subprocess.Popen[bytes]") -> Any:
    assert process.stdout is not None
    line = process.stdout.readline()
    if not line:
        raise ChildProcessError("The process of the link has ended.")
    return json.loads(line)
