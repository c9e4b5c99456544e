"""Figures on weighed referrals: the decisions, the subjects, the referrers."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from services.reporting.counting.rules import counted, mean
from services.reporting.house import House

SEXES = ("man", "woman", "family", "unknown")
AGE_CLASSES = ("under_18", "18_to_23", "23_and_over", "unknown")
SEEN_OFTEN = 7


@dataclass(frozen=True, slots=True, kw_only=True)
class WeighedReferral:
    """A referral first weighed in the year, with the last decision taken in the year.

    subject_id: the same for all subjects that are one person. sex, age_class, received_on: None until the referral's
    registration is received.
    """

    subject_id: UUID
    referrer: str
    first_weighed_on: date
    decision: str
    reason: str | None
    sex: str | None
    age_class: str | None
    received_on: date | None


@dataclass(frozen=True, slots=True, kw_only=True)
class TablingCount:
    """How many tablings in the year had this municipality and decision."""

    municipality: str
    decision: str
    count: int


@dataclass(frozen=True, slots=True, kw_only=True)
class ReferrerCount:
    """How many referrals came from one referrer."""

    referrer: str
    referrals: int


@dataclass(frozen=True, kw_only=True)
class WeighingFigures:
    """A referral counts in the year in which it was first weighed, by the last decision of that year."""

    weighed_referrals: int
    decisions: Mapping[str, int]
    no_follow_up_reasons: Mapping[str, int]
    age_class: Mapping[str, int]
    sex: Mapping[str, int]
    unique_subjects: int
    subjects_seen_n_times: Mapping[str, int]
    by_referrer: tuple[ReferrerCount, ...]
    escalations: Mapping[str, int]
    mean_days_to_first_briefing: float | None


def weighing_figures(
    house: House, referrals: Sequence[WeighedReferral], tablings: Sequence[TablingCount]
) -> WeighingFigures:
    return WeighingFigures(
        weighed_referrals=len(referrals),
        decisions=decisions(house, referrals),
        no_follow_up_reasons=reasons(house, referrals),
        age_class=counted((referral.age_class or "unknown" for referral in referrals), AGE_CLASSES),
        sex=counted((referral.sex or "unknown" for referral in referrals), SEXES),
        unique_subjects=len({referral.subject_id for referral in referrals}),
        subjects_seen_n_times=subjects_seen_n_times(referrals),
        by_referrer=by_referrer(referrals),
        escalations={"from_briefing": escalated(house, tablings)},
        mean_days_to_first_briefing=mean_days_to_first_briefing(referrals),
    )


def decisions(house: House, referrals: Sequence[WeighedReferral]) -> dict[str, int]:
    """By the figure that the profile gives to a decision."""
    return counted((figure_of(house, referral.decision) for referral in referrals), house.decisions.values())


def reasons(house: House, referrals: Sequence[WeighedReferral]) -> dict[str, int]:
    return counted((referral.reason for referral in referrals if referral.reason), house.reasons)


def subjects_seen_n_times(referrals: Sequence[WeighedReferral]) -> dict[str, int]:
    """How many subjects had 2, 3, … or at least 7 referrals."""
    times = Counter(referral.subject_id for referral in referrals).values()
    seen = (f"{SEEN_OFTEN}+" if count >= SEEN_OFTEN else str(count) for count in times if count > 1)
    return counted(seen, [*map(str, range(2, SEEN_OFTEN)), f"{SEEN_OFTEN}+"])


def by_referrer(referrals: Sequence[WeighedReferral]) -> tuple[ReferrerCount, ...]:
    """Most referrals first."""
    counts = Counter(referral.referrer for referral in referrals)
    ordered = sorted(counts.items(), key=lambda item: (-item[1], item[0]))
    return tuple(ReferrerCount(referrer=referrer, referrals=count) for referrer, count in ordered)


def escalated(house: House, tablings: Sequence[TablingCount]) -> int:
    return sum(tabling.count for tabling in tablings if tabling.decision in house.escalating)


def mean_days_to_first_briefing(referrals: Sequence[WeighedReferral]) -> float | None:
    """Over the referrals whose day of receipt is known."""
    return mean(
        (referral.first_weighed_on - referral.received_on).days for referral in referrals if referral.received_on
    )


def figure_of(house: House, decision: str) -> str:
    """A decision that left the profile is counted under its own code, so that no figure loses a referral."""
    return house.decisions.get(decision, decision)
