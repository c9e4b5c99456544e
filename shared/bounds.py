"""Bounds of inputs: annotations of fields. Standard library only, so that rules can use them.

@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    answered_on: date
    plan_stands: bool
    note: Text | None = None
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Annotated, Any

from shared.text import has_bsn, has_control_characters, is_blank, is_bsn, is_garbled


@dataclass(frozen=True, slots=True)
class Length:
    """The length of a text in characters or of a list in items. Both bounds are inclusive; None is no bound."""

    least: int | None = None
    most: int | None = None


@dataclass(frozen=True, slots=True)
class Range:
    """The range of a number. Both bounds are inclusive; None is no bound."""

    least: int | None = None
    most: int | None = None


@dataclass(frozen=True, slots=True)
class Pattern:
    """A regular expression that a whole text must match. code, reason: of the error if it does not.

    The expression is shown to callers, so it is one that Python and ECMAScript read alike: `^[a-z]{1,9}$`.
    """

    expression: str
    code: str
    reason: str


@dataclass(frozen=True, slots=True)
class Check:
    """Any other condition on a value. holds: true for a valid value. code, reason: of the error for an invalid value.

    Bsn = Annotated[str, Check(is_bsn, "not_a_bsn", "Must be nine digits that pass the eleven test.")]
    """

    holds: Callable[[Any], bool]
    code: str
    reason: str


@dataclass(frozen=True, slots=True)
class Refuse(Check):
    """The opposite of a `Check`. holds: true for an invalid value."""


@dataclass(frozen=True, slots=True)
class NamesField:
    """Marks a text that is a field name: `progress_made` in Python, `progressMade` on the wire."""


FieldName = Annotated[str, NamesField()]
WRITTEN = (
    Refuse(is_blank, "blank", "Must not be blank."),
    Refuse(
        has_control_characters, "control_characters", "Must not hold control characters or characters that nobody sees."
    ),
    Refuse(is_garbled, "garbled", "Holds letters that were lost or changed in a conversion; send them as UTF-8."),
)
"""The conditions on whatever a person or a system writes."""
NO_BSN = Refuse(has_bsn, "bsn_in_text", "Must not hold a BSN: a citizen number has a field of its own.")

Code = Annotated[str, Length(1, 64), *WRITTEN]
"""A code or id from a house profile, a number, a partner's own reference: `housing`, `PL1500-2026-000778`."""
Name = Annotated[str, Length(1, 100), *WRITTEN, NO_BSN]
"""A name of a person, a municipality or an institution."""
Line = Annotated[str, Length(1, 500), *WRITTEN, NO_BSN]
"""A text of one line."""
Text = Annotated[str, Length(1, 2000), *WRITTEN, NO_BSN]
"""A few paragraphs."""
Story = Annotated[str, Length(1, 10_000), *WRITTEN, NO_BSN]
"""A whole account: what a referrer is worried about."""
Bsn = Annotated[str, Check(is_bsn, "not_a_bsn", "Must be nine digits that pass the eleven test.")]
