import pytest

from services.weighing.criteria.rules import criteria_met

TOGETHER = ["several_life_domains", "several_chains", "affects_surroundings"]


def test_the_three_criteria_that_count_together_are_enough() -> None:
    assert criteria_met(TOGETHER)


@pytest.mark.parametrize("missing", TOGETHER)
def test_two_of_the_three_are_not_enough(missing: str) -> None:
    assert not criteria_met([code for code in TOGETHER if code != missing])


@pytest.mark.parametrize("code", ["serious_local_safety_problem", "municipality_lacks_means"])
def test_each_other_criterion_is_enough_by_itself(code: str) -> None:
    assert criteria_met([code])


def test_no_criterion_is_not_enough() -> None:
    assert not criteria_met([])
