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
    """A regular expression that a text must match from its first character on. reason: the error text if not."""

    expression: str
    reason: str


@dataclass(frozen=True, slots=True)
class Check:
    """Any other condition on a value. holds: true for a valid value. reason: the error text for an invalid value.

    Bsn = Annotated[str, Check(passes_eleven_test, "Must be nine digits that pass the eleven test.")]
    """

    holds: Callable[[Any], bool]
    reason: str


@dataclass(frozen=True, slots=True)
class NamesField:
    """Marks a text that is a field name: `progress_made` in Python, `progressMade` on the wire."""


FieldName = Annotated[str, NamesField()]
Code = Annotated[str, Length(1, 64)]
"""A code or id from a house profile: `housing`, `reclassering-nederland`."""
Line = Annotated[str, Length(1, 200)]
"""A name or other text of one line."""
Text = Annotated[str, Length(1, 2000)]
"""A few paragraphs."""
