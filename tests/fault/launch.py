"""Starts a process of the platform so that it can be told to crash, or to break a promise of the core.

`python -m tests.fault.launch <orders> <module> …` runs the module as `python -m` would. Files tell it what to do:
`<orders>.crash` (read all the time; goes with the crash): a crash point, and at which pass of it to crash;
`<orders>.sabotage` (read at the start): one of `sabotage.SABOTAGES`; `clock` beside them (read all the time): by how
many hours the process's clock is wrong.
"""

import os
import runpy
import signal
import sys
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path

import time_machine

from shared import crash_points
from shared.crash_points import CrashPoint


def obeying(orders: Path) -> Callable[[CrashPoint], None]:
    """What to do at each crash point: crash, if that is the order."""
    passed = 0

    def passing(point: CrashPoint) -> None:
        nonlocal passed
        try:
            wanted, times = orders.read_text().split()
        except FileNotFoundError:
            passed = 0
            return
        if point != wanted:
            return
        passed += 1
        if passed >= int(times):
            orders.unlink()
            os.kill(os.getpid(), signal.SIGKILL)

    return passing


class Clock:
    """What time this process takes it to be."""

    def __init__(self, order: Path) -> None:
        self._order = order
        self._hours = 0
        self._travel: time_machine.travel | None = None

    def look(self) -> None:
        """See whether it is to jump."""
        hours = int(self._order.read_text())
        if hours == self._hours:
            return
        if self._travel:
            self._travel.stop()
        self._hours = hours
        self._travel = time_machine.travel(datetime.now(UTC) + timedelta(hours=hours)) if hours else None
        if self._travel:
            self._travel.start()


def main(place: str, module: str, *arguments: str) -> None:
    clock, crash_if_told = Clock(Path(place).with_name("clock")), obeying(Path(f"{place}.crash"))

    def passing(point: CrashPoint) -> None:
        clock.look()
        crash_if_told(point)

    crash_points.passing = passing
    if module.startswith("services."):
        _patch_as_a_worker_does()
    sabotage = Path(f"{place}.sabotage")
    if sabotage.exists():
        from tests.fault.sabotage import SABOTAGES

        SABOTAGES[sabotage.read_text()]()
    sys.argv = [module, *arguments]
    runpy.run_module(module, run_name="__main__", alter_sys=True)


def _patch_as_a_worker_does() -> None:
    """Before anything of the core is imported."""
    import eventlet

    eventlet.monkey_patch()
    os.environ.setdefault("PSYCOPG_WAIT_FUNC", "wait_selector")


if __name__ == "__main__":
    main(*sys.argv[1:])
