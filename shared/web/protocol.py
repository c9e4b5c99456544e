"""One connection of the HTTP server: its requests one after another, each step in its time."""

from contextlib import suppress
from typing import Any

from eventlet import wsgi
from nameko.web.server import HttpOnlyProtocol

from shared.connections import Connection
from shared.http_requests import StrictRequests
from shared.web.chunks import ChunkedInput

LONGEST_LINE, LONGEST_HEADERS = wsgi.MAX_REQUEST_LINE, wsgi.MAX_TOTAL_HEADER_SIZE
"""Of a request, in bytes. eventlet answers 414 and 400."""


class Protocol(StrictRequests, HttpOnlyProtocol):
    """Tells the application about its connection, and writes no request line to stderr."""

    @property
    def bounded(self) -> Connection:
        """The connection, in the bounds of the server."""
        bounded: Connection = self.conn_state[3]
        return bounded

    def handle_one_request(self) -> None:
        self.bounded.begin_step("idle")
        super().handle_one_request()

    def _read_request_line(self) -> Any:
        line = super()._read_request_line()
        self.bounded.begin_step("request")
        return line

    def get_environ(self) -> dict[str, Any]:
        environ: dict[str, Any] = super().get_environ()
        environ["connection"] = self.bounded
        environ["connection.close"] = lambda: setattr(self, "close_connection", 1)
        if (body := environ["wsgi.input"]).chunked_input:
            chunks = ChunkedInput(self.rfile, None, self.connection, body.wfile, body.wfile_line, chunked_input=True)
            environ["wsgi.input"] = environ["eventlet.input"] = chunks
        return environ

    def finish(self) -> None:
        """Close the socket, also when the client has left in the midst of an answer: nameko leaves it half open."""
        with suppress(OSError):
            super().finish()
        self.rfile.close()
        self.connection.close()

    def log_message(self, format: str, *args: Any) -> None:
        """Log nothing: a broken request line may hold personal data."""
