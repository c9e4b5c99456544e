"""Counters of processes that restart, and how old the oldest message of a queue can be."""

from collections import defaultdict, deque
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
        """Add the growth of `counter` since its last value to `total`."""
        last = self._last.get((total, counter), 0.0)
        self._last[total, counter] = value
        self._totals[total] = self._totals.get(total, 0.0) + (value - last if value >= last else value)

    def __getitem__(self, total: str) -> int:
        return round(self._totals.get(total, 0.0))


class RecentGrowth:
    """Knows which counters grew within the last minute."""

    def __init__(self) -> None:
        self._last: dict[Hashable, float] = {}
        self._grew_at: dict[Hashable, float] = {}

    def observe(self, counter: Hashable, now: float, value: float) -> bool:
        """Whether the counter grew within LATELY. A counter that is seen for the first time has not grown."""
        if value > self._last.get(counter, value):
            self._grew_at[counter] = now
        self._last[counter] = value
        return now - self._grew_at.get(counter, -LATELY) < LATELY


class Growth:
    """How much counters grew within the last so many seconds, also if their process began again."""

    def __init__(self, seconds: float) -> None:
        self._seconds = seconds
        self._last: dict[Hashable, float] = {}
        self._grown = defaultdict[Hashable, deque[tuple[float, float]]](deque)

    def observe(self, counter: Hashable, now: float, value: float) -> float:
        """The growth until now. A counter that is seen for the first time has not grown."""
        last, grown = self._last.get(counter, value), self._grown[counter]
        self._last[counter] = value
        grown.append((now, value - last if value >= last else value))
        while grown[0][0] <= now - self._seconds:
            grown.popleft()
        return sum(growth for _, growth in grown)


class QueueSeen(NamedTuple):
    """When a queue was last seen empty, and how long the message that its reader took last had waited."""

    empty_at: float
    went_out: int = 0
    waited_seconds: float = 0.0
    waited_at: float = 0.0


class OldestMessages:
    """How old the oldest message of each queue can be at most.

    The oldest message came after the queue was last seen empty; and, as queues keep order, after the message that was
    taken last.
    """

    def __init__(self) -> None:
        self._queues: dict[str, QueueSeen] = {}

    def observe(self, queue: str, now: float, *, waits: int, went_out: int, waited_seconds: float | None) -> float:
        """Seconds. waited_seconds: how long the message taken last had waited, as the queue's reader says."""
        seen = self._queues.get(queue, QueueSeen(empty_at=now))
        if waits == 0:
            seen = seen._replace(empty_at=now)
        if went_out != seen.went_out:
            seen = seen._replace(went_out=went_out, waited_seconds=waited_seconds or 0.0, waited_at=now)
        self._queues[queue] = seen
        since_empty = now - seen.empty_at
        if waited_seconds is None or not seen.waited_at:
            return since_empty
        return min(since_empty, seen.waited_seconds + now - seen.waited_at)
