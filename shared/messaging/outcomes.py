"""What can become of a message or a command. Anything else that a handler raises is unexpected."""

from collections.abc import Mapping
from typing import NamedTuple

from marshmallow import ValidationError

from shared.rules import BrokenRule, Contradiction, UnknownObject
from shared.validation import located


class Problem(NamedTuple):
    """One thing that is wrong. `field` is a path such as `data.agreements[2].domain`, or empty for the whole."""

    field: str
    reason: str


def problems_of(error: ValidationError) -> list[Problem]:
    """Each wrong field of a failed load, by its path on the wire: `a.b[2].c`; empty when the whole is wrong."""
    return [Problem(path, reason) for path, reason in located(error)]


class Outcome(Exception):
    """Base of the outcomes that a handler chooses itself."""


class Ignorable(Outcome):
    """Nothing to do: acknowledged and counted."""


class Retryable(Outcome):
    """Not now, later perhaps: kept with its attempts and next time. HTTP 503."""


class Rejected(Outcome):
    """Never acceptable as it is: parked with its problems, or told to the caller. HTTP 422."""

    def __init__(self, *problems: Problem) -> None:
        super().__init__("; ".join(f"{field}: {reason}" if field else reason for field, reason in problems))
        self.problems = problems


class NotFound(Rejected):
    """What it is about does not exist here. HTTP 404."""


class Conflict(Rejected):
    """It contradicts what is already recorded. HTTP 409."""


class Outdated(Rejected):
    """It changes a version that no longer stands. HTTP 412."""


def check_version(named: int | None, standing: int) -> None:
    """Raises Outdated unless a command names the version that stands. Lock first what has the version."""
    if named != standing:
        raise Outdated(Problem("If-Match", "is not the version that stands; look again"))


MEANINGS: Mapping[type[BrokenRule], type[Rejected]] = {
    UnknownObject: NotFound,
    Contradiction: Conflict,
    BrokenRule: Rejected,
}
"""What the error of a rule means to whoever gave the input, the more exact class first."""


def outcome_of(error: Exception) -> Rejected | None:
    """What a broken rule means; None for any other error."""
    if not isinstance(error, BrokenRule):
        return None
    meaning = next(outcome for kind, outcome in MEANINGS.items() if isinstance(error, kind))
    return meaning(Problem(error.field, str(error)))
