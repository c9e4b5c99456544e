"""Divides a worker's time among the queues of an entrypoint: a sender whose messages are dear waits for itself only.

Each queue has an account of the CPU seconds that its messages used. The next message is always one of the queue that
used least. A queue without messages saves nothing up: when a message comes, its account is set to the least of those
that have been waiting.
"""

from collections import Counter, defaultdict, deque
from collections.abc import Iterable, Mapping, Sequence
from heapq import heapify, heappop, heapreplace
from itertools import chain

from shared.messaging.raw_consumer import Arrival
from shared.messaging.stint import MOST_CPU_SECONDS

FIRST_COST = 0.0005
"""What a message is supposed to cost, in CPU seconds, before any of its queue was taken."""


class Turns:
    """The messages that wait, by queue, in the order of each queue."""

    def __init__(self) -> None:
        self._waiting: dict[str, deque[Arrival]] = {}
        self._used: dict[str, float] = {}
        self._cost: dict[str, float] = defaultdict(lambda: FIRST_COST)
        self._least_used = 0.0
        self._count = 0

    def __len__(self) -> int:
        return self._count

    def add(self, arrival: Arrival) -> None:
        self._queue_of(arrival).append(arrival)
        self._count += 1

    def give_back(self, arrivals: Sequence[Arrival]) -> None:
        """Put messages that were not taken back to the front of their queues."""
        for arrival in reversed(arrivals):
            self._queue_of(arrival).appendleft(arrival)
        self._count += len(arrivals)

    def clear(self) -> None:
        self._waiting.clear()
        self._count = 0

    def next(self, most: int) -> list[Arrival]:
        """The next messages: `most` at most, and as many as are likely to fit in the time of a batch."""
        if not self._count:
            return []
        self._least_used = max(self._least_used, min(map(self._used.__getitem__, self._waiting)))
        if self._count <= most and self._cost_of_all() <= MOST_CPU_SECONDS:
            batch = sorted(chain.from_iterable(self._waiting.values()), key=_tag)
            self.clear()
            return batch
        batch = self._by_turns(most)
        self._count -= len(batch)
        return batch

    def charge(self, taken: Iterable[Arrival], cpu: Mapping[str, float]) -> None:
        """Put what a batch cost on the accounts. cpu: the CPU seconds by queue."""
        messages = Counter(arrival.delivery.queue for arrival in taken)
        for queue, seconds in cpu.items():
            self._used[queue] += seconds
            if messages[queue]:
                self._cost[queue] = (self._cost[queue] + seconds / messages[queue]) / 2

    def first_tag(self) -> float:
        """The delivery tag of the message that has been waiting longest."""
        return min((waiting[0].tag for waiting in self._waiting.values()), default=float("inf"))

    def _queue_of(self, arrival: Arrival) -> deque[Arrival]:
        queue = arrival.delivery.queue
        if queue not in self._waiting:
            self._waiting[queue] = deque()
            self._used[queue] = max(self._used.get(queue, 0.0), self._least_used)
        return self._waiting[queue]

    def _cost_of_all(self) -> float:
        return sum(len(waiting) * self._cost[queue] for queue, waiting in self._waiting.items())

    def _by_turns(self, most: int) -> list[Arrival]:
        accounts = [(self._used[queue], queue) for queue in self._waiting]
        heapify(accounts)
        batch, seconds = list[Arrival](), 0.0
        while accounts and len(batch) < most and seconds < MOST_CPU_SECONDS:
            used, queue = accounts[0]
            waiting, cost = self._waiting[queue], self._cost[queue]
            batch.append(waiting.popleft())
            seconds += cost
            if waiting:
                heapreplace(accounts, (used + cost, queue))
            else:
                heappop(accounts)
                del self._waiting[queue]
        return batch


def _tag(arrival: Arrival) -> int:
    return int(arrival.tag)
