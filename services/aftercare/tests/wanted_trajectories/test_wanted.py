"""The weighing team wants a voluntary trajectory: who starts trajectories sees it, until one starts or it is closed."""

from datetime import timedelta
from typing import Any
from uuid import UUID, uuid4

import pytest

from services.aftercare.tests.trajectories.started import wanted as trajectory
from services.aftercare.tests.work.test_work import work
from shared.business_dates import today
from shared.testing.service import RunningService
from shared.testing.waiting import wait_until

DUE = (today() + timedelta(days=14)).isoformat()


@pytest.fixture
def need(aftercare: RunningService) -> dict[str, str]:
    """Of somebody without a detention; with the id of the case."""
    case_id, follow_up_id = uuid4(), str(uuid4())
    data = {"municipality": "Leiden", "needs": ["housing", "debts"], "owner": "gemeente-leiden"}
    days = {"agreedOn": "2015-03-10", "dueOn": DUE}
    tell(aftercare, "raised", case_id, {"followUpId": follow_up_id, **data, **days})
    assert wait_until(lambda: len(work(aftercare)) == 1, 10, interval=0.02)
    return {"caseId": str(case_id), "followUpId": follow_up_id}


def tell(aftercare: RunningService, what: str, case_id: UUID, data: dict[str, Any]) -> None:
    about = {"referralId": str(uuid4()), "subjectId": str(uuid4()), "tabling": 1}
    aftercare.send("weighing", f"trajectory-needs.{what}.v1", about | data, case_id=case_id)


def closed(aftercare: RunningService, need: dict[str, str], end: str) -> None:
    data = {"followUpId": need["followUpId"], "end": end, "closedOn": "2015-03-20"}
    tell(aftercare, "closed", UUID(need["caseId"]), data)


def told(aftercare: RunningService, need: dict[str, str]) -> Any:
    """What the case says of it; None once nothing is known of the case."""
    answer = aftercare.get(f"/v1/cases/{need['caseId']}")
    return answer.body["wantedTrajectories"][0] if answer.status == 200 else None


def start(aftercare: RunningService, need: dict[str, str]) -> str:
    answer = aftercare.post("/v1/trajectories", trajectory(caseId=need["caseId"], startsOn="2015-03-16"))
    assert answer.status == 201, answer.text
    return str(answer.body["trajectoryId"])


def test_it_waits_for_who_starts_trajectories_who_may_start_one_without_a_detention(
    aftercare: RunningService, need: dict[str, str]
) -> None:
    [item] = work(aftercare)
    assert (item["kind"], item["caseId"], item["dueOn"]) == ("trajectory_wanted", need["caseId"], DUE)
    assert work(aftercare, "director") == []
    assert told(aftercare, need) == {
        **{"followUpId": need["followUpId"], "caseId": need["caseId"], "municipality": "Leiden"},
        **{"needs": ["housing", "debts"], "owner": "gemeente-leiden", "agreedOn": "2015-03-10", "dueOn": DUE},
        **{"end": None, "closedOn": None, "trajectoryId": None},
    }
    trajectory_id = start(aftercare, need)
    assert work(aftercare) == []
    assert told(aftercare, need)["trajectoryId"] == trajectory_id


def test_what_its_owner_arranged_otherwise_waits_no_longer(aftercare: RunningService, need: dict[str, str]) -> None:
    closed(aftercare, need, "done")
    assert wait_until(lambda: work(aftercare) == [], 10, interval=0.02)
    assert (told(aftercare, need)["end"], told(aftercare, need)["closedOn"]) == ("done", "2015-03-20")
    closed(aftercare, need, "not_done")
    assert wait_until(lambda: told(aftercare, need)["end"] == "not_done", 10, interval=0.02)


def test_a_decision_that_is_taken_back_leaves_nothing_to_start(aftercare: RunningService, need: dict[str, str]) -> None:
    closed(aftercare, need, "lapsed")
    assert wait_until(lambda: work(aftercare) == [], 10, interval=0.02)
    assert told(aftercare, need) is None
    refused = aftercare.post("/v1/trajectories", trajectory(caseId=need["caseId"]))
    assert refused.wrong_fields == ["caseId"]


def test_a_trajectory_that_has_started_runs_on_and_its_case_says_that_the_decision_was_taken_back(
    aftercare: RunningService, need: dict[str, str]
) -> None:
    trajectory_id = start(aftercare, need)
    closed(aftercare, need, "lapsed")
    assert wait_until(lambda: told(aftercare, need)["end"] == "lapsed", 10, interval=0.02)
    assert told(aftercare, need)["trajectoryId"] == trajectory_id
    [running] = aftercare.get(f"/v1/cases/{need['caseId']}").body["trajectories"]
    assert (running["trajectoryId"], running["endedOn"]) == (trajectory_id, None)
