"""Killed at each crash point of the core."""

from functools import partial
from random import Random

from shared.crash_points import CrashPoint
from tests.fault.arena import Arena
from tests.fault.faults.registry import FAULTS, see

COMMANDED = ("weighing", "meetings", "aftercare")
PUBLISHING = ("intake-relay", "weighing-relay", "meetings-relay", "aftercare-relay")


def killed_at(arena: Arena, random: Random, *, point: CrashPoint) -> None:
    """Every process that passes this point is killed there, one time or another."""
    processes = _passing(point, arena)
    for process in processes:
        arena.order_crash(process, point, times=random.randint(1, 3))
    see(lambda: all(arena.has_crashed(process) for process in processes), f"all of {processes} to pass {point}")
    arena.wait_until_ready(*processes)


def _passing(point: CrashPoint, arena: Arena) -> tuple[str, ...]:
    if "publish" in point or "confirm" in point or "delete" in point:
        return PUBLISHING
    return COMMANDED if "command" in point else arena.services


FAULTS.update({f"killed_{point}".replace("-", "_"): partial(killed_at, point=point) for point in CrashPoint})
