"""The body of a request, read within bounds: one that comes in chunks, and what nobody reads of a body."""

import re
from typing import Any

import eventlet
from eventlet import wsgi

SIZE = re.compile(rb"([0-9A-Fa-f]{1,8})[ \t]*(;[^\r\n]*)?\r\n")
LONGEST_LINE = 1024
"""Of the size of a chunk, with its extensions, or of a trailer."""
MOST_CHUNKS = 10_000
"""Of a body. Each costs microseconds, however little is in it."""
MOST_TRAILERS = 100
CHUNKS_AT_ONCE = 100
"""Then others get their turn."""
MOST_UNREAD_BYTES = 1024 * 1024
"""So much of what nobody reads is thrown away: most clients read an answer only after they have sent the body."""


class TooManyParts(wsgi.ChunkReadError):
    """A body of too many chunks or trailers; str() is the reason."""


class Body(wsgi.Input):
    """A body of known length. Whoever sends without end, and as fast as it can, takes no turn of others."""

    def discard(self, buffer_size: int = 16 * 1024) -> None:
        """Throw away what nobody has read. Raises OSError, ValueError if the connection can't go on after it."""
        for _ in range(MOST_UNREAD_BYTES // buffer_size):
            if not self.read(buffer_size):
                return
            eventlet.sleep(0)
        raise OSError("more than is thrown away")


class ChunkedBody(Body):
    """Reads strictly. eventlet waits for ever for a chunk of a negative size, and reads a line of any length."""

    left = 0
    """The bytes of the current chunk that have not been read."""
    chunks = 0
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
            self._count_chunk()
            size = SIZE.fullmatch(rfile.readline(LONGEST_LINE))
            if not size:
                raise wsgi.ChunkReadError("not the size of a chunk")
            self.left = int(size[1], 16)
            self.is_whole = not self.left
            if self.is_whole:
                _read_trailers(rfile)
        return not self.is_whole

    def _count_chunk(self) -> None:
        self.chunks += 1
        if self.chunks > MOST_CHUNKS:
            raise TooManyParts(f"has over {MOST_CHUNKS:,} chunks")
        if not self.chunks % CHUNKS_AT_ONCE:
            eventlet.sleep(0)

    def _part(self, rfile: Any, length: int) -> bytes:
        part: bytes = rfile.read(length)
        self.left -= length
        if len(part) < length or (not self.left and rfile.readline(LONGEST_LINE) != b"\r\n"):
            raise OSError("the chunk is cut off")
        return part


def _read_trailers(rfile: Any) -> None:
    for _ in range(MOST_TRAILERS + 1):
        if not rfile.readline(LONGEST_LINE).strip():
            return
    raise TooManyParts(f"has over {MOST_TRAILERS} trailers")
