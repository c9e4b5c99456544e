"""What is left out of figures that leave the house, so that small counts give nobody away."""

from collections.abc import Mapping, Sequence
from uuid import UUID

Subjects = Sequence[UUID]
"""Of each case that is counted: whom it is about. One subject may have many cases."""
Shown = int | None
"""A count of cases, or None when it is left out."""


def shown(parts: Mapping[str, Subjects], smallest: int) -> dict[str, Shown]:
    """The counts of a sum that somebody may know; those about fewer than `smallest` subjects, or nobody, are left out.

    The smallest of the others goes with them, and what equals it. So among those left out one is not small, and nothing
    tells which: neither the sum nor this rule.
    """
    counts = {key: len(subjects) for key, subjects in parts.items()}
    large = {key: count for key, count in counts.items() if len(set(parts[key])) >= smallest}
    if len(large) == len(counts):
        return dict(counts)
    beside = min(large.values(), default=0)
    return {key: count if key in large and count > beside else None for key, count in counts.items()}
