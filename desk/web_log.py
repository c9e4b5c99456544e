"""A correlation id, a log line and figures for each request: its route and the person's opaque id, no address."""

import re
import time
from uuid import UUID, uuid4

from flask import Flask, Response, g, request

from desk.metrics import REQUEST_SECONDS, REQUESTS
from shared.observability.logs import get_logger, log_context

METHODS = ("GET", "HEAD", "POST", "OPTIONS")
UNKNOWN, OTHER = "unknown", "other"
ROUTINE = ("/health/", "/metrics", "/static/")
SEALED = re.compile(r"/theme-inbox\b|.*/sealing$")
"""What is asked there is in no figure, and in no line of the log: how often would tell how much is sealed."""


def register(app: Flask) -> None:
    app.before_request(_begin)
    app.after_request(_end)
    app.teardown_request(_leave)


def correlation_id() -> UUID:
    """Of the request in hand; an error page shows it, and every service that is asked logs it."""
    found: UUID = g.correlation_id
    return found


def _begin() -> None:
    g.started = time.monotonic()
    g.correlation_id = uuid4()
    g.context = log_context(correlation_id=g.correlation_id)
    g.context.__enter__()


def _end(response: Response) -> Response:
    response.headers["X-Correlation-Id"] = str(correlation_id())
    route = request.url_rule.rule if request.url_rule else UNKNOWN
    if not SEALED.match(route):
        _record(route, response)
    return response


def _record(route: str, response: Response) -> None:
    method = request.method if request.method in METHODS else OTHER
    seconds = time.monotonic() - g.started
    REQUESTS.labels(method, route, response.status_code).inc()
    REQUEST_SECONDS.labels(route).observe(seconds)
    log = get_logger().debug if route.startswith(ROUTINE) and response.status_code < 400 else get_logger().info
    status, person = response.status_code, _person()
    log("request answered", method=method, route=route, status=status, seconds=round(seconds, 4), person=person)


def _person() -> str | None:
    session = g.get("session")
    return session.person.id if session else None


def _leave(_error: BaseException | None) -> None:
    g.context.__exit__(None, None, None)
