"""Stops a consumer when the service is ill rather than its messages."""

from collections import deque

REMEMBERED = 30
FEWEST = 10
SHARE = 0.9
MOST_PULLS = 30


class Braked(Exception):
    """Nearly everything fails unexpectedly: nothing was taken, nothing parked; the consumer pauses."""


class Brake:
    """Looks at the last messages of one consumer.

    It holds for as many tries as there are pauses in about five minutes. If the messages fail after that too, they are
    parked, so that one sender's poison does not hold up all the others for good.
    """

    def __init__(self) -> None:
        self._recent: deque[bool] = deque(maxlen=REMEMBERED)
        self._pulls = 0

    def check(self, unexpected: int, messages: int) -> None:
        """To be asked before a batch commits; raises Braked."""
        seen = list(self._recent)
        failures = sum(seen) + unexpected
        if unexpected and failures >= max(FEWEST, SHARE * (len(seen) + messages)) and self._pulls < MOST_PULLS:
            self._pulls += 1
            raise Braked(f"{failures} of the last {len(seen) + messages} messages failed unexpectedly")
        self._pulls = 0 if unexpected < messages else self._pulls
        self._recent.extend([True] * unexpected + [False] * (messages - unexpected))
