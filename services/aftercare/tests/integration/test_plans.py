"""What comes beside and after a plan: refusals, follow-ups, and whether somebody is back soon."""

from typing import Any

import pytest

from services.aftercare.tests.integration.given import DOMAINS, PLAN, Detainee
from shared.testing.service import RunningService

REFUSAL = {"refusedOn": "2015-05-20", "reason": "wil geen hulp"}
AT_RELEASE = {
    "moment": "release",
    "answeredOn": "2015-07-01",
    "domains": [{"domain": "housing", "solved": False}, {"domain": "income_work", "solved": True}],
}


def refused_on(aftercare: RunningService, path: str) -> Any:
    return aftercare.get(path).body["refusedOn"]


def test_a_plan_tells_the_need_and_by_when_what_is_agreed_is_done(
    detainee: Detainee, aftercare: RunningService
) -> None:
    path = detainee.detained()
    debts = {"domain": "debts", "bottleneck": "yes", "need": "de huur", "agreement": "regeling", "owner": "casemanager"}
    plan = PLAN | {"domains": [*DOMAINS[:3], debts | {"dueOn": "2015-06-20"}, DOMAINS[4]]}
    assert aftercare.post(f"{path}/plan", plan, version=0).status == 201
    kept = aftercare.get(path).body["plan"]["domains"][3]
    assert (kept["need"], kept["dueOn"]) == ("de huur", "2015-06-20")
    [made] = aftercare.announced("aftercare-plans.made.v1")
    assert made["data"]["domains"][3] == {"domain": "debts", "bottleneck": "yes"}


def test_a_refusal_stands_until_a_plan_is_made(detainee: Detainee, aftercare: RunningService) -> None:
    path = detainee.detained()
    assert aftercare.post(f"{path}/refusals", REFUSAL).body == REFUSAL
    assert aftercare.post(f"{path}/refusals", REFUSAL).status == 201
    assert aftercare.get(path).body["refusals"] == [REFUSAL]
    assert refused_on(aftercare, path) == "2015-05-20"
    assert aftercare.get("/v1/detentions", house=aftercare.house, withoutPlan="true").body["items"] == []
    aftercare.post(f"{path}/plan", PLAN, version=0)
    assert refused_on(aftercare, path) is None
    again = REFUSAL | {"refusedOn": "2015-06-02"}
    aftercare.post(f"{path}/refusals", again)
    assert refused_on(aftercare, path) == "2015-06-02"
    assert aftercare.get(path).body["refusals"] == [REFUSAL, again]


def test_a_refusal_before_the_detention_is_refused(detainee: Detainee, aftercare: RunningService) -> None:
    answer = aftercare.post(f"{detainee.detained()}/refusals", REFUSAL | {"refusedOn": "2015-03-01"})
    assert (answer.status, answer.wrong_fields) == (422, ["refusedOn"])


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
    assert found["followUps"] == [AT_RELEASE, better, later]
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


@pytest.mark.parametrize(
    ("detained_on", "is_recurrent"),
    [("2015-06-30", False), ("2015-07-01", True), ("2017-07-01", True), ("2017-07-02", False)],
)
def test_whoever_is_detained_again_within_two_years_is_seen_as_such(
    detained_on: str, is_recurrent: bool, detainee: Detainee, aftercare: RunningService
) -> None:
    again = detainee.detained(detainedOn=detained_on, expectedReleaseOn=None)
    first = detainee.detained()
    followed = aftercare.get(again).body["followsDetentionId"]
    assert followed == (first.rpartition("/")[2] if is_recurrent else None)
    listed = aftercare.get("/v1/detentions", house=aftercare.house, recurrent="true").body["items"]
    assert [each["followsDetentionId"] for each in listed] == ([followed] if is_recurrent else [])


def test_a_recurrence_goes_by_the_release_date_that_counts_and_by_ones_own_case(
    detainee: Detainee, aftercare: RunningService
) -> None:
    first = detainee.detained()
    again = detainee.detained(detainedOn="2015-07-15", expectedReleaseOn=None)
    somebody_else = Detainee(aftercare).detained(detainedOn="2015-07-15", expectedReleaseOn=None)
    assert aftercare.get(somebody_else).body["followsDetentionId"] is None
    assert aftercare.get(again).body["followsDetentionId"]
    later = {"releaseOn": "2015-08-01", "source": "dji", "changedOn": "2015-05-04"}
    aftercare.post(f"{first}/release-dates", later)
    assert aftercare.get(again).body["followsDetentionId"] is None
