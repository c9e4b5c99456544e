"""The national framework's criteria for a case meeting: a suggestion to the team, never its decision."""

from collections.abc import Collection

COUNT_TOGETHER = frozenset({"several_life_domains", "several_chains", "affects_surroundings"})
"""Only all of these are enough. Each other criterion, national or regional, is enough by itself."""


def criteria_met(criteria: Collection[str]) -> bool:
    """Whether the criteria that the team found met are enough for a case meeting."""
    found = frozenset(criteria)
    return found >= COUNT_TOGETHER or bool(found - COUNT_TOGETHER)
