"""Killed at each crash point of the core."""

from functools import partial
from random import Random

from shared.crash_points import CrashPoint
from tests.fault.arena import Arena
from tests.fault.faults.registry import FAULTS, see

TAKING = ("intake", "weighing", "meetings", "aftercare", "reporting")
COMMANDED = ("weighing", "meetings", "aftercare")
PUBLISHING = ("intake-relay", "weighing-relay", "meetings-relay", "aftercare-relay")
PASSED_BY = {
    CrashPoint.BEFORE_BATCH_COMMIT: TAKING,
    CrashPoint.AFTER_BATCH_COMMIT: TAKING,
    CrashPoint.BEFORE_COMMAND_COMMIT: COMMANDED,
    CrashPoint.AFTER_COMMAND_COMMIT: COMMANDED,
    CrashPoint.BEFORE_ACK: TAKING,
    CrashPoint.AFTER_ACK: TAKING,
    CrashPoint.BEFORE_PUBLISH: PUBLISHING,
    CrashPoint.AFTER_PUBLISH: PUBLISHING,
    CrashPoint.BEFORE_CONFIRM: PUBLISHING,
    CrashPoint.AFTER_CONFIRM: PUBLISHING,
    CrashPoint.BEFORE_DELETE: PUBLISHING,
    CrashPoint.AFTER_DELETE: PUBLISHING,
}


def killed_at(arena: Arena, random: Random, *, point: CrashPoint) -> None:
    """Every process that passes this point is killed there, one time or another."""
    processes = PASSED_BY[point]
    try:
        for process in processes:
            arena.order_crash(process, point, times=random.randint(1, 3))
        see(lambda: all(arena.has_crashed(process) for process in processes), f"all of {processes} to pass {point}")
    finally:
        arena.forget_orders()
    arena.wait_until_ready(*processes)


def name_of(point: CrashPoint) -> str:
    """Of the fault that strikes there."""
    return f"killed_{point}".replace("-", "_")


FAULTS.update({name_of(point): partial(killed_at, point=point) for point in CrashPoint})
AT_RELAYS = [name_of(point) for point, processes in PASSED_BY.items() if processes == PUBLISHING]
AT_WORKERS = [name_of(point) for point in PASSED_BY if name_of(point) not in AT_RELAYS]
