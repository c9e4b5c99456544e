"""Counters of processes that restart, and how old the oldest message of a queue can be."""

from collections import defaultdict, deque
from collections.abc import Hashable, Mapping
from typing import NamedTuple

LATELY = 60.0
"""Seconds. A consumer's pauses are at most 20 seconds apart."""
FORGOTTEN_AFTER = 86_400.0
"""Seconds without an answer after which the counters of a process are forgotten: another process took its place."""


class Reading(NamedTuple):
    """The counters of one process, by figure, as the process told them last."""

    at: float
    values: Mapping[str, float]


Readings = Mapping[str, Reading]
"""By process: each replica of a service or relay, and each channel of the broker."""


def growth(before: Readings, now: Readings) -> dict[str, float]:
    """How much each figure grew, over all processes. A counter that is lower than before began again at 0."""
    grown = defaultdict[str, float](float)
    for process, reading in now.items():
        last = before[process].values if process in before else {}
        for figure, value in reading.values.items():
            was = last.get(figure, 0.0)
            grown[figure] += value - was if value >= was else value
    return dict(grown)


def remembered(before: Readings, now: Readings, at: float) -> Readings:
    """The latest reading of each process, also of one that does not answer at the moment."""
    return {name: each for name, each in {**before, **now}.items() if each.at > at - FORGOTTEN_AFTER}


class Totals:
    """Adds up the growth of figures for as long as this process runs."""

    def __init__(self) -> None:
        self._readings: Readings = {}
        self._totals = defaultdict[str, float](float)

    def observe(self, now: float, readings: Readings) -> None:
        for figure, grown in growth(self._readings, readings).items():
            self._totals[figure] += grown
        self._readings = remembered(self._readings, readings, now)

    def __getitem__(self, figure: str) -> int:
        return round(self._totals.get(figure, 0.0))


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
