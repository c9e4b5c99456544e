"""The criteria that the team looked at: which stand for each other, and what those that are met suggest."""

from collections.abc import Collection, Iterator, Sequence

from shared.rules import BrokenRule

COUNT_TOGETHER = frozenset({"several_life_domains", "several_chains", "affects_surroundings"})
"""Only all of these are enough. Each other criterion, national or regional, is enough by itself."""


def criteria_met(criteria: Collection[str]) -> bool:
    """Whether the criteria that the team found met are enough for a case meeting."""
    found = frozenset(criteria)
    return found >= COUNT_TOGETHER or bool(found - COUNT_TOGETHER)


class CriterionTwice(BrokenRule):
    reason = "is named already: a criterion is met, not met or unknown"


def found_twice(met: Collection[str], not_met: Sequence[str], unknown: Sequence[str]) -> Iterator[BrokenRule]:
    """Each criterion that is named already, but for those that are met alone: `met` may name one again."""
    seen = set(met)
    for field, codes in {"criteriaNotMet": not_met, "criteriaUnknown": unknown}.items():
        for position, code in enumerate(codes):
            if code in seen:
                yield CriterionTwice(f"{field}[{position}]")
            seen.add(code)
