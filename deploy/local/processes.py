"""Finds and ends the processes of a stack, also those that a killed supervisor has left behind."""

import os
import signal
from collections.abc import Callable, Iterator
from contextlib import suppress
from pathlib import Path

from shared.testing.waiting import wait_until

# Set for the supervisor and so inherited by all that it starts. PostgreSQL writes over its environment; it is known by
# the directory it works in.
MARK = "KETENHUIS_STACK"


def mark_of(directory: Path) -> dict[str, str]:
    """The environment that makes a process known as part of the stack in this directory."""
    return {MARK: str(directory)}


def processes_of(directory: Path, cluster: Path) -> list[int]:
    """The process ids of this stack, at this moment."""
    return [pid for pid in _all() if _is_marked(pid, directory) or _works_in(pid, cluster)]


def kill_all(processes: Callable[[], list[int]]) -> None:
    """Kills these processes until there are none."""
    wait_until(lambda: not _kill(processes()), seconds=10)


def _kill(pids: list[int]) -> int:
    for pid in pids:
        with suppress(ProcessLookupError):
            os.kill(pid, signal.SIGKILL)
    return len(pids)


def _all() -> Iterator[int]:
    return (int(entry.name) for entry in Path("/proc").iterdir() if entry.name.isdecimal())


def _is_marked(pid: int, directory: Path) -> bool:
    try:
        environment = Path(f"/proc/{pid}/environ").read_bytes().split(b"\0")
    except OSError:
        return False
    return f"{MARK}={directory}".encode() in environment


def _works_in(pid: int, directory: Path) -> bool:
    try:
        return Path(f"/proc/{pid}/cwd").readlink() == directory
    except OSError:
        return False
