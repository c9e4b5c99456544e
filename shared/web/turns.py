"""Callers take turns: one caller's requests never take all workers of a process, nor all its connections."""

from collections.abc import Iterator
from contextlib import contextmanager
from weakref import WeakValueDictionary

from eventlet.semaphore import Semaphore
from werkzeug.exceptions import TooManyRequests

from shared.web.call import Caller

MOST_AT_ONCE = 4
"""Requests of a caller that are worked on. A process has ten workers, for its messages too."""
MOST_WAITING = 60
"""Further requests of the caller that wait, first come, first served."""
AGAIN_SECONDS = 1


class Turns:
    """The requests under way of each caller, in all its houses. All callers without a token are one."""

    def __init__(self) -> None:
        # a semaphore goes with the last request of its caller
        self.of_caller: WeakValueDictionary[tuple[str, str], Semaphore] = WeakValueDictionary()

    @contextmanager
    def turn(self, caller: Caller) -> Iterator[None]:
        """Waits until less than MOST_AT_ONCE requests of the caller are worked on. Raises TooManyRequests."""
        turns = self.of_caller.setdefault((caller.organisation, caller.id), Semaphore(MOST_AT_ONCE))
        if turns.balance <= -MOST_WAITING:
            most = MOST_AT_ONCE + MOST_WAITING
            raise TooManyRequests(f"This caller has {most} requests under way already.", retry_after=AGAIN_SECONDS)
        with turns:
            yield
