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
    """Kills these processes until there are none, and their ports are free."""
    killed: set[int] = set()

    def none_is_left() -> bool:
        found = processes()
        killed.update(found)
        for pid in found:
            with suppress(ProcessLookupError):
                os.kill(pid, signal.SIGKILL)
        return not found and all(map(_has_ended, killed))

    wait_until(none_is_left, seconds=10)


def _has_ended(pid: int) -> bool:
    """Not as soon as it no longer has an environment: its sockets are closed when the last of its threads has ended."""
    return all(_thread_has_ended(thread) for thread in Path(f"/proc/{pid}/task").glob("*"))


def _thread_has_ended(thread: Path) -> bool:
    try:
        state = (thread / "stat").read_text().rpartition(") ")[2][0]
    except OSError:
        return True
    return state in "ZX"


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
