"""Figures on referrals weighed: what was decided, on whom, from whom."""

from collections import Counter
from collections.abc import Sequence
from typing import Any

from services.reporting.domain.counting import counted, mean
from services.reporting.domain.facts import Tablings, WeighedReferral
from services.reporting.domain.house import ESCALATE, House

SEXES = ("man", "woman", "family", "unknown")
AGE_CLASSES = ("under_18", "18_to_23", "23_and_over", "unknown")
SEEN_OFTEN = 7


def weighing_figures(house: House, weighed: Sequence[WeighedReferral], tablings: Sequence[Tablings]) -> dict[str, Any]:
    """A referral counts in the year in which it was first weighed, by the last decision of that year."""
    return {
        "weighed_referrals": len(weighed),
        "decisions": decisions(house, weighed),
        "no_follow_up_reasons": reasons(house, weighed),
        "age_class": counted((each.age_class or "unknown" for each in weighed), AGE_CLASSES),
        "sex": counted((each.sex or "unknown" for each in weighed), SEXES),
        "unique_subjects": len({each.subject_id for each in weighed}),
        "subjects_seen_n_times": seen_n_times(weighed),
        "by_referrer": by_referrer(weighed),
        "escalations": {"from_briefing": escalated(house, tablings)},
        "mean_days_to_first_briefing": mean(
            (each.first_weighed_on - each.received_on).days for each in weighed if each.received_on
        ),
    }


def decisions(house: House, weighed: Sequence[WeighedReferral]) -> dict[str, int]:
    """By the figure that the profile gives to a decision."""
    return counted((figure_of(house, each.decision) for each in weighed), house.decisions.values())


def reasons(house: House, weighed: Sequence[WeighedReferral]) -> dict[str, int]:
    return counted((each.reason for each in weighed if each.reason), house.reasons)


def seen_n_times(weighed: Sequence[WeighedReferral]) -> dict[str, int]:
    """How many subjects had 2, 3, … or at least 7 referrals."""
    times = Counter(each.subject_id for each in weighed).values()
    seen = (f"{SEEN_OFTEN}+" if count >= SEEN_OFTEN else str(count) for count in times if count > 1)
    return counted(seen, [*map(str, range(2, SEEN_OFTEN)), f"{SEEN_OFTEN}+"])


def by_referrer(weighed: Sequence[WeighedReferral]) -> list[dict[str, Any]]:
    """Most referrals first."""
    counts = Counter(each.referrer for each in weighed)
    ordered = sorted(counts.items(), key=lambda item: (-item[1], item[0]))
    return [{"referrer": referrer, "referrals": count} for referrer, count in ordered]


def escalated(house: House, tablings: Sequence[Tablings]) -> int:
    return sum(each.count for each in tablings if figure_of(house, each.decision) == ESCALATE)


def figure_of(house: House, decision: str) -> str:
    """A decision that left the profile since is counted under its own code: no figure loses anything."""
    return house.decisions.get(decision, decision)
