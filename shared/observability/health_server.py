"""Health and metrics of a process without nameko, over HTTP: `/health/live`, `/health/ready`, `/metrics`."""

import threading
from collections.abc import Callable, Iterable
from typing import Any
from wsgiref.simple_server import WSGIRequestHandler, make_server

from prometheus_client import make_wsgi_app


def serve_health(address: tuple[str, int], is_ready: Callable[[], bool]) -> None:
    """Serve in a daemon thread. Raises OSError if the port is in use."""
    metrics_app = make_wsgi_app()

    def app(environ: dict[str, Any], start_response: Any) -> Iterable[bytes]:
        path = environ["PATH_INFO"]
        if path == "/metrics":
            return metrics_app(environ, start_response)  # type: ignore[no-any-return]
        known = path in ("/health/live", "/health/ready")
        healthy = known and (path == "/health/live" or is_ready())
        status = "200 OK" if healthy else "503 Service Unavailable" if known else "404 Not Found"
        start_response(status, [("Content-Type", "text/plain; charset=utf-8")])
        return [status.encode()]

    server = make_server(address[0], address[1], app, handler_class=_SilentHandler)
    threading.Thread(target=server.serve_forever, name="health", daemon=True).start()


class _SilentHandler(WSGIRequestHandler):
    def log_message(self, format: str, *args: Any) -> None:
        """Log nothing: there is a request every few seconds."""
