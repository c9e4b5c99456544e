"""Plans and refusals, as other services and people see them."""

from typing import Any

import eventlet

from services.aftercare.tests.given import DOMAINS, PLAN, Detainee
from shared.testing.service import RunningService

REFUSAL = {"refusedOn": "2015-05-20", "reason": "wil geen hulp"}


def test_the_same_plan_twice_at_the_same_moment_is_made_once(detainee: Detainee, aftercare: RunningService) -> None:
    path = detainee.detained()
    both = [eventlet.spawn(aftercare.post, f"{path}/plan", PLAN, version=0) for _ in range(2)]
    assert [each.wait().status for each in both] == [201, 201]
    assert len(aftercare.announced("aftercare-plans.made.v1")) == 1


def test_a_plan_is_kept_and_tells_others_the_referrals_and_not_the_agreements(
    detainee: Detainee, aftercare: RunningService
) -> None:
    path = detainee.detained()
    answer = aftercare.post(f"{path}/plan", PLAN, version=0)
    assert answer.status == 201
    assert aftercare.get(path).body["plan"] == answer.body
    [made] = aftercare.announced("aftercare-plans.made.v1")
    assert made["time"] == "2015-06-01T12:00:00Z"
    assert made["data"]["domains"] == [
        {"domain": "identity", "bottleneck": "no"},
        {"domain": "housing", "bottleneck": "yes", "referredTo": "gemeente-gouda"},
        {"domain": "income_work", "bottleneck": "yes"},
        {"domain": "debts", "bottleneck": "unknown"},
        {"domain": "care", "bottleneck": "no"},
    ]


def test_the_same_plan_again_gives_the_same_answer_and_another_replaces_it(
    detainee: Detainee, aftercare: RunningService
) -> None:
    path = detainee.detained()
    assert aftercare.post(f"{path}/plan", PLAN, version=0) == aftercare.post(f"{path}/plan", PLAN, version=0)
    assert len(aftercare.announced("aftercare-plans.made.v1")) == 1
    care = {"domain": "care", "bottleneck": "yes", "referredTo": "fivoor"}
    assert (
        aftercare.post(f"{path}/plan", {"madeOn": "2015-06-20", "domains": [*DOMAINS[:4], care]}, version=1).status
        == 201
    )
    assert aftercare.get(path).body["planMadeOn"] == "2015-06-20"
    assert len(aftercare.announced("aftercare-plans.made.v1")) == 2


def test_of_two_who_change_the_same_plan_the_second_sees_the_first_before(
    detainee: Detainee, aftercare: RunningService
) -> None:
    path = detainee.detained()
    assert aftercare.get(path).headers["ETag"] == '"0"'
    first = aftercare.post(f"{path}/plan", PLAN, version=0)
    assert (first.status, first.headers["ETag"]) == (201, '"1"')
    other = PLAN | {"domains": [*DOMAINS[:4], {"domain": "care", "bottleneck": "unknown"}]}
    assert aftercare.post(f"{path}/plan", other, version=0).status == 412
    assert aftercare.post(f"{path}/plan", other).status == 428
    assert aftercare.get(path).body["plan"] == first.body
    assert aftercare.post(f"{path}/plan", other, version=1).headers["ETag"] == '"2"'
    assert aftercare.get(path).headers["ETag"] == '"2"'


def test_a_bottleneck_slips_through_no_plan(detainee: Detainee, aftercare: RunningService) -> None:
    path = detainee.detained()
    care = {"domain": "care", "bottleneck": "yes"}
    answer = aftercare.post(f"{path}/plan", PLAN | {"domains": [*DOMAINS[:4], care]}, version=0)
    assert (answer.status, answer.wrong_fields) == (422, ["domains[4].referredTo"])
    answer = aftercare.post(f"{path}/plan", PLAN | {"domains": DOMAINS[:4]}, version=0)
    assert (answer.status, answer.wrong_fields) == (422, ["domains"])


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
    assert aftercare.get("/v1/detentions", withoutPlan="true").body["items"] == []
    aftercare.post(f"{path}/plan", PLAN, version=0)
    assert refused_on(aftercare, path) is None
    again = REFUSAL | {"refusedOn": "2015-06-02"}
    aftercare.post(f"{path}/refusals", again)
    assert refused_on(aftercare, path) == "2015-06-02"
    assert aftercare.get(path).body["refusals"] == [REFUSAL, again]


def test_a_refusal_before_the_detention_is_refused(detainee: Detainee, aftercare: RunningService) -> None:
    answer = aftercare.post(f"{detainee.detained()}/refusals", REFUSAL | {"refusedOn": "2015-03-01"})
    assert (answer.status, answer.wrong_fields) == (422, ["refusedOn"])
