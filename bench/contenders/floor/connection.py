"""A connection that sends what is published together in one piece."""

from collections.abc import Sequence
from typing import Any

from pika.adapters.select_connection import SelectConnection


class GatheringConnection(SelectConnection):
    """pika's own makes three calls of `send` for a message, and as many small packets for the broker to read."""

    def __init__(self, *arguments: Any, **named: Any) -> None:
        self._gathered: list[bytes] = []
        super().__init__(*arguments, **named)

    def _output_marshaled_frames(self, marshaled_frames: Sequence[bytes]) -> None:
        if not self._gathered:
            self.ioloop.call_later(0, self._emit)
        self._gathered += marshaled_frames

    def _emit(self) -> None:
        gathered, self._gathered = self._gathered, []
        super()._output_marshaled_frames([b"".join(gathered)])
