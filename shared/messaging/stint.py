"""The time of a batch: what its messages cost, when other greenlets have their turn, and when the batch is cut."""

import time
from collections import Counter

MOST_CPU_SECONDS = 0.25
"""For one batch: it is cut after the message that reaches this, so that another sender's message waits no longer."""
MOST_SECONDS = 5.0
"""The same by the clock, for a database that is slow."""
MOST_ANNOUNCED = 1000
"""The same in events: they cost the relay, the broker and other services more than this one."""
MOST_BYTES = 1024**2
"""The same for the sizes of the messages: read, a message of objects in objects takes 35 times as much memory."""
BREATH_SECONDS = 0.02
"""The CPU seconds after which health, heartbeats and other requests have their turn."""


class Stint:
    """The work on one batch. taken: how many of its messages, from the first on.

    cpu, announced: the CPU seconds, and the number of announced events, by queue.
    sealed: the CPU seconds of messages on sealed matters, which are in no figure.
    """

    def __init__(self) -> None:
        self.cpu: Counter[str] = Counter()
        self.sealed: Counter[str] = Counter()
        self.announced: Counter[str] = Counter()
        self.taken = 0
        self.begin()

    def begin(self) -> None:
        """The batch begins, or begins again after a rollback."""
        self._ends_at = time.monotonic() + MOST_SECONDS
        self._spent = self._without_breath = 0.0
        self._announced = 0
        self.announced.clear()
        self._since = time.thread_time()

    def worked_for(self, queue: str, *, sealed: bool = False) -> None:
        """To be called after a message: count its cost, and let others have their turn now and then."""
        now = time.thread_time()
        cost = now - self._since
        self.cpu[queue] += cost  # type: ignore[assignment]
        if sealed:
            self.sealed[queue] += cost  # type: ignore[assignment]
        self._spent += cost
        self._without_breath += cost
        if self._without_breath > BREATH_SECONDS:
            self._without_breath = 0.0
            time.sleep(0)  # eventlet makes it a turn for others
            now = time.thread_time()
        self._since = now

    def announced_for(self, queue: str, events: int) -> None:
        """To be called after a message that announced events."""
        self.announced[queue] += events
        self._announced += events

    def is_half_over(self) -> bool:
        """Whether to load no further message, so that the loaded ones can be taken."""
        return 2 * self._spent > MOST_CPU_SECONDS

    def is_over(self) -> bool:
        return self._spent > MOST_CPU_SECONDS or self._announced >= MOST_ANNOUNCED or time.monotonic() > self._ends_at
