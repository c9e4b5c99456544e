"""How a relay bears with events that don't go through."""

import time
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import NamedTuple
from uuid import UUID

HOLD_SECONDS = 2.0
"""How long a case is left alone whose event was returned or not confirmed, so that others go on; doubled each time."""
REFUSED_HOLD_SECONDS = 30.0
"""The same for an event that the broker closed the channel for (its exchange or permission is missing), and for one
that can't be opened."""
LONGEST_HOLD_SECONDS = 60.0
REFUSING_SECONDS, LONGEST_REFUSING_SECONDS = 10.0, 300.0
"""How long one connection is used on which the broker refuses events, doubled each time: a quorum queue whose limit is
lifted while it is full never tells its publishers that there is room again."""
FORGET_SECONDS = 2 * LONGEST_HOLD_SECONDS
"""What would still be refused would have shown by then."""


class Hold(NamedTuple):
    """until: by the pace's clock."""

    until: float
    seconds: float


@dataclass
class Pace:
    """What one connection of a relay hands on to the next.

    careful: one row a round, because the broker closed the channel for a row and did not say which.
    """

    clock: Callable[[], float] = time.monotonic
    careful: bool = False
    _holds: dict[UUID, Hold] = field(default_factory=dict)
    _nacked_at: float = float("-inf")
    _refusing_since: float = 0.0
    _patience: float = 0.0

    def hold(self, case: UUID, seconds: float) -> None:
        """Leave a case alone for so many seconds, or for twice as long as the last time if that is longer."""
        if before := self._holds.get(case):
            seconds = max(seconds, 2 * before.seconds)
        seconds = min(seconds, LONGEST_HOLD_SECONDS)
        self._holds[case] = Hold(self.clock() + seconds, seconds)

    def went_through(self, case: UUID) -> None:
        self._holds.pop(case, None)

    def held_now(self) -> set[UUID]:
        """The cases to leave alone. One that another relay brought on is forgotten in the end."""
        now = self.clock()
        self._holds = {case: hold for case, hold in self._holds.items() if now < hold.until + FORGET_SECONDS}
        return {case for case, hold in self._holds.items() if now < hold.until}

    def refused(self) -> bool:
        """The broker nacked an event. True if it has done so for too long, and a new connection may find room."""
        now = self.clock()
        if now - self._nacked_at > FORGET_SECONDS:
            self._refusing_since, self._patience = now, REFUSING_SECONDS
        self._nacked_at = now
        if now - self._refusing_since <= self._patience:
            return False
        self._refusing_since, self._patience = now, min(2 * self._patience, LONGEST_REFUSING_SECONDS)
        return True
