"""The HTTP server of a service: nameko's, with problem+json, safe headers and a log line without the URL."""

import re
import time
from collections.abc import Iterable
from contextlib import suppress
from functools import partial
from http import HTTPStatus
from typing import Any
from uuid import UUID, uuid4

import eventlet
from eventlet import wsgi
from nameko.web.server import WebServer
from werkzeug.exceptions import (
    BadRequest,
    HTTPException,
    NotFound,
    RequestEntityTooLarge,
    RequestTimeout,
    ServiceUnavailable,
)
from werkzeug.routing import Map
from werkzeug.wrappers import Request, Response

from shared.bounded_json import MOST_BYTES
from shared.connections import MOST_OF_A_WORKER, STEP_SECONDS, Connections, too_late
from shared.observability.logs import get_logger, log_context
from shared.web.body import TooManyParts
from shared.web.metrics import CUT_OFF, REQUEST_SECONDS, REQUESTS
from shared.web.problems import problem_response
from shared.web.protocol import Protocol
from shared.web.turns import Turns

METHODS = frozenset({"GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"})
DIGITS = re.compile("[0-9]{1,19}")
UNKNOWN_ROUTE = "unknown"
ROUTINE = ("/metrics", "/health/")
SEALED = "/v1/sealed-"
"""What is asked there is in no figure, and in no line of the log: how often would tell how much is sealed."""
BACKLOG = 512
"""Connections that the kernel keeps until they are accepted."""
SWEEP_SECONDS = 1.0
DRAIN_SECONDS = 5.0
HEADERS = {
    "Cache-Control": "no-store",
    "Content-Security-Policy": "default-src 'none'; frame-ancestors 'none'",
    "Referrer-Policy": "no-referrer",
    "Strict-Transport-Security": "max-age=31536000",
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
}


class Application:
    """The WSGI application: finds the endpoint of a request and adds headers to its response."""

    def __init__(self, endpoints: Iterable[Any], api_version: str) -> None:
        self.url_map = Map([endpoint.get_url_rule() for endpoint in endpoints], merge_slashes=False)
        self.api_version = api_version
        self.in_hand = 0
        self.stopping = False

    def __call__(self, environ: dict[str, Any], start_response: Any) -> Iterable[bytes]:
        request = Request(environ)
        self.in_hand += 1
        try:
            return self._answer(request)(environ, start_response)
        finally:
            self.in_hand -= 1
            environ["connection"].begin_step("answer")

    def _answer(self, request: Request) -> Response:
        started = time.monotonic()
        correlation_id = correlation_id_of(request)
        with log_context(correlation_id=correlation_id):
            endpoint, response = self._route(request, correlation_id)
            self.add_headers(response, correlation_id)
            self._close_when_needed(request, response)
            _record(request, endpoint.offer.route if endpoint else UNKNOWN_ROUTE, response, time.monotonic() - started)
        return response

    def _route(self, request: Request, correlation_id: UUID) -> tuple[Any, Response]:
        """The endpoint and its response; for an unknown path, None and an error response."""
        try:
            _check(request)
            endpoint, path_values = self.url_map.bind_to_environ(request.environ).match()
        except HTTPException as error:
            return None, problem_response(error)
        return endpoint, endpoint.handle_request(request, correlation_id, path_values)

    def add_headers(self, response: Response, correlation_id: UUID) -> None:
        """The headers of every response."""
        for name, value in HEADERS.items():
            response.headers.setdefault(name, value)
        response.headers["API-Version"] = self.api_version
        response.headers["X-Correlation-Id"] = str(correlation_id)

    def _close_when_needed(self, request: Request, response: Response) -> None:
        if response.status_code == RequestEntityTooLarge.code:
            with suppress(OSError, ValueError):
                request.environ["wsgi.input"].discard()
        if self.stopping or response.status_code == RequestEntityTooLarge.code:
            request.environ["connection.close"]()


class Server(WebServer):
    """One per service, shared by its endpoints."""

    application: Application

    def __init__(self) -> None:
        super().__init__()
        self._connections = Connections(MOST_OF_A_WORKER, on_cut_off=lambda step: CUT_OFF.labels(step).inc())
        self.turns = Turns()

    def run(self) -> None:
        """Accept connections. nameko's own loop ends the service when no more file can be opened."""
        self._sock.listen(BACKLOG)
        self._sweeper = self.container.spawn_managed_thread(self._sweep)
        while self._is_accepting:
            try:
                client, address = self._sock.accept()
            except OSError as error:
                get_logger().warning("a connection could not be accepted", error=error)
                eventlet.sleep(SWEEP_SECONDS)
                continue
            client.settimeout(self._serv.socket_timeout)
            self.container.spawn_managed_thread(partial(self.process_request, client, address))
            eventlet.sleep(0)  # connections that were cut off get their turn to close

    def _sweep(self) -> None:
        while True:
            eventlet.sleep(SWEEP_SECONDS)
            self._connections.cut_off_overdue()

    def get_wsgi_app(self) -> Application:
        version = getattr(self.container.service_cls, "api_version", "1.0.0")
        self.application = Application(self._providers, version)
        return self.application

    def get_wsgi_server(self, sock: Any, wsgi_app: Any, protocol: type = Protocol, debug: bool = False) -> wsgi.Server:
        return wsgi.Server(
            sock,
            sock.getsockname(),
            wsgi_app,
            protocol=protocol,
            debug=debug,
            log=wsgi.LoggerNull(),  # eventlet's lines hold request lines
            log_output=False,
            socket_timeout=2 * STEP_SECONDS,  # should the sweeper not come first
        )

    def process_request(self, sock: Any, address: Any) -> None:
        """Serve one connection. In nameko, an error on a connection would end the service; here it is logged."""
        connection = self._connections.add(sock)
        try:
            self._serv.process_request([address, sock, wsgi.STATE_IDLE, connection])
        except Exception as error:
            get_logger().warning("connection broken", error=error)
        finally:
            self._connections.remove(connection)

    def refuse(self) -> None:
        """From now on, answer requests that no worker has begun with 503, and close their connections."""
        self.application.stopping = True

    def why_not_ready(self) -> str | None:
        """The readiness check of `shared.web.health`."""
        return "the service is stopping" if self.application.stopping else None

    def check_running(self) -> None:
        """Raises ServiceUnavailable after `refuse`."""
        if self.application.stopping:
            raise ServiceUnavailable("The service is stopping.")

    def stop(self) -> None:
        """Stop once all running requests are answered, or after DRAIN_SECONDS."""
        deadline = time.monotonic() + DRAIN_SECONDS
        while self.application.in_hand and time.monotonic() < deadline:
            eventlet.sleep(0.01)
        self._sweeper.kill()
        super().stop()


def correlation_id_of(request: Request) -> UUID:
    """The request's `X-Correlation-Id` if it is a UUID, else a new id."""
    try:
        return UUID(request.headers["X-Correlation-Id"])
    except (KeyError, ValueError):
        return uuid4()


def body_of(request: Request) -> bytes:
    """The first MOST_BYTES + 1 bytes of the body.

    Raises BadRequest if the body is cut off or its chunks are wrong, RequestTimeout if it does not come in time.
    """
    why = "is incomplete"
    try:
        body: bytes = request.environ["wsgi.input"].read(MOST_BYTES + 1)
        if len(body) >= min(request.content_length or 0, MOST_BYTES + 1):
            return body
    except TooManyParts as error:
        why = str(error)
    except (OSError, ValueError):
        pass
    request.environ["connection.close"]()
    raise RequestTimeout(too_late()) if request.environ["connection"].is_late else BadRequest(f"The body {why}.")


def _check(request: Request) -> None:
    """Refuse what a proxy before this server may read in another way. Raises BadRequest, NotFound."""
    lengths = {value for name, value in request.environ["headers_raw"] if name.lower() == "content-length"}
    coding = request.environ.get("HTTP_TRANSFER_ENCODING", "chunked").lower()
    if len(lengths) > 1 or not all(DIGITS.fullmatch(length) for length in lengths) or coding != "chunked":
        request.environ["connection.close"]()
        raise BadRequest("It is not clear where the body ends: one Content-Length, or chunked.")
    path: str = request.environ["PATH_INFO"]
    if not path.startswith("/") or path.startswith("//"):
        raise NotFound  # werkzeug takes //metrics and metrics for /metrics


def _record(request: Request, route: str, response: Response, seconds: float) -> None:
    method = request.method if request.method in METHODS else "other"
    status = response.status_code
    if route.startswith(SEALED):
        return
    REQUESTS.labels(method, route, status).inc()
    REQUEST_SECONDS.labels(route).observe(seconds)
    # health and metrics are requested every few seconds: successes are logged at debug level
    routine = route.startswith(ROUTINE) and status < HTTPStatus.BAD_REQUEST
    log = get_logger().debug if routine else get_logger().info
    log(
        "request answered",
        method=method,
        route=route,
        status=status,
        seconds=round(seconds, 4),
        caller=request.environ.get("caller"),
    )
