"""How old the oldest message of a queue can be."""

from collections import deque
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import NamedTuple

SKEW = 15.0
"""Seconds. The broker refreshes the figures of a queue every five seconds, and not all at the same moment."""
APART = 60.0
"""Seconds between two marks of a queue."""
MOST_MARKS = 500


class Mark(NamedTuple):
    """At that moment at most so many messages had come in."""

    at: float
    arrived: int


@dataclass(slots=True)
class QueueSeen:
    """marks: the first one is of before the oldest message came. lately: how many messages were gone, when.

    since_start: whether the oldest message may be of before this process started. waited_seconds: how long the message
    that the reader took last had waited.
    """

    marks: list[Mark]
    lately: deque[Mark] = field(default_factory=deque)
    since_start: bool = True
    gone: int = 0
    waited_seconds: float = 0.0
    waited_at: float = 0.0


class OldestMessages:
    """How old the oldest message of each queue can be at most.

    Queues keep order. So the oldest message came after each moment at which no more messages had come in than are gone
    by now, and after the message that was taken last. Example: by 9:00 ten had come in; as soon as ten are gone, the
    oldest is of after 9:00, also if the queue was never empty since.
    """

    def __init__(self) -> None:
        self._queues: dict[str, QueueSeen] = {}

    def remember(self, since: Mapping[str, float]) -> None:
        """since: for each queue a moment of before its oldest message came, as a process before this one knew."""
        for queue, seen in self._queues.items():
            if seen.since_start and queue in since:
                first = seen.marks[0]
                seen.marks[0] = first._replace(at=min(first.at, since[queue]))

    def since(self) -> dict[str, float]:
        """For each queue with messages the moment from which on the age of the oldest counts."""
        return {queue: seen.marks[0].at for queue, seen in self._queues.items() if seen.lately}

    def observe(self, queue: str, now: float, *, waits: int, gone: int, waited_seconds: float | None) -> float:
        """Seconds. gone: how many messages have left the queue. waited_seconds: as the queue's reader says, if any."""
        seen = self._queues.get(queue)
        if seen is None:
            seen = self._queues[queue] = QueueSeen([Mark(now, gone)])
        _mark(seen, now, waits, gone)
        if gone != seen.gone:
            seen.gone, seen.waited_seconds, seen.waited_at = gone, waited_seconds or 0.0, now
        oldest = now - seen.marks[0].at
        if waited_seconds is None or not seen.waited_at:
            return oldest
        return min(oldest, seen.waited_seconds + now - seen.waited_at)


def _mark(seen: QueueSeen, now: float, waits: int, gone: int) -> None:
    if waits == 0:
        seen.marks, seen.since_start = [Mark(now, gone)], False
        seen.lately.clear()
        return
    surely_gone = _surely_gone(seen, now, gone)
    while len(seen.marks) > 1 and seen.marks[1].arrived <= surely_gone:
        del seen.marks[0]
        seen.since_start = False
    if now - SKEW >= seen.marks[-1].at + APART:
        seen.marks.append(Mark(now - SKEW, gone + waits))
    if len(seen.marks) > MOST_MARKS:
        del seen.marks[1::2]


def _surely_gone(seen: QueueSeen, now: float, gone: int) -> int:
    """How many are gone however late the broker tells of one: the least of what was told lately."""
    seen.lately.append(Mark(now, gone))
    while seen.lately[0].at < now - SKEW:
        seen.lately.popleft()
    return min(told.arrived for told in seen.lately)
