"""A server program: how it is started, whoever starts it (a test, or a supervisor)."""

import os
import signal
import subprocess
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path


@dataclass(frozen=True, kw_only=True)
class Program:
    """A command that stays in the foreground until it is told to stop with SIGTERM, or with `stop_signal`."""

    name: str
    command: Sequence[str]
    directory: Path
    environment: Mapping[str, str] = field(default_factory=dict)
    user: str | None = None
    stop_signal: signal.Signals = signal.SIGTERM


@contextmanager
def running(program: Program, log: Path) -> Iterator[int]:
    """Runs it in a process group of its own, gives its process id, and stops all of the group at the end."""
    with log.open("ab") as output, _start(program, output.fileno()) as process:
        try:
            yield process.pid
        finally:
            _stop(process, program.stop_signal)


def _start(program: Program, output: int) -> subprocess.Popen[bytes]:
    return subprocess.Popen(  # noqa: S603
        program.command,
        cwd=program.directory,
        env={**os.environ, **program.environment},
        user=program.user,
        group=program.user,
        extra_groups=[] if program.user else None,
        stdin=subprocess.DEVNULL,
        stdout=output,
        stderr=output,
        start_new_session=True,
    )


def _stop(process: subprocess.Popen[bytes], stop_signal: signal.Signals) -> None:
    try:
        os.killpg(process.pid, stop_signal)
        process.wait(30)
    except ProcessLookupError:
        process.wait()
    except subprocess.TimeoutExpired:
        os.killpg(process.pid, signal.SIGKILL)
