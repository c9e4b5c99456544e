"""A server program: how it is started, whoever starts it (a test, or a supervisor)."""

import os
import signal
import subprocess
import sys
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import ExitStack, contextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path

from shared.testing import leftovers
from shared.testing.guard import guarded

INHERITED = ("PATH", "HOME", "LANG", "LC_ALL", "TMPDIR")


@dataclass(frozen=True, kw_only=True)
class Program:
    """A command that stays in the foreground until it is told to stop with SIGTERM, or with `stop_signal`."""

    name: str
    command: Sequence[str]
    directory: Path
    environment: Mapping[str, str] = field(default_factory=dict)
    user: str | None = None
    stop_signal: signal.Signals = signal.SIGTERM


def inherited() -> dict[str, str]:
    """What a program takes over of the environment of whoever starts it."""
    return {name: os.environ[name] for name in INHERITED if name in os.environ}


@contextmanager
def running(program: Program, log: Path, *, throw_away: Sequence[Path] = ()) -> Iterator[int]:
    """Runs it in a process group of its own, gives its process id, and stops all of the group at the end.

    The program also stops when this process is killed; the directories `throw_away` are deleted after that.
    """
    with running_together([program], lambda _: log, throw_away=throw_away) as pids:
        yield pids[program.name]


@contextmanager
def running_together(
    programs: Sequence[Program], log_of: Callable[[Program], Path], *, throw_away: Sequence[Path] = ()
) -> Iterator[Mapping[str, int]]:
    """The same for several: gives the process ids by name, and stops them all at once."""
    with ExitStack() as opened:
        started: list[tuple[Program, subprocess.Popen[bytes]]] = []
        try:
            for program in programs:
                process = opened.enter_context(_logged(program, log_of(program)))
                started.append((program, process))
                opened.enter_context(guarded(_clean_up(program, process, throw_away), Path("/")))
            yield {program.name: process.pid for program, process in started}
        finally:
            for program, process in started:
                _tell(process, program.stop_signal)
            for _, process in started:
                _wait_for(process)


@contextmanager
def _logged(program: Program, log: Path) -> Iterator[subprocess.Popen[bytes]]:
    with log.open("ab") as output, _start(program, output.fileno()) as process:
        yield process


def _start(program: Program, output: int) -> subprocess.Popen[bytes]:
    return subprocess.Popen(  # noqa: S603
        program.command,
        cwd=program.directory,
        env={**inherited(), **program.environment},
        user=program.user,
        group=program.user,
        extra_groups=[] if program.user else None,
        stdin=subprocess.DEVNULL,
        stdout=output,
        stderr=output,
        start_new_session=True,
    )


def _clean_up(program: Program, process: subprocess.Popen[bytes], throw_away: Sequence[Path]) -> list[str | Path]:
    """The command that a guard runs when this process was killed."""
    identity = leftovers.identity_of(process.pid)
    command = [sys.executable, "-I", leftovers.__file__, program.stop_signal.name, identity]
    return [*command, "--remove", *throw_away] if throw_away else [*command]


def _tell(process: subprocess.Popen[bytes], stop_signal: signal.Signals) -> None:
    """Its group to stop, unless it has ended."""
    with suppress(ProcessLookupError):
        os.killpg(process.pid, stop_signal)


def _wait_for(process: subprocess.Popen[bytes]) -> None:
    try:
        process.wait(30)
    except subprocess.TimeoutExpired:
        os.killpg(process.pid, signal.SIGKILL)
