"""Back-off of a relay: for cases whose events the broker does not confirm, and for connections."""

import time
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import NamedTuple
from uuid import UUID

HOLD_SECONDS = 2.0
"""The first hold of a case whose event was returned or nacked; doubled each time. Other cases go on."""
REFUSED_HOLD_SECONDS = 30.0
"""The first hold of a case whose event made the broker close the channel (no such exchange, no permission), or whose
event cannot be decrypted."""
LONGEST_HOLD_SECONDS = 60.0
REFUSING_SECONDS, LONGEST_REFUSING_SECONDS = 10.0, 300.0
"""The time of nacks after which a relay takes a new connection, doubled each time: when the length limit of a full
quorum queue is lifted, the queue goes on nacking the events of old connections."""
FORGET_SECONDS = 2 * LONGEST_HOLD_SECONDS
"""The time without a nack, or without a hold, after which the back-off starts anew."""


class Hold(NamedTuple):
    """A case that gets no attempts. until: by the clock of the pace. seconds: the length of the hold."""

    until: float
    seconds: float


@dataclass
class Pace:
    """The back-off state, which outlives a connection of the relay.

    one_by_one: send one row per round, to find the row for which the broker closed the channel.
    """

    clock: Callable[[], float] = time.monotonic
    one_by_one: bool = False
    _holds: dict[UUID, Hold] = field(default_factory=dict)
    _nacked_at: float = float("-inf")
    _refusing_since: float = 0.0
    _refusing_seconds: float = 0.0

    def hold(self, case: UUID, seconds: float) -> None:
        """Hold back a case for this time, or for twice its last hold if that is longer."""
        if last := self._holds.get(case):
            seconds = max(seconds, 2 * last.seconds)
        seconds = min(seconds, LONGEST_HOLD_SECONDS)
        self._holds[case] = Hold(self.clock() + seconds, seconds)

    def release(self, case: UUID) -> None:
        """Forget the holds of a case: an event of the case was confirmed."""
        self._holds.pop(case, None)

    def held_cases(self) -> set[UUID]:
        """The cases on hold. Forgets old holds, for the cases that now belong to another relay."""
        now = self.clock()
        self._holds = {case: hold for case, hold in self._holds.items() if now < hold.until + FORGET_SECONDS}
        return {case for case, hold in self._holds.items() if now < hold.until}

    def nacked(self) -> bool:
        """Note that the broker nacked an event. True if nacks have lasted so long that a new connection may help."""
        now = self.clock()
        if now - self._nacked_at > FORGET_SECONDS:
            self._refusing_since, self._refusing_seconds = now, REFUSING_SECONDS
        self._nacked_at = now
        if now - self._refusing_since <= self._refusing_seconds:
            return False
        self._refusing_since = now
        self._refusing_seconds = min(2 * self._refusing_seconds, LONGEST_REFUSING_SECONDS)
        return True
