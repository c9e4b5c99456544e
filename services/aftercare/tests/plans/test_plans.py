"""Plans and refusals, as other services and people see them."""

from typing import Any

import eventlet
import psycopg
import pytest
from psycopg.errors import CheckViolation

from services.aftercare.tests.given import DOMAINS, PLAN, Detainee, as_stated
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
    assert as_stated(aftercare.get(path).body["refusals"]) == [REFUSAL]
    assert refused_on(aftercare, path) == "2015-05-20"
    assert aftercare.get("/v1/detentions", withoutPlan="true").body["items"] == []
    aftercare.post(f"{path}/plan", PLAN, version=0)
    assert refused_on(aftercare, path) is None
    again = REFUSAL | {"refusedOn": "2015-06-02"}
    aftercare.post(f"{path}/refusals", again)
    assert refused_on(aftercare, path) == "2015-06-02"
    assert as_stated(aftercare.get(path).body["refusals"]) == [REFUSAL, again]


def test_a_refusal_before_the_detention_is_refused(detainee: Detainee, aftercare: RunningService) -> None:
    answer = aftercare.post(f"{detainee.detained()}/refusals", REFUSAL | {"refusedOn": "2015-03-01"})
    assert (answer.status, answer.wrong_fields) == (422, ["refusedOn"])


def test_a_plan_that_was_a_slip_is_corrected_and_stays_readable(detainee: Detainee, aftercare: RunningService) -> None:
    path = detainee.detained()
    aftercare.post(f"{path}/plan", PLAN | {"madeOn": "2015-06-30"}, version=0)
    right = PLAN | {"because": "verkeerde datum"}
    assert aftercare.post(f"{path}/plan/correction", right, version=0).status == 412
    corrected = aftercare.post(f"{path}/plan/correction", right, version=1)
    assert (corrected.status, corrected.body["madeOn"], corrected.body["version"]) == (201, "2015-06-01", 2)
    assert aftercare.post(f"{path}/plan/correction", right, version=1).body == corrected.body
    found = aftercare.get(path).body
    assert found["plan"] == corrected.body
    assert [each["withdrawnBecause"] for each in found["plans"]] == ["verkeerde datum", None]
    assert [each["recordedBy"] for each in found["plans"]] == ["coordinator"] * 2
    [withdrawn] = aftercare.announced("aftercare-plans.withdrawn.v1")
    assert withdrawn["data"]["madeOn"] == "2015-06-30"
    assert "verkeerde" not in str(withdrawn)
    assert len(aftercare.announced("aftercare-plans.made.v1")) == 2


def test_when_a_plan_is_withdrawn_the_plan_before_stands_again(detainee: Detainee, aftercare: RunningService) -> None:
    path = detainee.detained()
    first = aftercare.post(f"{path}/plan", PLAN, version=0).body
    aftercare.post(f"{path}/plan", PLAN | {"madeOn": "2015-06-20"}, version=1)
    slip = {"because": "verkeerde persoon"}
    assert aftercare.post(f"{path}/plan/withdrawal", slip, version=2).status == 204
    assert aftercare.get(path).body["plan"] == first
    assert aftercare.post(f"{path}/plan/withdrawal", slip, version=2).status == 412
    assert aftercare.post(f"{path}/plan/withdrawal", slip, version=1).status == 204
    assert aftercare.get(path).body["plan"] is None
    assert aftercare.post(f"{path}/plan/withdrawal", slip, version=0).status == 422
    assert aftercare.post(f"{path}/plan", PLAN, version=0).body["version"] == 3


def test_a_refusal_that_was_a_slip_is_corrected_or_withdrawn(detainee: Detainee, aftercare: RunningService) -> None:
    path = detainee.detained()
    aftercare.post(f"{path}/refusals", REFUSAL | {"refusedOn": "2015-06-20"})
    right = REFUSAL | {"because": "verkeerde dag"}
    for _ in range(2):
        assert aftercare.post(f"{path}/refusals/correction", right).body == REFUSAL
    assert refused_on(aftercare, path) == REFUSAL["refusedOn"]
    assert len(aftercare.get(path).body["refusals"]) == 2
    slip = {"refusedOn": REFUSAL["refusedOn"], "because": "verkeerde persoon"}
    for _ in range(2):
        assert aftercare.post(f"{path}/refusals/withdrawal", slip).status == 204
    assert refused_on(aftercare, path) is None
    assert aftercare.post(f"{path}/refusals/correction", right).status == 422
    assert aftercare.post(f"{path}/refusals/withdrawal", slip | {"refusedOn": "2015-03-04"}).status == 422


@pytest.mark.parametrize(
    ("agreement", "code"),
    [(" ", "blank"), ("bel 999500636", "bsn_in_text"), ("a\u200bb", "control_characters"), ("caf\ufffd", "garbled")],
)
def test_a_text_that_says_nothing_or_too_much_passes_no_sieve(
    agreement: str, code: str, detainee: Detainee, aftercare: RunningService
) -> None:
    care = {"domain": "care", "bottleneck": "yes", "agreement": agreement}
    answer = aftercare.post(f"{detainee.detained()}/plan", PLAN | {"domains": [*DOMAINS[:4], care]}, version=0)
    assert [(each["field"], each["code"]) for each in answer.body["errors"]] == [("domains[4].agreement", code)]


@pytest.mark.parametrize("table", ["plans", "plan_domains", "refusals", "release_dates", "notices"])
def test_the_database_keeps_what_is_recorded(table: str, detainee: Detainee, aftercare: RunningService) -> None:
    path = detainee.detained()
    aftercare.post(f"{path}/plan", PLAN, version=0)
    aftercare.post(f"{path}/refusals", REFUSAL | {"refusedOn": "2015-06-02"})
    changes = [
        f"DELETE FROM {table}",
        f"UPDATE {table} SET {'place' if table == 'plan_domains' else 'house'} = DEFAULT",
    ]
    for change in changes:
        with psycopg.connect(aftercare.database.url) as connection, pytest.raises(CheckViolation):
            connection.execute(change.encode())
