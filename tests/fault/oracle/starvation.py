"""Who was starved: somebody whose right message was answered too late, because others took everything."""

from collections.abc import Iterator

from tests.fault.oracle.witness import Witness

STARVES_SECONDS = 15.0
"""Far above what an undisturbed round needs on a busy machine, far below what an attack once took."""
RECEIPT = "messages.accepted.v1"


def starved(witness: Witness) -> Iterator[str]:
    """A sentence for each right message that waited too long for its receipt. Without a receipt `answers` complains."""
    answered: dict[tuple[str, str | None], float] = {}
    for heard in witness.heard:
        if heard.type == RECEIPT:
            answered.setdefault((heard.user, heard.data.get("messageId")), heard.at)
    for sent in witness.sent:
        waited = answered.get((sent.user, sent.id), sent.confirmed_at) - sent.confirmed_at
        if sent.wrong is None and waited > STARVES_SECONDS:
            yield f"starved: message {sent.id} of {sent.user} waited {waited:.0f} s for its receipt"
