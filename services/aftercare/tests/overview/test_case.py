"""What aftercare knows of one case: detentions, what is missing, trajectories and stays."""

from datetime import timedelta
from typing import Any
from uuid import UUID, uuid4

from services.aftercare.tests.given import Detainee, known_case
from services.aftercare.tests.trajectories.started import wanted
from shared.business_dates import today
from shared.testing.service import RunningService


def test_a_case_has_each_part_as_it_is_looked_up_alone(aftercare: RunningService) -> None:
    case_id = known_case(aftercare)
    detainee, release_on = Detainee(aftercare, UUID(case_id)), today() + timedelta(days=14)
    first = detainee.detained(detainedOn="2014-03-02", registeredOn="2014-03-03", expectedReleaseOn="2014-07-01")
    now = detainee.detained(expectedReleaseOn=release_on.isoformat())
    trajectory = aftercare.post("/v1/trajectories", wanted(caseId=case_id)).body
    stay = aftercare.post("/v1/stays", {"caseId": case_id, "transitionHouse": "gouda", "askedOn": "2015-01-02"}).body
    Detainee(aftercare).detained()
    case = aftercare.get(f"/v1/cases/{case_id}").body
    assert case["detentions"] == [aftercare.get(path).body for path in (first, now)]
    assert (case["trajectories"], case["stays"]) == ([trajectory], [stay])
    assert case["missing"] == [
        item
        for item in aftercare.get("/v1/preparations", on=today().isoformat()).body["items"]
        if item["caseId"] == case_id
    ]
    assert [item["releaseOn"] for item in case["missing"]] == [release_on.isoformat()]


def test_a_case_that_only_came_to_the_table_is_known_and_empty(aftercare: RunningService) -> None:
    case_id = known_case(aftercare)
    names = ("detentions", "missing", "trajectories", "wantedTrajectories", "stays")
    empty: dict[str, list[Any]] = {name: [] for name in names}
    whole = {"caseId": case_id, "caseIds": [case_id], **empty, "involvement": None}
    assert aftercare.get(f"/v1/cases/{case_id}").body == whole


def test_a_case_of_another_house_is_as_one_that_does_not_exist(detainee: Detainee, aftercare: RunningService) -> None:
    detainee.detained()
    elsewhere = aftercare.get(f"/v1/cases/{detainee.case_id}", "elsewhere")
    unknown = aftercare.get(f"/v1/cases/{uuid4()}")
    assert (elsewhere.status, elsewhere.body) == (unknown.status, unknown.body) == (404, unknown.body)
    assert aftercare.get(f"/v1/cases/{detainee.case_id}", "director").status == 403
