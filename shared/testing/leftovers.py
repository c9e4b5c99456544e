"""Ends the programs of a process that was killed, and deletes what it kept in directories.

`python shared/testing/leftovers.py SIGTERM 123:4567 … [--remove <directory> …]`: a process is named by its id and the
time of its start, so that a later process with the same id is left alone. A guard starts this; see `guard`. It imports
the standard library only, because the project may be broken when it runs.
"""

import argparse
import os
import shutil
import signal
import time
from contextlib import suppress
from pathlib import Path

PATIENCE_SECONDS = 10
START_TIME = 19  # the place in /proc/<pid>/stat, counted after the name


def identity_of(pid: int) -> str:
    """The id of a running process and the time of its start; only the id if there is no such process."""
    return f"{pid}:{_start_time(pid)}"


def end(identities: list[str], stop_signal: signal.Signals) -> None:
    """Tells the process group of each process to stop; kills the groups that have not stopped in time."""
    running = [identity for identity in identities if _runs(identity)]
    _signal(running, stop_signal)
    deadline = time.monotonic() + PATIENCE_SECONDS
    while any(map(_runs, running)) and time.monotonic() < deadline:
        time.sleep(0.05)
    _signal([identity for identity in running if _runs(identity)], signal.SIGKILL)


def _signal(identities: list[str], number: signal.Signals) -> None:
    for identity in identities:
        with suppress(ProcessLookupError):
            os.killpg(_pid(identity), number)


def _runs(identity: str) -> bool:
    return identity_of(_pid(identity)) == identity and _start_time(_pid(identity)) != ""


def _pid(identity: str) -> int:
    return int(identity.partition(":")[0])


def _start_time(pid: int) -> str:
    """Empty for a process that has ended, also while nobody has reaped it."""
    try:
        state, *fields = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
    except OSError:
        return ""
    return "" if state == "Z" else fields[START_TIME - 1]


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("stop_signal", type=lambda name: signal.Signals[name])
    parser.add_argument("identities", nargs="+")
    parser.add_argument("--remove", nargs="*", type=Path, default=[])
    asked = parser.parse_args()
    end(asked.identities, asked.stop_signal)
    for directory in asked.remove:
        shutil.rmtree(directory, ignore_errors=True)


if __name__ == "__main__":
    main()
