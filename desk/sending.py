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
    then: str,
    again: Callable[[int], Response],
    blame: Callable[[Sequence[Problem]], None],
) -> Response:
    """then: the next page. again: shows the form with this status, 503 without an answer. blame: says what is wrong.

    Raises Forbidden for a command that is not for this person.
    """
    answer = allowed(parts().services.post(service, path, body, key=form.token.key))
    if isinstance(answer, Done):
        form.forget_drafts()
        return leave_for(then)
    if isinstance(answer, Missing):
        return again(503)
    blame(answer.problems)
    return again(answer.status)
