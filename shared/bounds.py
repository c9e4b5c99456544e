"""How long and how large an input may be. Standard library only, so that rules can state it in their annotations.

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
    """Of a text in characters, of a list in items; both bounds are included, None is no bound."""

    least: int | None = None
    most: int | None = None


@dataclass(frozen=True, slots=True)
class Range:
    """Of a number; both bounds are included, None is no bound."""

    least: int | None = None
    most: int | None = None


@dataclass(frozen=True, slots=True)
class Pattern:
    """Of a text: a regular expression that it matches from its first character on, and the reason where it does not."""

    expression: str
    reason: str


@dataclass(frozen=True, slots=True)
class Check:
    """Of any value, for what no bound says. holds: whether a value is right; reason: what its sender reads otherwise.

    Bsn = Annotated[str, Check(passes_eleven_test, "Must be nine digits that pass the eleven test.")]
    """

    holds: Callable[[Any], bool]
    reason: str


@dataclass(frozen=True, slots=True)
class NamesField:
    """Marks a text that is the name of a field on the wire: `progress_made` inside, `progressMade` outside."""


FieldName = Annotated[str, NamesField()]
Code = Annotated[str, Length(1, 64)]
"""A code or an id of the house's profile: `housing`, `reclassering-nederland`."""
Line = Annotated[str, Length(1, 200)]
"""A name or another text of one line."""
Text = Annotated[str, Length(1, 2000)]
"""A few paragraphs."""
