"""A pika connection that sends the frames of many messages with one call."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from typing import Any

from pika.adapters.select_connection import SelectConnection

from shared.observability import messaging as metrics


class GatheringConnection(SelectConnection):
    """pika's SelectConnection calls `send` three times per message, which makes many small packets.

    blocked: why the broker takes nothing at present, in the broker's words.
    """

    blocked: str | None = None
    _gathered: list[bytes] | None = None

    def __init__(self, *arguments: Any, **options: Any) -> None:
        super().__init__(*arguments, **options)
        self.add_on_connection_blocked_callback(lambda _, frame: self._set_blocked(frame.method.reason))
        self.add_on_connection_unblocked_callback(lambda *_: self._set_blocked(None))
        self._set_blocked(None)

    def _set_blocked(self, reason: str | None) -> None:
        self.blocked = reason
        metrics.BROKER_BLOCKED.set(reason is not None)

    @contextmanager
    def gathering(self) -> Iterator[None]:
        """Messages published inside the block are sent at its end, in one piece."""
        self._gathered = []
        try:
            yield
        finally:
            frames, self._gathered = self._gathered, None
            if frames:
                super()._output_marshaled_frames([b"".join(frames)])

    def _output_marshaled_frames(self, marshaled_frames: Sequence[bytes]) -> None:
        if self._gathered is None:
            super()._output_marshaled_frames(marshaled_frames)
        else:
            self._gathered += marshaled_frames
