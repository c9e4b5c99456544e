"""A pika connection that sends the frames of many messages with one call."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager

from pika.adapters.select_connection import SelectConnection


class GatheringConnection(SelectConnection):
    """pika's SelectConnection calls `send` three times per message, which makes many small packets."""

    _gathered: list[bytes] | None = None

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
