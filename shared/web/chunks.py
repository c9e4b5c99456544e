"""The body of a request that comes in chunks."""

import re
from typing import Any

from eventlet import wsgi

SIZE = re.compile(rb"([0-9A-Fa-f]{1,8})[ \t]*(;[^\r\n]*)?\r\n")
LONGEST_LINE = 1024
"""Of the size of a chunk, with its extensions, or of a trailer."""


class ChunkedInput(wsgi.Input):
    """Reads strictly. eventlet waits for ever for a chunk of a negative size, and reads a line of any length."""

    left = 0
    """The bytes of the current chunk that have not been read."""
    is_whole = False

    def _chunked_read(self, rfile: Any, length: int | None = None, use_readline: bool = False) -> bytes:
        """At most `length` bytes; nothing at the end. Raises ValueError, OSError for a wrong chunk."""
        if self.should_send_hundred_continue:
            self.send_hundred_continue_response()
            self.is_hundred_continue_response_sent = True
        parts: list[bytes] = []
        wanted = wsgi.MINIMUM_CHUNK_SIZE if length is None else length
        while wanted and self._has_more(rfile):
            parts.append(self._part(rfile, min(wanted, self.left)))
            wanted -= len(parts[-1])
        return b"".join(parts)

    def _has_more(self, rfile: Any) -> bool:
        """Whether there is a byte to read, after the size of the next chunk if the current one is over."""
        if not self.left and not self.is_whole:
            size = SIZE.fullmatch(rfile.readline(LONGEST_LINE))
            if not size:
                raise wsgi.ChunkReadError("not the size of a chunk")
            self.left = int(size[1], 16)
            self.is_whole = not self.left
            while self.is_whole and rfile.readline(LONGEST_LINE).strip():
                pass  # a trailer
        return not self.is_whole

    def _part(self, rfile: Any, length: int) -> bytes:
        part: bytes = rfile.read(length)
        self.left -= length
        if len(part) < length or (not self.left and rfile.readline(LONGEST_LINE) != b"\r\n"):
            raise OSError("the chunk is cut off")
        return part
