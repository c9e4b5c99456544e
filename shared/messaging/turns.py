"""Divides a worker's time among the queues of an entrypoint: a sender whose messages are dear waits for itself only.

Each queue has an account of the CPU seconds that its messages used. The next message is always one of the queue that
used least. A queue without messages saves nothing up: when a message comes, its account is set to the least of those
that have been waiting.

A message that announces much is dear to the rest of the house: an outflow list of 1,000 rows costs intake 0.04 s, but
the relays, the broker and aftercare a second. So its queue rests afterwards, and all such messages together bring the
house a bounded number of events a second.
"""

import time
from collections import Counter, defaultdict, deque
from collections.abc import Callable, Iterable, Sequence
from heapq import heapify, heappop, heapreplace
from itertools import chain

from shared.messaging.raw_consumer import Arrival
from shared.messaging.stint import MOST_BYTES, MOST_CPU_SECONDS, Stint

FIRST_COST = 0.0005
"""What a message is supposed to cost, in CPU seconds, before any of its queue was taken."""
FREE_EVENTS = 10
"""A message may announce so many without a rest."""
EVENTS_A_SECOND = 500
"""The events beyond the free ones, of all queues."""


class Turns:
    """The messages that wait, by queue, in the order of each queue. Its length: how many may be taken now."""

    def __init__(self, clock: Callable[[], float] = time.monotonic) -> None:
        self._clock = clock
        self._waiting: dict[str, deque[Arrival]] = {}
        self._used: dict[str, float] = {}
        self._cost: dict[str, float] = defaultdict(lambda: FIRST_COST)
        self._least_used = 0.0
        self._count = self._bytes = 0
        self._rests_until: dict[str, float] = {}
        """Of the queues whose last messages announced much."""
        self._quiet_at = float("-inf")
        """When the house has worked off what all of them announced."""

    def __len__(self) -> int:
        return self._count - sum(len(self._waiting[queue]) for queue in self._resting())

    def rest(self) -> float:
        """The seconds until a queue with messages has rested; infinite if there is none."""
        ends = (until for queue, until in self._rests_until.items() if queue in self._waiting)
        return max(0.0, min(ends, default=float("inf")) - self._clock())

    def add(self, arrival: Arrival) -> None:
        self._queue_of(arrival).append(arrival)
        self._count += 1
        self._bytes += len(arrival.delivery.body)

    def give_back(self, arrivals: Sequence[Arrival]) -> None:
        """Put messages that were not taken back to the front of their queues."""
        for arrival in reversed(arrivals):
            self._queue_of(arrival).appendleft(arrival)
        self._count += len(arrivals)
        self._bytes += _size(arrivals)

    def clear(self) -> None:
        self._waiting.clear()
        self._count = self._bytes = 0

    def next(self, most: int) -> list[Arrival]:
        """The next messages: `most` at most, and as many as fit in the size and probably in the time of a batch."""
        ready = self._waiting.keys() - self._resting()
        if not ready:
            return []
        self._least_used = max(self._least_used, min(map(self._used.__getitem__, ready)))
        if self._count <= most and self._fit_in_a_batch():
            batch = sorted(chain.from_iterable(self._waiting.values()), key=_tag)
            self.clear()
            return batch
        batch = self._by_turns(ready, most)
        self._count -= len(batch)
        self._bytes -= _size(batch)
        return batch

    def charge(self, taken: Iterable[Arrival], stint: Stint) -> None:
        """Put what a batch cost on the accounts, and have queues rest for what it announced."""
        messages = Counter(arrival.delivery.queue for arrival in taken)
        for queue, seconds in stint.cpu.items():
            self._used[queue] += seconds
            if messages[queue]:
                self._cost[queue] = (self._cost[queue] + seconds / messages[queue]) / 2
                self._pace(queue, stint.announced[queue] - FREE_EVENTS * messages[queue])

    def _pace(self, queue: str, events: int) -> None:
        """events: those beyond the free ones."""
        if events > 0:
            self._quiet_at = max(self._quiet_at, self._clock()) + events / EVENTS_A_SECOND
            self._rests_until[queue] = self._quiet_at
        else:
            self._rests_until.pop(queue, None)

    def _resting(self) -> list[str]:
        """The queues that rest, of those with messages."""
        if not self._rests_until:
            return []
        now = self._clock()
        return [queue for queue, until in self._rests_until.items() if queue in self._waiting and until > now]

    def first_tag(self) -> float:
        """The delivery tag of the message that has been waiting longest."""
        return min((waiting[0].tag for waiting in self._waiting.values()), default=float("inf"))

    def _queue_of(self, arrival: Arrival) -> deque[Arrival]:
        queue = arrival.delivery.queue
        if queue not in self._waiting:
            self._waiting[queue] = deque()
            self._used[queue] = max(self._used.get(queue, 0.0), self._least_used)
        return self._waiting[queue]

    def _fit_in_a_batch(self) -> bool:
        """Whether all messages do, of queues that need no rest."""
        if self._bytes > MOST_BYTES or not self._rests_until.keys().isdisjoint(self._waiting):
            return False
        return sum(len(waiting) * self._cost[queue] for queue, waiting in self._waiting.items()) <= MOST_CPU_SECONDS

    def _by_turns(self, ready: Iterable[str], most: int) -> list[Arrival]:
        accounts = [(self._used[queue], queue) for queue in ready]
        heapify(accounts)
        batch, seconds, size = list[Arrival](), 0.0, 0
        while accounts and len(batch) < most and seconds < MOST_CPU_SECONDS and size < MOST_BYTES:
            used, queue = accounts[0]
            waiting, cost = self._waiting[queue], self._cost[queue]
            batch.append(waiting.popleft())
            seconds += cost
            size += len(batch[-1].delivery.body)
            if waiting and queue not in self._rests_until:
                heapreplace(accounts, (used + cost, queue))
            else:
                heappop(accounts)
            if not waiting:
                del self._waiting[queue]
        return batch


def _size(arrivals: Sequence[Arrival]) -> int:
    return sum(len(arrival.delivery.body) for arrival in arrivals)


def _tag(arrival: Arrival) -> int:
    return int(arrival.tag)
