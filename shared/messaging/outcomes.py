"""The outcomes of messages and commands that are not done. Any other exception of a handler is unexpected."""

from collections.abc import Iterable, Mapping, Sequence
from itertools import islice
from typing import NamedTuple

from marshmallow import ValidationError

from shared.rules import BrokenRule, Contradiction, NotAllowed, UnknownObject
from shared.validation import INVALID, MOST_PROBLEMS, located


class Problem(NamedTuple):
    """One wrong field. field: a path, `data.agreements[2].domain`; empty if the whole input is wrong.

    code: the kind of error, for programs; a reason may be worded anew.
    """

    field: str
    reason: str
    code: str


MORE_PROBLEMS = Problem("", f"has more problems: at most {MOST_PROBLEMS} are listed", "more_problems")


def at_most_told(problems: Iterable[Problem]) -> list[Problem]:
    """MOST_PROBLEMS at most; if there are more, the last one says so."""
    first = list(islice(problems, MOST_PROBLEMS + 1))
    return first if len(first) <= MOST_PROBLEMS else [*first[: MOST_PROBLEMS - 1], MORE_PROBLEMS]


def as_stored(parts: Sequence[str]) -> Problem:
    """A problem out of the database; before there were codes it had two parts."""
    field, reason, *code = parts
    return Problem(field, reason, *code or (INVALID,))


def problems_of(error: ValidationError) -> list[Problem]:
    """The wrong fields of a failed load, with their paths on the wire; MOST_PROBLEMS at most."""
    return at_most_told(Problem(path, reason, code) for path, reason, code in located(error))


class Outcome(Exception):
    """Base of the outcomes that a handler can raise."""


class Ignorable(Outcome):
    """There is nothing to do: the message is acked and counted."""


class Retryable(Outcome):
    """Not possible now: the message is postponed, with back-off. HTTP 503."""


class CannotWrite(Retryable):
    """The database can't write. HTTP 503."""


class Rejected(Outcome):
    """Not acceptable without a correction: the message is parked with the problems. HTTP 422."""

    def __init__(self, *problems: Problem) -> None:
        super().__init__("; ".join(f"{field}: {reason}" if field else reason for field, reason, _ in problems))
        self.problems = problems


class NotFound(Rejected):
    """The object does not exist in this house. HTTP 404."""


class Conflict(Rejected):
    """The input contradicts recorded data. HTTP 409. on_record: that data as callers see it, a message; None if they
    know it.
    """

    def __init__(self, *problems: Problem, on_record: object = None) -> None:
        super().__init__(*problems)
        self.on_record = on_record


class Forbidden(Rejected):
    """The caller may not do this with this input. HTTP 403."""


class Outdated(Rejected):
    """The command changes a version that is no longer current. HTTP 412."""


def check_version(version: int | None, current: int) -> None:
    """Raises Outdated if a command's version is not the current one. Lock the row before, so that it stays current."""
    if version != current:
        raise Outdated(Problem("If-Match", "is not the current version; read the object again", "outdated"))


MEANINGS: Mapping[type[BrokenRule], type[Rejected]] = {
    UnknownObject: NotFound,
    Contradiction: Conflict,
    NotAllowed: Forbidden,
    BrokenRule: Rejected,
}
"""The outcome of each kind of rule error; subclasses come before their bases."""


def problem_of(rule: BrokenRule) -> Problem:
    """The wrong field that a broken rule is about."""
    return Problem(rule.field, str(rule), rule.code)


def outcome_of(error: Exception) -> Rejected | None:
    """The outcome of a broken rule; None for any other error."""
    if not isinstance(error, BrokenRule):
        return None
    meaning = next(outcome for kind, outcome in MEANINGS.items() if isinstance(error, kind))
    return meaning(problem_of(error))
