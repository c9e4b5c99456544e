"""Detentions as people look them up."""

from collections.abc import Iterable
from datetime import date, timedelta
from typing import Any
from uuid import uuid4

import pytest

from services.aftercare.detentions.store import DetentionStore
from services.aftercare.tests.given import PLAN, Detainee
from shared.testing.service import RunningService

AGAIN = 600
TOLD_AGAIN = {
    "release_dates": """
        INSERT INTO release_dates (house, detention_id, release_on, source, changed_on, told_at, statement_id)
        SELECT house, detention_id, release_on + nth, 'dji', changed_on, told_at + nth * interval '1 minute',
               gen_random_uuid()
        FROM release_dates CROSS JOIN generate_series(1, %s) AS nth""",
    "notices": """
        INSERT INTO notices (notice_id, house, detention_id, municipality, institution, own_aftercare, detained_on,
                             told_at)
        SELECT notice_id, house, detention_id, municipality, institution, own_aftercare, detained_on,
               told_at + nth * interval '1 minute'
        FROM notices CROSS JOIN generate_series(1, %s) AS nth""",
}
LATER = {"releaseOn": "2015-08-01", "source": "dji", "changedOn": "2015-05-04"}


def listed(service: RunningService, **wanted: str) -> list[str]:
    answer = service.get("/v1/detentions", **wanted)
    assert answer.status == 200
    return paths(answer.body["items"])


def paths(detentions: Iterable[dict[str, Any]]) -> list[str]:
    return [f"/v1/detentions/{each['detentionId']}" for each in detentions]


def test_those_without_a_plan_are_found_but_not_those_whose_municipality_makes_it(
    detainee: Detainee, aftercare: RunningService
) -> None:
    planned, waiting = detainee.detained(), Detainee(aftercare).detained()
    own = Detainee(aftercare).detained(municipality="Katwijk", ownAftercare=True)
    aftercare.post(f"{planned}/plan", PLAN, version=0)
    assert listed(aftercare, withoutPlan="true") == [waiting]
    assert set(listed(aftercare)) == {planned, waiting, own}


def test_detentions_are_found_by_the_release_date_that_counts(detainee: Detainee, aftercare: RunningService) -> None:
    early, moved = detainee.detained(), Detainee(aftercare).detained()
    Detainee(aftercare).detained(expectedReleaseOn=None)
    aftercare.post(f"{moved}/release-dates", LATER)
    assert listed(aftercare, releaseBefore="2015-07-02") == [early]
    assert set(listed(aftercare, releaseBefore="2015-08-02")) == {early, moved}
    assert listed(aftercare, releaseBefore="2015-07-01") == []


def test_detentions_of_one_case_come_in_pages_longest_ago_first(detainee: Detainee, aftercare: RunningService) -> None:
    Detainee(aftercare).detained()
    days = {"2015-03-04": "2015-03-05", "2015-03-02": "2015-03-03", "2015-03-03": "2015-03-04"}
    by_day = {day: detainee.detained(detainedOn=day, expectedReleaseOn=until) for day, until in days.items()}
    wanted = {"caseId": str(detainee.case_id), "limit": "2"}
    first = aftercare.get("/v1/detentions", **wanted).body
    second = aftercare.get("/v1/detentions", **wanted, cursor=first["next"]).body
    assert paths(first["items"]) + paths(second["items"]) == [by_day[day] for day in sorted(days)]
    assert second["next"] is None
    assert aftercare.get("/v1/detentions", **wanted, cursor=str(uuid4())).wrong_fields == ["cursor"]


def test_a_caller_sees_and_changes_its_own_house_alone(detainee: Detainee, aftercare: RunningService) -> None:
    path = detainee.detained()
    assert aftercare.get("/v1/detentions", "elsewhere").status == 404
    assert aftercare.get("/v1/detentions", "director").status == 403
    assert aftercare.get(path, "elsewhere").status == 404
    assert aftercare.post(f"{path}/release-dates", LATER, "elsewhere").status == 404
    assert aftercare.post(f"{path}/plan", PLAN, "director", version=0).status == 403


@pytest.mark.parametrize(
    ("detained_on", "is_recurrent"),
    [("2015-07-01", True), ("2017-07-01", True), ("2017-07-02", False)],
)
def test_whoever_is_detained_again_within_two_years_is_seen_as_such(
    detained_on: str, is_recurrent: bool, detainee: Detainee, aftercare: RunningService
) -> None:
    again = detainee.detained(detainedOn=detained_on, expectedReleaseOn=None)
    first = detainee.detained()
    followed = aftercare.get(again).body["followsDetentionId"]
    assert followed == (first.rpartition("/")[2] if is_recurrent else None)
    listed = aftercare.get("/v1/detentions", recurrent="true").body["items"]
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


def test_a_partner_that_tells_again_and_again_makes_no_long_answer(
    detainee: Detainee, aftercare: RunningService
) -> None:
    path = detainee.detained()
    for told_again in TOLD_AGAIN.values():
        aftercare.as_service.execute(told_again, [AGAIN])
    found = aftercare.get(path).body
    assert (len(found["releaseDates"]), len(found["notices"])) == (500, 500)
    last = str(date(2015, 7, 1) + timedelta(days=AGAIN))
    assert found["releaseDates"][-1]["releaseOn"] == found["releaseDate"]["releaseOn"] == last


def test_the_release_date_that_counts_is_found_without_reading_the_others(
    detainee: Detainee, aftercare: RunningService
) -> None:
    detainee.detained()
    aftercare.as_service.execute(TOLD_AGAIN["release_dates"], [10 * AGAIN])
    aftercare.as_owner.execute("ANALYZE release_dates")
    [(detention_id,)] = aftercare.as_service.execute("SELECT detention_id FROM detentions").fetchall()
    for query in (DetentionStore.queries["release_dates"], "SELECT * FROM counting_release_date(%(detention_id)s)"):
        explained = f"EXPLAIN (ANALYZE, FORMAT JSON) {query}"
        [(plan,)] = aftercare.as_service.execute(explained, {"detention_id": detention_id, "limit": 1}).fetchall()
        assert scanned(plan[0]["Plan"]) == {"Index Scan": 1}


def scanned(plan: dict[str, Any]) -> dict[str, int]:
    """How many rows each kind of scan read."""
    scans = {plan["Node Type"]: plan["Actual Rows"]} if "Scan" in plan["Node Type"] else {}
    for below in plan.get("Plans", ()):
        scans |= scanned(below)
    return {kind: rows for kind, rows in scans.items() if kind != "Subquery Scan"}
