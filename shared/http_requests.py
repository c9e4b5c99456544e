"""What Python's HTTP servers read too leniently: the path, and headers that end too soon."""

from typing import Any


class StrictRequests:
    """Mixed into a request handler, before its other base.

    Python takes `//metrics` for `/metrics`, which a proxy's rule for `/metrics` does not. It also takes the end of a
    connection for the end of the headers: a command would take effect without its Idempotency-Key.
    """

    rfile: Any
    path: str
    requestline: str
    close_connection: Any

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
        self.close_connection = self.close_connection or not lines.last
        return bool(lines.last)


class _Lines:
    """A file that remembers the last line that was read; nothing at the end of the file."""

    def __init__(self, file: Any) -> None:
        self._file = file
        self.last = b""

    def readline(self, size: int = -1) -> bytes:
        self.last = self._file.readline(size)
        return self.last
