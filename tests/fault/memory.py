"""Watches how much memory processes take, as long as they run."""

import re
import threading
from collections.abc import Callable, Mapping
from contextlib import suppress
from pathlib import Path

LOOK_SECONDS = 3.0
PEAK = re.compile(r"^VmHWM:\s+(\d+) kB$", re.MULTILINE)
FORGET_THE_PEAK = "5"
"""What the kernel understands when it is written to `clear_refs`."""


class MemoryWatch:
    """As a context manager, looks every LOOK_SECONDS.

    pids: the process ids by name at this moment; 0 if it does not run.
    """

    def __init__(self, pids: Callable[[], Mapping[str, int]]) -> None:
        self._pids = pids
        self._taken: dict[str, int] = {}
        self._ended = threading.Event()
        self._thread = threading.Thread(target=self._keep_looking, daemon=True)

    def __enter__(self) -> "MemoryWatch":
        self._thread.start()
        return self

    def __exit__(self, *error: object) -> None:
        self._ended.set()
        self._thread.join()

    def begin(self) -> None:
        """Forget what was taken before."""
        for pid in self._pids().values():
            with suppress(OSError):
                Path(f"/proc/{pid}/clear_refs").write_text(FORGET_THE_PEAK)
        self._taken.clear()

    def taken(self) -> Mapping[str, int]:
        """The most bytes of RAM that each process took since the beginning."""
        self._look()
        return dict(self._taken)

    def _keep_looking(self) -> None:
        while not self._ended.wait(LOOK_SECONDS):
            self._look()

    def _look(self) -> None:
        for name, pid in self._pids().items():
            self._taken[name] = max(self._taken.get(name, 0), _peak(pid))


def _peak(pid: int) -> int:
    """The most bytes that a process had at once, as the kernel remembers; 0 for one that is gone."""
    try:
        found = PEAK.search(Path(f"/proc/{pid}/status").read_text())
    except OSError:
        return 0
    return int(found[1]) * 1024 if found else 0
