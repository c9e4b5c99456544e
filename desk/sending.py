"""A form gives a command to a service; what comes of it is the next page, or the form again with what is wrong."""

from collections.abc import Callable, Sequence
from typing import Any

from werkzeug.wrappers import Response

from desk.asking import allowed
from desk.forms import DeskForm
from desk.parts import parts
from desk.redirects import leave_for
from desk.services import Done, Missing, Problem


def send(
    form: DeskForm,
    service: str,
    path: str,
    body: Any,
    *,
    then: str | Callable[[Any], str],
    again: Callable[[int], Response],
    blame: Callable[[Sequence[Problem]], None],
    version: int | None = None,
) -> Response:
    """then: the next page, or what gives it for the answer. again: shows the form with this status, 503 without an
    answer and 422 where something is wrong in it. blame: says what is wrong. version: of what the command changes, as
    the person has seen it.

    Raises Forbidden for a command that is not for this person.
    """
    answer = allowed(parts().services.post(service, path, body, key=form.token.key, version=version))
    if isinstance(answer, Done):
        form.forget_drafts()
        return leave_for(then if isinstance(then, str) else then(answer.data))
    if isinstance(answer, Missing):
        return again(503)
    blame(answer.problems)
    return again(422 if answer.status < 409 else answer.status)
