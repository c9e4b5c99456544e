"""Two records of one person: what aftercare shows, and goes by, until they are separated."""

from typing import Any
from uuid import UUID, uuid4

import pytest

from services.aftercare.tests.given import PLAN, Detainee
from services.aftercare.tests.trajectories.started import wanted
from shared.aliases.tests.merging import Merge
from shared.testing.service import RunningService

OVERLAPPING = {"detainedOn": "2015-03-10", "expectedReleaseOn": "2015-07-05"}
BEFORE_RELEASE, AFTER_RELEASE = "2015-06-25", "2015-07-20"


@pytest.fixture
def other(aftercare: RunningService) -> Detainee:
    return Detainee(aftercare)


@pytest.fixture
def merge(detainee: Detainee, other: Detainee, aftercare: RunningService) -> Merge:
    return Merge(aftercare, (uuid4(), case_of(detainee)), (uuid4(), case_of(other)))


def case_of(detainee: Detainee) -> UUID:
    assert detainee.case_id
    return detainee.case_id


def case(detainee: Detainee) -> Any:
    return detainee.service.get(f"/v1/cases/{detainee.case_id}").body


def ids(path: str, *others: str) -> list[str]:
    return [each.rpartition("/")[2] for each in (path, *others)]


def missing(aftercare: RunningService) -> list[str]:
    return [each["detentionId"] for each in aftercare.get("/v1/preparations", on=BEFORE_RELEASE).body["items"]]


def test_a_case_shows_what_is_known_of_both_records_until_they_are_separated(
    detainee: Detainee, other: Detainee, merge: Merge, aftercare: RunningService
) -> None:
    earlier = detainee.detained(detainedOn="2014-03-02", expectedReleaseOn="2014-07-01")
    later = other.detained()
    trajectory = aftercare.post("/v1/trajectories", wanted(caseId=str(other.case_id))).body
    stay = {"caseId": str(detainee.case_id), "transitionHouse": "gouda", "askedOn": "2015-01-02"}
    stay_id = aftercare.post("/v1/stays", stay).body["stayId"]
    before = [case(detainee), case(other)]
    merge.begin()
    for shown in (case(detainee), case(other)):
        assert [each["detentionId"] for each in shown["detentions"]] == ids(earlier, later)
        assert shown["detentions"][1]["followsDetentionId"] == shown["detentions"][0]["detentionId"]
        assert [each["trajectoryId"] for each in shown["trajectories"]] == [trajectory["trajectoryId"]]
        assert [each["stayId"] for each in shown["stays"]] == [stay_id]
    assert case(other)["caseIds"] == [str(other.case_id), str(detainee.case_id)]
    merge.end()
    assert [case(detainee), case(other)] == before


def test_of_two_detentions_of_one_stay_the_one_with_a_plan_is_watched(
    detainee: Detainee, other: Detainee, merge: Merge, aftercare: RunningService
) -> None:
    first, second = detainee.detained(), other.detained(**OVERLAPPING)
    both = set(ids(first, second))
    assert set(missing(aftercare)) == both
    merge.begin()
    assert missing(aftercare) == ids(first)
    assert aftercare.post(f"{second}/plan", PLAN, version=0).status == 201
    assert missing(aftercare) == ids(second)
    assert aftercare.get(first).body["sameStayAs"] == ids(second)[0]
    assert aftercare.get(second).body["sameStayAs"] is None
    merge.end()
    assert set(missing(aftercare)) == both


def test_a_stay_of_merged_records_is_no_breach_if_one_of_them_has_a_plan(
    detainee: Detainee, other: Detainee, merge: Merge, aftercare: RunningService
) -> None:
    planned = detainee.detained()
    other.detained(**OVERLAPPING)
    assert aftercare.post(f"{planned}/plan", PLAN, version=0).status == 201
    merge.begin()
    seen = aftercare.post("/v1/watch-rounds", {"on": AFTER_RELEASE}).body
    assert (seen["releasesSeen"], seen["breachesRaised"]) == (1, 0)
    merge.end()
    again = aftercare.post("/v1/watch-rounds", {"on": AFTER_RELEASE}).body
    assert (again["releasesSeen"], again["breachesRaised"]) == (1, 1)


def test_a_person_with_two_records_waits_and_lives_in_one_place_and_starts_a_trajectory_once(
    detainee: Detainee, other: Detainee, merge: Merge, aftercare: RunningService
) -> None:
    detainee.detained()
    other.detained()
    merge.begin()
    [first, second] = [
        aftercare.post("/v1/stays", {"caseId": str(each.case_id), "transitionHouse": "gouda", "askedOn": "2015-01-02"})
        for each in (detainee, other)
    ]
    assert first.body["stayId"] == second.body["stayId"]
    started = aftercare.post("/v1/trajectories", wanted(caseId=str(detainee.case_id))).body
    assert aftercare.post("/v1/trajectories", wanted(caseId=str(other.case_id))).body == started
    later = wanted(caseId=str(other.case_id), startsOn="2015-03-09")
    assert aftercare.post("/v1/trajectories", later).wrong_fields == ["startsOn"]


def test_a_release_date_that_is_reported_under_one_record_finds_the_detention_of_the_other(
    detainee: Detainee, other: Detainee, merge: Merge, aftercare: RunningService
) -> None:
    path = detainee.detained()
    merge.begin()
    report = {"messageId": str(uuid4()), "partner": "dji", "detainedOn": "2015-03-02", "releaseOn": "2015-08-01"}
    reported = {"reportedOn": "2015-06-01", "reportedAt": "2015-06-01T10:00:00+02:00"}
    aftercare.send("intake", "release-dates.reported.v1", report | reported, case_id=other.case_id)
    other.detained(detainedOn="2013-01-02", expectedReleaseOn="2013-02-01")
    assert aftercare.get(path).body["releaseDate"]["releaseOn"] == "2015-08-01"
