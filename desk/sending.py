"""A form gives a command to a service; what comes of it is the next page, or the form again with what is wrong."""

from collections.abc import Callable, Sequence
from typing import Any, Protocol
from uuid import UUID

from werkzeug.wrappers import Response

from desk.asking import allowed
from desk.parts import parts
from desk.redirects import leave_for
from desk.services import Done, Missing, Problem


class Sendable(Protocol):
    """A form, or several that are sent as one. key: sent twice with the same one, the command takes effect once."""

    @property
    def key(self) -> UUID: ...

    def validate(self) -> bool: ...

    def blame(self, problems: Sequence[Problem]) -> None: ...

    def forget_drafts(self) -> None: ...


def send(
    form: Sendable,
    service: str,
    path: str,
    body: Any,
    *,
    then: str | Callable[[Any], str | Response],
    again: Callable[[int], Response],
    version: int | None = None,
) -> Response:
    """body: the command, or what gives it once nothing is wrong in the form. then: the next page, or what gives it for
    the answer. again: shows the form with this status, 503 without an answer and 422 where something is wrong in it.
    version: of what the command changes, as the person has seen it.

    Raises Forbidden for a command that is not for this person, unless the service says why.
    """
    if not form.validate():
        return again(422)
    command = body() if callable(body) else body
    answer = allowed(parts().services.post(service, path, command, key=form.key, version=version))
    if isinstance(answer, Missing):
        return again(503)
    if isinstance(answer, Done):
        form.forget_drafts()
        return _next(then(answer.data) if callable(then) else then)
    form.blame(answer.problems)
    return again(422 if answer.status in (400, 404) else answer.status)


def _next(page: str | Response) -> Response:
    return leave_for(page) if isinstance(page, str) else page
