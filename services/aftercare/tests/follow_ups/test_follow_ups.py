"""What became of a plan, as people record it."""

from typing import Any

import pytest

from services.aftercare.tests.given import PLAN, Detainee, as_stated
from shared.testing.service import RunningService

AT_RELEASE = {
    "moment": "release",
    "answeredOn": "2015-07-01",
    "domains": [{"domain": "housing", "solved": False}, {"domain": "income_work", "solved": True}],
}


def test_each_answer_at_a_moment_is_kept_and_the_plan_stays_the_same(
    detainee: Detainee, aftercare: RunningService
) -> None:
    path = detainee.detained()
    aftercare.post(f"{path}/plan", PLAN, version=0)
    better = AT_RELEASE | {"answeredOn": "2015-07-08", "domains": [{"domain": "housing", "solved": True}]}
    later = {"moment": "month_1", "answeredOn": "2015-08-01", "domains": [{"domain": "debts", "solved": False}]}
    for answer in (AT_RELEASE, AT_RELEASE, better, later):
        assert aftercare.post(f"{path}/follow-ups", answer).body == answer
    found = aftercare.get(path).body
    assert as_stated(found["followUps"]) == [AT_RELEASE, better, later]
    assert found["planMadeOn"] == "2015-06-01"
    solved = {"house": aftercare.house, "moment": "release", "domain": "housing", "solved": "yes"}
    assert aftercare.metric("aftercare_follow_ups_total", **solved) == 1


@pytest.mark.parametrize(
    ("differently", "field"),
    [
        ({"answeredOn": "2015-06-30"}, "answeredOn"),
        ({"moment": "month_6", "answeredOn": "2015-12-31"}, "answeredOn"),
        ({"moment": "month_2"}, "moment"),
        ({"domains": [{"domain": "love", "solved": True}]}, "domains[0].domain"),
        ({"domains": [{"domain": "care", "solved": True}]}, "domains[0].domain"),
    ],
)
def test_a_wrong_answer_is_refused_and_leaves_nothing(
    differently: dict[str, Any], field: str, detainee: Detainee, aftercare: RunningService
) -> None:
    path = detainee.detained()
    aftercare.post(f"{path}/plan", PLAN, version=0)
    answer = aftercare.post(f"{path}/follow-ups", AT_RELEASE | differently)
    assert answer.wrong_fields == [field]
    assert aftercare.get(path).body["followUps"] == []


def test_there_is_nothing_to_follow_up_without_a_plan(detainee: Detainee, aftercare: RunningService) -> None:
    answer = aftercare.post(f"{detainee.detained()}/follow-ups", AT_RELEASE)
    assert (answer.status, answer.wrong_fields) == (422, ["moment"])
