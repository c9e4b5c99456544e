"""Bounds what is kept of refused messages: the sender has its answer, and its own copy of the message."""

from typing import NamedTuple

from shared.bounded_json import MOST_BYTES
from shared.messaging.outcomes import Problem
from shared.messaging.sealing import Sealer
from shared.messaging.storage import MessageStore

MUST_NOT_KEEP = "the house must not keep it"


class Quota(NamedTuple):
    """Of the refused messages of one queue: how many are parked with their bodies, and the sum of those bodies."""

    messages: int
    bytes: int

    def __str__(self) -> str:
        return f"{self.messages:,} refused messages or {self.bytes // 1024**2} MiB"


class Keeping:
    """Decides for the messages of one batch. quota: None if every body is kept, as of the services' own events."""

    def __init__(self, store: MessageStore, quota: Quota | None) -> None:
        self._store = store
        self._quota = quota
        self._parked: dict[str, Quota] = {}

    def why_not(self, queue: str, body: bytes) -> str | None:
        """Why a refused message is parked without its body; None if it is parked with its body."""
        if self._quota is None:
            return None
        if len(body) > MOST_BYTES:
            return f"it is over {MOST_BYTES // 1024} KB"  # it was not even read
        if queue not in self._parked:
            self._parked[queue] = Quota(*self._store.parked_of(queue, self._quota.messages))
        messages, size = self._parked[queue]
        size += len(body)
        if messages >= self._quota.messages or size > self._quota.bytes:
            return f"the house keeps at most {self._quota} of one sender"
        self._parked[queue] = Quota(messages + 1, size)
        return None


def not_kept(why: str, body: bytes, sealer: Sealer) -> Problem:
    """What stands in place of a body. The fingerprint is the same for the same body; nobody guesses the body by it."""
    fingerprint = sealer.hash(body, "parked").hex()
    reason = f"was not kept, because {why}; it has {len(body)} bytes and the fingerprint {fingerprint}"
    return Problem("", reason, "not_kept")
