from dataclasses import asdict
from uuid import UUID, uuid4

from services.reporting.tests.cases import HOUSE, YOUTH_HOUSE, weighed
from services.reporting.weighing_figures.rules import (
    TablingCount,
    WeighedReferral,
    WeighingFigures,
    weighing_figures,
)


def figures(*referrals: WeighedReferral, tablings: list[TablingCount] | None = None) -> WeighingFigures:
    return weighing_figures(HOUSE, referrals, tablings or [])


def test_every_figure_of_the_profile_is_there_when_nothing_happened() -> None:
    empty = figures()
    assert empty.weighed_referrals == 0
    assert list(empty.decisions) == ["focus_or_top60", "aftercare", "escalate", "no_follow_up"]
    assert set(empty.decisions.values()) == {0}
    assert list(empty.subjects_seen_n_times) == ["2", "3", "4", "5", "6", "7+"]
    assert empty.mean_days_to_first_briefing is None


def test_decisions_are_counted_by_the_figure_that_the_profile_gives_them() -> None:
    counts = figures(weighed(decision="focus"), weighed(decision="top60"), weighed(decision="aftercare")).decisions
    assert counts == {"focus_or_top60": 2, "aftercare": 1, "escalate": 0, "no_follow_up": 0}


def test_a_decision_that_left_the_profile_is_still_counted() -> None:
    assert figures(weighed(decision="former")).decisions["former"] == 1


def test_a_case_is_not_a_person() -> None:
    one, other = uuid4(), uuid4()
    counts = figures(weighed(one), weighed(one), weighed(one), weighed(other))
    assert counts.weighed_referrals == 4
    assert counts.unique_subjects == 2
    assert counts.subjects_seen_n_times["3"] == 1


def test_who_is_seen_seven_times_or_more_is_counted_together() -> None:
    referrals = [weighed(UUID(int=subject)) for subject, times in ((1, 7), (2, 9), (3, 6)) for _ in range(times)]
    assert figures(*referrals).subjects_seen_n_times == {"2": 0, "3": 0, "4": 0, "5": 0, "6": 1, "7+": 2}


def test_sex_and_age_are_unknown_as_long_as_the_registration_is_under_way() -> None:
    counts = figures(weighed(sex=None, age_class=None), weighed(sex="woman", age_class="under_18"))
    assert counts.sex == {"man": 0, "woman": 1, "family": 0, "unknown": 1}
    assert counts.age_class == {"under_18": 1, "18_to_23": 0, "23_and_over": 0, "unknown": 1}


def test_reasons_of_no_follow_up_are_counted() -> None:
    counts = figures(weighed(decision="no_follow_up", reason="informed"), weighed(decision="focus"))
    assert counts.no_follow_up_reasons == {"deferred": 0, "informed": 1}


def test_referrers_stand_in_order_of_their_referrals() -> None:
    counts = figures(weighed(referrer="ggd"), weighed(referrer="police"), weighed(referrer="police"))
    assert [asdict(row) for row in counts.by_referrer] == [
        {"referrer": "police", "referrals": 2},
        {"referrer": "ggd", "referrals": 1},
    ]


def test_every_tabling_that_ends_in_escalation_counts_as_one() -> None:
    tablings = [
        TablingCount(municipality="Gouda", decision="escalate", count=2),
        TablingCount(municipality="Gouda", decision="focus", count=5),
    ]
    assert figures(tablings=tablings).escalations == {"from_briefing": 2}


def test_a_decision_escalates_if_the_profile_says_so() -> None:
    tablings = [TablingCount(municipality="Gouda", decision=code, count=3) for code in ("to_mayor", "escalate")]
    assert weighing_figures(YOUTH_HOUSE, [], tablings).escalations == {"from_briefing": 3}


def test_the_days_until_the_first_briefing_are_averaged_over_the_known() -> None:
    assert figures(weighed(), weighed(received_on=None)).mean_days_to_first_briefing == 7.0
