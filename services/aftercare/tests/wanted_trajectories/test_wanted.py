"""The weighing team wants a voluntary trajectory: who starts trajectories sees it, until one starts or it is closed."""

from typing import Any
from uuid import uuid4

import pytest

from services.aftercare.tests.trajectories.started import wanted as trajectory
from services.aftercare.tests.wanted_trajectories.needs import DUE, closed, raised
from services.aftercare.tests.work.test_work import work
from shared.testing.service import Answer, RunningService
from shared.testing.waiting import wait_until


@pytest.fixture
def need(aftercare: RunningService) -> dict[str, str]:
    """Of somebody without a detention; with the id of the case."""
    case_id, follow_up_id = uuid4(), str(uuid4())
    need = {"caseId": str(case_id), "followUpId": follow_up_id}
    raised(aftercare, need)
    assert wait_until(lambda: len(work(aftercare)) == 1, 10, interval=0.02)
    return need


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
        **{"noneBecause": None, "explainedBy": None, "explainedAt": None},
    }
    trajectory_id = start(aftercare, need)
    assert work(aftercare) == []
    assert told(aftercare, need)["trajectoryId"] == trajectory_id


def kinds(aftercare: RunningService) -> list[str]:
    return [item["kind"] for item in work(aftercare)]


def explain(aftercare: RunningService, need: dict[str, str], because: str) -> Answer:
    return aftercare.post(f"/v1/wanted-trajectories/{need['followUpId']}/explanation", {"noneBecause": because})


def test_what_its_owner_calls_done_waits_until_somebody_says_why_no_trajectory_started(
    aftercare: RunningService, need: dict[str, str]
) -> None:
    assert explain(aftercare, need, "Geregeld.").status == 409
    closed(aftercare, need, "done")
    assert wait_until(lambda: kinds(aftercare) == ["trajectory_not_started"], 10, interval=0.02)
    [item] = work(aftercare)
    assert (item["since"], item["caseId"]) == ("2015-03-20", need["caseId"])
    assert explain(aftercare, need, "Heeft al een woning.").status == 201
    assert work(aftercare) == []
    assert explain(aftercare, need, "Heeft zelf een woning gevonden.").status == 201, "the first was not exact"
    shown = told(aftercare, need)
    assert (shown["end"], shown["closedOn"]) == ("done", "2015-03-20")
    assert (shown["noneBecause"], bool(shown["explainedAt"])) == ("Heeft zelf een woning gevonden.", True)
    closed(aftercare, need, "not_done")
    assert wait_until(lambda: told(aftercare, need)["end"] == "not_done", 10, interval=0.02)


def test_what_is_called_done_before_the_trajectory_is_recorded_waits_until_it_is(
    aftercare: RunningService, need: dict[str, str]
) -> None:
    closed(aftercare, need, "done")
    assert wait_until(lambda: kinds(aftercare) == ["trajectory_not_started"], 10, interval=0.02)
    start(aftercare, need)
    assert work(aftercare) == []


def test_why_none_started_is_for_the_coordinator_of_the_house_to_say(
    aftercare: RunningService, need: dict[str, str]
) -> None:
    closed(aftercare, need, "done")
    assert wait_until(lambda: kinds(aftercare) == ["trajectory_not_started"], 10, interval=0.02)
    path = f"/v1/wanted-trajectories/{need['followUpId']}/explanation"
    assert aftercare.post(path, {"noneBecause": ""}).wrong_fields == ["noneBecause"]
    assert aftercare.post(path, {"noneBecause": "Geregeld."}, "director").status == 403
    assert aftercare.post(path, {"noneBecause": "Geregeld."}, "elsewhere").status == 404
    assert kinds(aftercare) == ["trajectory_not_started"]


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
