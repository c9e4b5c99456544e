"""Bounds what is kept of refused messages: the sender has its answer, and its own copy of the message."""

from typing import NamedTuple

from shared.bounded_json import MOST_BYTES
from shared.messaging.outcomes import Problem
from shared.messaging.sealing import Sealer
from shared.messaging.storage import MessageStore


class Quota(NamedTuple):
    """Of the refused messages of one queue: how many are parked with their bodies, and the sum of those bodies."""

    messages: int
    bytes: int


class Keeping:
    """Decides for the messages of one batch. quota: None if every body is kept, as of the services' own events."""

    def __init__(self, store: MessageStore, quota: Quota | None) -> None:
        self._store = store
        self._quota = quota
        self._parked: dict[str, Quota] = {}

    def keeps(self, queue: str, body: bytes) -> bool:
        """Whether a refused message is parked with its body. A body over MOST_BYTES was not even read."""
        if self._quota is None:
            return True
        if queue not in self._parked:
            self._parked[queue] = Quota(*self._store.parked_of(queue, self._quota.messages))
        messages, size = self._parked[queue]
        size += len(body)
        if len(body) > MOST_BYTES or messages >= self._quota.messages or size > self._quota.bytes:
            return False
        self._parked[queue] = Quota(messages + 1, size)
        return True


def not_kept(body: bytes, sealer: Sealer) -> Problem:
    """What stands in place of a body. The fingerprint is the same for the same body; nobody guesses the body by it."""
    fingerprint = sealer.hash(body, "parked").hex()
    return Problem("", f"was not kept: {len(body)} bytes with fingerprint {fingerprint}", "not_kept")
