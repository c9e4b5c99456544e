"""Errors as problem+json (RFC 9457)."""

from collections.abc import Mapping, Sequence
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
    CannotWrite,
    Conflict,
    Forbidden,
    NotFound,
    Outdated,
    Problem,
    Rejected,
    Retryable,
    outcome_of,
    problems_of,
)
from shared.schemas import StrictSchema, schema_of

MEDIA_TYPE = "application/problem+json"
RETRY_AFTER_SECONDS = 5


class Answer(NamedTuple):
    """The HTTP answer to an exception; the response shows `detail` and `errors`."""

    status: int
    detail: str = ""
    errors: Sequence[Problem] = ()


REJECTIONS: Mapping[type[Rejected], tuple[int, str]] = {
    Rejected: (422, "The request cannot be accepted."),
    NotFound: (404, "The object does not exist in this house."),
    Forbidden: (403, "The caller may not do this."),
    Conflict: (409, "The request contradicts recorded data."),
    Outdated: (412, "The object has been changed since you read it."),
}


def answer_to(error: Exception) -> Answer:
    """The table from exceptions to HTTP. Any other exception is a 500 without details."""
    match outcome_of(error) or error:
        case HTTPException() as refused:
            return Answer(refused.code or 500, refused.description or "")
        case ValidationError() as invalid:
            return Answer(400, "Some fields are wrong.", problems_of(invalid))
        case TooLargeError():
            return Answer(413, f"The body {error}.")
        case JsonError():
            return Answer(400, f"The body {error}.")
        case Rejected() as rejected:
            return Answer(*REJECTIONS[type(rejected)], rejected.problems)
        case CannotWrite():
            return Answer(
                503, "The database can't write at the moment. The command has no effect; send it again later."
            )
        case Retryable() | OperationalError() | IdleInTransactionSessionTimeout():
            return Answer(503, "The request is not possible at the moment; try again later.")
    return Answer(500)


def problem_response(error: Exception) -> Response:
    """The response to an exception, as problem+json."""
    status, detail, errors = answer_to(error)
    document: dict[str, Any] = {"type": "about:blank", "title": HTTPStatus(status).phrase, "status": status}
    if detail:
        document["detail"] = detail
    if errors:
        document["errors"] = [problem._asdict() for problem in errors]
    if isinstance(error, Conflict) and error.on_record is not None:
        document["onRecord"] = schema_of(type(error.on_record), StrictSchema).dump(error.on_record)
    response = Response(orjson.dumps(document), status, content_type=MEDIA_TYPE)
    if isinstance(error, HTTPException):
        _keep_headers(error, response)
    if status == HTTPStatus.SERVICE_UNAVAILABLE:
        response.headers["Retry-After"] = str(RETRY_AFTER_SECONDS)
    return response


def _keep_headers(error: HTTPException, response: Response) -> None:
    """Copy the headers that a status requires: Allow for 405, WWW-Authenticate for 401."""
    for name, value in error.get_headers():
        if name.lower() != "content-type":
            response.headers[name] = value
