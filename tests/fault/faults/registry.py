"""What a fault is: it strikes a running arena and, before it returns or fails, has made good what it broke."""

import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from random import Random
from signal import SIGCONT, SIGSTOP

from shared.testing.waiting import wait_until
from tests.fault.arena import Arena

Fault = Callable[[Arena, Random], None]

BLOW_SECONDS = 4.0
"""How long what is broken stays broken."""
COMES_ABOUT_SECONDS = 120.0

FAULTS: dict[str, Fault] = {}
ATTACKS: set[str] = set()
"""The names of those in which somebody takes more than a share: all others are served meanwhile."""


class DidNotStrike(AssertionError):
    """A fault that does not come about proves nothing."""


def fault(strike: Fault) -> Fault:
    """Makes it one of the FAULTS, by its own name."""
    FAULTS[strike.__name__] = strike
    return strike


def attack(strike: Fault) -> Fault:
    """Makes it one of the FAULTS and of the ATTACKS."""
    ATTACKS.add(strike.__name__)
    return fault(strike)


def see(condition: Callable[[], bool], what: str) -> None:
    """Raises DidNotStrike."""
    if not wait_until(condition, COMES_ABOUT_SECONDS, interval=0.05):
        raise DidNotStrike(f"waited {COMES_ABOUT_SECONDS:.0f} seconds for {what}")


@contextmanager
def counting(arena: Arena, metric: str, *processes: str) -> Iterator[None]:
    """Sees to it that this metric of these processes grows meanwhile."""
    before = sum(arena.metric(process, metric) for process in processes)
    yield
    see(
        lambda: sum(arena.metric(process, metric) for process in processes) > before, f"{metric} of {processes} to grow"
    )


def freeze(arena: Arena, process: str, seconds: float = BLOW_SECONDS) -> None:
    """It stands still for a while, as if its machine were paused."""
    try:
        arena.signal(process, SIGSTOP)
        time.sleep(seconds)
    finally:
        arena.signal(process, SIGCONT)


def down_for_a_while(arena: Arena, process: str) -> None:
    with down(arena, process):
        time.sleep(BLOW_SECONDS)


@contextmanager
def down(arena: Arena, process: str) -> Iterator[None]:
    """Stopped in good order, and started again afterwards."""
    arena.stack.supervisor.stop_process(process)
    try:
        yield
    finally:
        arena.stack.supervisor.start_process(process)
