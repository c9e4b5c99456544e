"""Errors as problem+json (RFC 9457)."""

from collections.abc import Sequence
from http import HTTPStatus
from typing import Any, NamedTuple

import orjson
from marshmallow import ValidationError
from psycopg import OperationalError
from psycopg.errors import IdleInTransactionSessionTimeout
from werkzeug.exceptions import HTTPException
from werkzeug.wrappers import Response

from shared.bounded_json import JsonError, TooLargeError
from shared.messaging.outcomes import (
    Conflict,
    NotFound,
    Outdated,
    Problem,
    Rejected,
    Retryable,
    outcome_of,
    problems_of,
)

MEDIA_TYPE = "application/problem+json"
RETRY_AFTER_SECONDS = 5


class Answer(NamedTuple):
    """What becomes of an exception. `detail` and `errors` are told to the caller."""

    status: int
    detail: str = ""
    errors: Sequence[Problem] = ()


def answer_to(error: Exception) -> Answer:
    """The one table from exception to HTTP. Whatever it does not know is a 500 that tells nothing."""
    match outcome_of(error) or error:
        case HTTPException() as refused:
            return Answer(refused.code or 500, refused.description or "")
        case ValidationError() as invalid:
            return Answer(400, "Some fields are wrong.", problems_of(invalid))
        case TooLargeError():
            return Answer(413, f"The body {error}.")
        case JsonError():
            return Answer(400, f"The body {error}.")
        case NotFound(problems=problems):
            return Answer(404, "It does not exist here.", problems)
        case Conflict(problems=problems):
            return Answer(409, "It contradicts what is recorded.", problems)
        case Outdated(problems=problems):
            return Answer(412, "Somebody changed it since you looked.", problems)
        case Rejected(problems=problems):
            return Answer(422, "It cannot be accepted.", problems)
        case Retryable() | OperationalError() | IdleInTransactionSessionTimeout():
            return Answer(503, "Not possible at the moment; try again later.")
    return Answer(500)


def problem_response(error: Exception) -> Response:
    """The response that tells a caller what was wrong."""
    status, detail, errors = answer_to(error)
    document: dict[str, Any] = {"type": "about:blank", "title": HTTPStatus(status).phrase, "status": status}
    if detail:
        document["detail"] = detail
    if errors:
        document["errors"] = [problem._asdict() for problem in errors]
    response = Response(orjson.dumps(document), status, content_type=MEDIA_TYPE)
    if isinstance(error, HTTPException):
        _keep_headers(error, response)
    if status == HTTPStatus.SERVICE_UNAVAILABLE:
        response.headers["Retry-After"] = str(RETRY_AFTER_SECONDS)
    return response


def _keep_headers(error: HTTPException, response: Response) -> None:
    """What the status asks for besides the body: Allow for 405, WWW-Authenticate for 401."""
    for name, value in error.get_headers():
        if name.lower() != "content-type":
            response.headers[name] = value
