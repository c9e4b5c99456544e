"""How often one address may try to sign in."""

import time
from collections import OrderedDict
from collections.abc import Callable
from threading import Lock

MOST = 30
WINDOW_SECONDS = 60.0
MOST_ADDRESSES = 10_000


class Attempts:
    """Counts in the memory of one process: who is refused by one replica may be lucky with another."""

    def __init__(self, now: Callable[[], float] = time.monotonic) -> None:
        self._now = now
        self._times: OrderedDict[str, list[float]] = OrderedDict()
        self._lock = Lock()

    def allow(self, address: str) -> bool:
        """Whether this address may try once more now."""
        with self._lock:
            since = self._now() - WINDOW_SECONDS
            times = [time for time in self._times.pop(address, ()) if time > since]
            is_allowed = len(times) < MOST
            self._times[address] = [*times, self._now()] if is_allowed else times
            if len(self._times) > MOST_ADDRESSES:
                self._times.popitem(last=False)
            return is_allowed
