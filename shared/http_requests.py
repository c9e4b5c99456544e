"""What Python's HTTP servers read too leniently: the path, lines that are no headers, and headers that end too soon."""

import re
from http import HTTPStatus
from typing import Any

LINE = re.compile(rb"(?:[!#$%&'*+.^_`|~0-9A-Za-z-]+:[^\r\n\0]*)?\r?\n")
"""A header, `name: value`, or the empty line after the headers."""


class StrictRequests:
    """Mixed into a request handler, before its other base.

    Python takes `//metrics` for `/metrics`, which a proxy's rule for `/metrics` does not. It also takes the end of a
    connection, or a line without a colon, for the end of the headers: a command would take effect without its
    Idempotency-Key.
    """

    rfile: Any
    path: str
    requestline: str
    close_connection: Any
    send_error: Any

    def parse_request(self) -> bool:
        """Whether the request is to be answered. Otherwise, the client has got its answer or has left."""
        whole_file, lines = self.rfile, _Lines(self.rfile)
        self.rfile = lines
        try:
            if not super().parse_request():  # type: ignore[misc]
                return False
        finally:
            self.rfile = whole_file
        self.path = self.requestline.split()[1]
        self.close_connection = self.close_connection or lines.wrong or not lines.last
        if lines.last and lines.wrong:
            self.send_error(HTTPStatus.BAD_REQUEST, "A line is no header")
        return bool(lines.last) and not lines.wrong


class _Lines:
    """A file that remembers the last line that was read (nothing at its end), and whether one was no header."""

    def __init__(self, file: Any) -> None:
        self._file = file
        self.last = b""
        self.wrong = False

    def readline(self, size: int = -1) -> bytes:
        self.last = self._file.readline(size)
        self.wrong = self.wrong or bool(self.last and not LINE.fullmatch(self.last))
        return self.last
