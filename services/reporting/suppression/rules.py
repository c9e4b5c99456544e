"""Secondary suppression: with each small count, a count that is not small is left out too."""

from collections.abc import Mapping, Sequence
from uuid import UUID

Subjects = Sequence[UUID]
"""The subject of each case that is counted. One subject may have many cases."""
Shown = int | None
"""A count of cases, or None if the count is left out."""


def shown_counts(parts: Mapping[str, Subjects], smallest: int) -> dict[str, Shown]:
    """The counts of parts whose sum somebody may know. A count is small if it is about fewer than `smallest` subjects,
    or about nobody; small counts are left out.

    The smallest of the other counts is left out with them, and so are the counts that equal it. So one of the counts
    left out is not small, and nothing tells which: neither the sum nor this rule.
    """
    counts = {key: len(subjects) for key, subjects in parts.items()}
    large = {key: count for key, count in counts.items() if len(set(parts[key])) >= smallest}
    if len(large) == len(counts):
        return dict(counts)
    left_out_too = min(large.values(), default=0)
    return {key: count if key in large and count > left_out_too else None for key, count in counts.items()}
