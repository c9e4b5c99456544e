"""A connection that sends what is published together in one piece."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager

from pika.adapters.select_connection import SelectConnection


class GatheringConnection(SelectConnection):
    """pika's own makes three calls of `send` for a message, and as many small packets for the broker to read."""

    _gathered: list[bytes] | None = None

    @contextmanager
    def gathering(self) -> Iterator[None]:
        """What is published inside is sent at the end, all at once."""
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
