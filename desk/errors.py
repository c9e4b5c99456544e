"""Error pages: what kind of error it was and the correlation id, and nothing else."""

from flask import Flask, Response, make_response, render_template
from psycopg import OperationalError
from psycopg_pool import PoolTimeout
from werkzeug.exceptions import HTTPException, InternalServerError, ServiceUnavailable

from desk.language import lazy
from desk.provider import ProviderDown
from desk.web_log import correlation_id
from shared.observability.logs import get_logger

FAILED = lazy("Something went wrong")
HEADINGS = {
    400: lazy("The desk does not understand what your browser sent"),
    403: lazy("You may not see or do this"),
    404: lazy("There is no such page"),
    405: lazy("The desk does not understand what your browser sent"),
    413: lazy("This is too large"),
    429: lazy("You try too often; wait a minute"),
    503: lazy("This is not possible now; try again in a few minutes"),
}


def register(app: Flask) -> None:
    app.register_error_handler(HTTPException, page_of)
    for unreachable in (OperationalError, PoolTimeout, ProviderDown):
        app.register_error_handler(unreachable, _unreachable)
    app.register_error_handler(Exception, _unforeseen)


def page_of(error: HTTPException) -> Response:
    """The page of an error. Without `error.description`, which may repeat what somebody sent."""
    if error.response is not None:
        return make_response(error.response)
    status = error.code or InternalServerError.code
    page = render_template("error.html", heading=HEADINGS.get(status, FAILED), number=correlation_id())
    response = make_response(page, status)
    kept = {name: value for name, value in error.get_headers() if name in ("Allow", "Retry-After")}
    response.headers.update(kept)
    return response


def _unreachable(error: Exception) -> Response:
    get_logger().warning("the database or the provider cannot be reached", error=error)
    return page_of(ServiceUnavailable(retry_after=10))


def _unforeseen(error: Exception) -> Response:
    get_logger().error("a page failed", error=error)
    return page_of(InternalServerError())
