"""One connection of the HTTP server: its requests one after another, each step in its time."""

from collections.abc import Mapping
from contextlib import suppress
from typing import Any
from uuid import uuid4

import eventlet
from eventlet import wsgi
from nameko.web.server import HttpOnlyProtocol
from werkzeug.exceptions import (
    BadRequest,
    HTTPException,
    RequestHeaderFieldsTooLarge,
    RequestTimeout,
    RequestURITooLarge,
    default_exceptions,
)

from shared.connections import Connection, too_late
from shared.http_requests import StrictRequests
from shared.web.body import Body, ChunkedBody
from shared.web.problems import problem_response

LONGEST_LINE, LONGEST_HEADERS = wsgi.MAX_REQUEST_LINE, wsgi.MAX_TOTAL_HEADER_SIZE
"""Of a request, in bytes. A header may be as long as the first line."""
MOST_HEADERS = 99
"""Of a request. Python reads a hundred lines, with the empty one after the headers."""
REASONS: Mapping[int, str] = {
    BadRequest.code: "The request is not HTTP/1.1, or one of its lines is no header.",
    RequestURITooLarge.code: f"The first line is over {LONGEST_LINE // 1024} KB.",
    RequestHeaderFieldsTooLarge.code: f"There are over {MOST_HEADERS} headers, one of them is over "
    f"{LONGEST_LINE // 1024} KB, or all together are over {LONGEST_HEADERS // 1024} KB.",
}


class Protocol(StrictRequests, HttpOnlyProtocol):
    """Tells the application about its connection, refuses what is no request, writes no request line to stderr."""

    @property
    def bounded(self) -> Connection:
        """The connection, in the bounds of the server."""
        bounded: Connection = self.conn_state[3]
        return bounded

    def handle_one_request(self) -> None:
        eventlet.sleep(0)  # a client that sends one request after another takes turns with others
        self.bounded.begin_step("idle")
        super().handle_one_request()

    def _read_request_line(self) -> Any:
        line = super()._read_request_line()
        if line and self.bounded.is_late:
            self._refuse(RequestTimeout(too_late()))
            return b""
        if len(line) >= LONGEST_LINE:
            self.send_error(RequestURITooLarge.code)
            return b""
        self.bounded.begin_step("request")
        return line

    def parse_request(self) -> bool:
        """Whether the request is to be answered. Otherwise, the client has got its answer or has left."""
        try:
            is_whole = super().parse_request()
        except (wsgi.HeaderLineTooLong, wsgi.HeadersTooLarge):
            self.send_error(RequestHeaderFieldsTooLarge.code)
            return False
        if not is_whole and self.bounded.is_late:
            self._refuse(RequestTimeout(too_late()))
        return is_whole

    def send_error(self, code: int, message: str | None = None, explain: str | None = None) -> None:
        """Refuse what is no request. Without Python's words, which repeat what the client sent."""
        self._refuse(default_exceptions[code](REASONS.get(code)))

    def _refuse(self, error: HTTPException) -> None:
        """Answer as the application does, and close the connection."""
        self.close_connection = 1
        response = problem_response(error)
        self.server.app.add_headers(response, uuid4())
        response.headers["Connection"] = "close"
        head = "".join(f"{name}: {value}\r\n" for name, value in response.headers)
        with suppress(OSError):
            self.wfile.write(f"{self.protocol_version} {response.status}\r\n{head}\r\n".encode() + response.get_data())
            self.wfile.flush()

    def get_environ(self) -> dict[str, Any]:
        environ: dict[str, Any] = super().get_environ()
        environ["connection"] = self.bounded
        environ["connection.close"] = lambda: setattr(self, "close_connection", 1)
        given = environ["wsgi.input"]
        environ["wsgi.input"] = environ["eventlet.input"] = (ChunkedBody if given.chunked_input else Body)(
            self.rfile, given.content_length, self.connection, given.wfile, given.wfile_line, given.chunked_input
        )
        return environ

    def finish(self) -> None:
        """Close the socket, also when the client has left in the midst of an answer: nameko leaves it half open."""
        with suppress(OSError):
            super().finish()
        self.rfile.close()
        self.connection.close()

    def log_message(self, format: str, *args: Any) -> None:
        """Log nothing: a broken request line may hold personal data."""
