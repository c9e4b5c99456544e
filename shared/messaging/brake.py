"""Pauses a consumer when nearly all messages fail: then the cause is the service, not the messages."""

from collections import deque

REMEMBERED = 30
FEWEST = 10
SHARE = 0.9
MOST_PULLS = 30


class Braked(Exception):
    """Nearly all messages fail unexpectedly: the batch is rolled back, nothing is parked, and the consumer pauses."""


class Brake:
    """The recent outcomes of one consumer.

    The brake is pulled at most MOST_PULLS times in a row: about five minutes of pauses. If the messages
    still fail then, they are parked, so that the poison messages of one sender do not block all other senders.
    """

    def __init__(self) -> None:
        self._recent: deque[bool] = deque(maxlen=REMEMBERED)
        self._pulls = 0

    def check(self, unexpected: int, messages: int) -> None:
        """To be called before a batch commits. Raises Braked if 90% of the recent messages failed, and at least 10."""
        seen = list(self._recent)
        failures = sum(seen) + unexpected
        if unexpected and failures >= max(FEWEST, SHARE * (len(seen) + messages)) and self._pulls < MOST_PULLS:
            self._pulls += 1
            raise Braked(f"{failures} of the last {len(seen) + messages} messages failed unexpectedly")
        self._pulls = 0 if unexpected < messages else self._pulls
        self._recent.extend([True] * unexpected + [False] * (messages - unexpected))
