"""Health and metrics of a process without nameko, over HTTP: `/health/live`, `/health/ready`, `/metrics`."""

import threading
from collections.abc import Callable, Iterable
from socketserver import ThreadingMixIn
from typing import Any
from wsgiref.simple_server import WSGIRequestHandler, WSGIServer, make_server

from prometheus_client import make_wsgi_app

from shared.connections import MOST_OF_A_RELAY, Connections
from shared.http_requests import StrictRequests


def serve_health(address: tuple[str, int], why_not_ready: Callable[[], str | None]) -> None:
    """Serve in daemon threads. Raises OSError if the port is in use.

    why_not_ready: the problem, in words that may be public; None if the process can work.
    """
    metrics_app = make_wsgi_app()

    def app(environ: dict[str, Any], start_response: Any) -> Iterable[bytes]:
        path = environ["PATH_INFO"]
        if path == "/metrics":
            return metrics_app(environ, start_response)  # type: ignore[no-any-return]
        status, said = _health(path, why_not_ready)
        start_response(status, [("Content-Type", "text/plain; charset=utf-8")])
        return [said.encode()]

    server = make_server(address[0], address[1], app, _Server, _SilentHandler)
    threading.Thread(target=server.serve_forever, name="health", daemon=True).start()


def _health(path: str, why_not_ready: Callable[[], str | None]) -> tuple[str, str]:
    """The status and the text of the answer."""
    if path not in ("/health/live", "/health/ready"):
        return "404 Not Found", "Not Found"
    problem = why_not_ready() if path == "/health/ready" else None
    return ("503 Service Unavailable", problem) if problem else ("200 OK", "OK")


class _Server(ThreadingMixIn, WSGIServer):
    """A thread for each connection, so that no client waits for another."""

    daemon_threads = True
    request_queue_size = 512

    def __init__(self, *arguments: Any) -> None:
        super().__init__(*arguments)
        self._connections = Connections(MOST_OF_A_RELAY)

    def service_actions(self) -> None:
        """Called by `serve_forever` twice a second."""
        self._connections.cut_off_overdue()

    def process_request_thread(self, request: Any, client_address: Any) -> None:
        connection = self._connections.add(request)
        super().process_request_thread(request, client_address)
        self._connections.remove(connection)

    def handle_error(self, request: Any, client_address: Any) -> None:
        """Log nothing: a client has left, or was cut off."""


class _SilentHandler(StrictRequests, WSGIRequestHandler):
    def log_message(self, format: str, *args: Any) -> None:
        """Log nothing: there is a request every few seconds."""
