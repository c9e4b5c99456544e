"""Counters of processes that restart, and how long queues have been waiting."""

from collections.abc import Hashable
from typing import NamedTuple

LATELY = 60.0
"""Seconds. A consumer's pauses are at most 20 seconds apart."""


class Totals:
    """Adds up counters that begin again at 0 when their process does."""

    def __init__(self) -> None:
        self._last: dict[Hashable, float] = {}
        self._totals: dict[str, float] = {}

    def add(self, total: str, counter: Hashable, value: float) -> None:
        """Add what `counter` grew by since it was seen last to `total`."""
        last = self._last.get((total, counter), 0.0)
        self._last[total, counter] = value
        self._totals[total] = self._totals.get(total, 0.0) + (value - last if value >= last else value)

    def __getitem__(self, total: str) -> int:
        return round(self._totals.get(total, 0.0))


class Steps:
    """Knows which counters grew lately."""

    def __init__(self) -> None:
        self._last: dict[Hashable, float] = {}
        self._grew_at: dict[Hashable, float] = {}

    def observe(self, counter: Hashable, now: float, value: float) -> bool:
        """Whether it grew within LATELY. One that is seen for the first time has not grown."""
        if value > self._last.get(counter, value):
            self._grew_at[counter] = now
        self._last[counter] = value
        return now - self._grew_at.get(counter, -LATELY) < LATELY


class Level(NamedTuple):
    """What is known of a queue's age: when it was last seen empty, and what its reader told last."""

    empty_at: float
    went_out: int = 0
    told_seconds: float = 0.0
    told_at: float = 0.0


class Ages:
    """How old the oldest message of each queue can be at most.

    It came after the queue was last seen empty; and, as queues keep order, after the message that was taken last.
    """

    def __init__(self) -> None:
        self._levels: dict[str, Level] = {}

    def observe(self, queue: str, now: float, *, waits: int, went_out: int, told_seconds: float | None) -> float:
        """Seconds. `told_seconds`: how long the message taken last had waited, as its reader tells."""
        level = self._levels.get(queue, Level(empty_at=now))
        if waits == 0:
            level = level._replace(empty_at=now)
        if went_out != level.went_out:
            level = level._replace(went_out=went_out, told_seconds=told_seconds or 0.0, told_at=now)
        self._levels[queue] = level
        since_empty = now - level.empty_at
        if told_seconds is None or not level.told_at:
            return since_empty
        return min(since_empty, level.told_seconds + now - level.told_at)
