"""Trajectories from start to end, as coordinators and providers see them."""

from typing import Any
from uuid import UUID, uuid4

import eventlet
import psycopg
import pytest
from psycopg.errors import ExclusionViolation

from services.aftercare.tests.given import detention_registered, known_case
from services.aftercare.tests.trajectories.started import Start, change, path, standing, wanted
from shared.testing.service import RunningService
from shared.testing.waiting import wait_until


def detained(aftercare: RunningService, case_id: str) -> dict[str, Any]:
    """A detention that has been registered."""
    detention = detention_registered()
    aftercare.send("intake", "detentions.registered.v1", detention, case_id=UUID(case_id))
    where = f"/v1/detentions/{detention['detentionId']}"
    assert wait_until(lambda: aftercare.get(where).status == 200, 10, interval=0.02)
    return detention


def test_a_trajectory_goes_from_start_to_end_and_each_step_is_announced(
    start: Start, aftercare: RunningService
) -> None:
    started = start()
    assert (started["needs"], started["stages"], started["version"]) == (["housing", "income_work"], [], 1)
    reached = {"stage": "training", "on": "2015-03-20"}
    assert change(aftercare, started, "stages", reached).body["stage"] == "training"
    change(aftercare, started, "transports", {"on": "2015-03-01"}, version=2)
    ended = change(aftercare, started, "ending", {"on": "2015-05-01", "result": "completed"}, version=3)
    assert ended.status == 201
    assert ended.body == standing(aftercare, started)
    assert ended.body == started | {
        "stages": [reached],
        "stage": "training",
        "transports": ["2015-03-01"],
        "endedOn": "2015-05-01",
        "result": "completed",
        "version": 4,
    }
    usual = {
        "trajectoryId": started["trajectoryId"],
        "municipality": "Gouda",
        "provider": "leger-des-heils",
        "kind": "work_training",
        "needs": ["housing", "income_work"],
    }
    for what, on, told in (
        ("started", "2015-03-02", {"startsOn": "2015-03-02"}),
        ("progressed", "2015-03-20", {"stage": "training", "reachedOn": "2015-03-20"}),
        (
            "ended",
            "2015-05-01",
            {"startsOn": "2015-03-02", "endedOn": "2015-05-01", "stage": "training", "result": "completed"},
        ),
    ):
        [event] = aftercare.announced(f"trajectories.{what}.v1")
        assert (event["subject"], event["time"]) == (started["caseId"], f"{on}T12:00:00Z")
        assert event["data"] == usual | told


def test_each_command_again_gets_the_same_answer_and_is_announced_once(aftercare: RunningService) -> None:
    again = wanted(caseId=known_case(aftercare))
    first = aftercare.post("/v1/trajectories", again)
    assert aftercare.post("/v1/trajectories", again) == first
    steps: list[tuple[str, dict[str, Any]]] = [
        ("stages", {"stage": "intake", "on": "2015-03-09"}),
        ("transports", {"on": "2015-03-02"}),
        ("ending", {"on": "2015-03-09", "result": "dropped_out"}),
    ]
    for version, (step, body) in enumerate(steps, start=1):
        answer = change(aftercare, first.body, step, body, version=version, key=(key := uuid4()))
        assert change(aftercare, first.body, step, body, version=version, key=key) == answer
        assert change(aftercare, first.body, step, body, version=version + 1) == answer
    for what in ("started", "progressed", "ended"):
        assert len(aftercare.announced(f"trajectories.{what}.v1")) == 1


def test_the_same_start_twice_at_the_same_moment_starts_one(aftercare: RunningService) -> None:
    again = wanted(caseId=known_case(aftercare))
    answers = [eventlet.spawn(aftercare.post, "/v1/trajectories", again) for _ in range(2)]
    first, second = (each.wait() for each in answers)
    assert first == second
    assert len(aftercare.announced("trajectories.started.v1")) == 1


@pytest.mark.parametrize(
    ("differently", "field"),
    [
        ({"provider": "nobody"}, "provider"),
        ({"kind": "holiday"}, "kind"),
        ({"municipality": "Amsterdam"}, "municipality"),
        ({"needs": ["housing", "love"]}, "needs[1]"),
        ({"needs": ["housing", "housing"]}, "needs[1]"),
        ({"detentionId": str(uuid4())}, "detentionId"),
    ],
)
def test_a_wrong_start_is_refused_and_leaves_nothing(
    differently: dict[str, Any], field: str, aftercare: RunningService
) -> None:
    answer = aftercare.post("/v1/trajectories", wanted(**{"caseId": known_case(aftercare)} | differently))
    assert (answer.status, answer.wrong_fields) == (422, [field])
    assert aftercare.get("/v1/trajectories").body["items"] == []
    assert aftercare.announced("trajectories.started.v1") == []


def test_a_case_of_which_nobody_told_is_refused(aftercare: RunningService) -> None:
    answer = aftercare.post("/v1/trajectories", wanted())
    assert (answer.status, answer.body["errors"][0]["code"], answer.wrong_fields) == (422, "unknown_case", ["caseId"])


def test_a_trajectory_that_starts_after_the_release_tells_its_provider_no_prison(
    start: Start, aftercare: RunningService
) -> None:
    case_id = str(uuid4())
    detention = detained(aftercare, case_id)
    for on in ("2015-06-30", "2015-07-01"):
        kind = {"kind": "guidance"} if on == "2015-07-01" else {}
        start(caseId=case_id, detentionId=detention["detentionId"], startsOn=on, **kind)
    told = [event["data"].get("institution") for event in aftercare.announced("assignments.given.v1")]
    assert told == [detention["institution"], None]


@pytest.mark.parametrize(("step", "body"), [("stages", {"stage": "intake"}), ("ending", {"result": "completed"})])
def test_a_step_in_the_future_is_refused(
    step: str, body: dict[str, Any], start: Start, aftercare: RunningService
) -> None:
    answer = change(aftercare, start(), step, body | {"on": "2062-03-20"})
    assert [each["code"] for each in answer.body["errors"]] == ["in_future"]


def test_a_trajectory_without_a_need_is_refused(aftercare: RunningService) -> None:
    assert aftercare.post("/v1/trajectories", wanted(needs=[])).wrong_fields == ["needs"]


def test_a_detention_of_somebody_else_is_refused_and_ones_own_is_kept(start: Start, aftercare: RunningService) -> None:
    case_id = str(uuid4())
    detention_id = detained(aftercare, case_id)["detentionId"]
    assert start(caseId=case_id, detentionId=detention_id)["detentionId"] == detention_id
    answer = aftercare.post("/v1/trajectories", wanted(caseId=known_case(aftercare), detentionId=detention_id))
    assert answer.wrong_fields == ["detentionId"]


def test_a_provider_that_is_a_partner_gets_what_its_trajectory_needs(start: Start, aftercare: RunningService) -> None:
    case_id = str(uuid4())
    detention = detained(aftercare, case_id)
    started = start(caseId=case_id, detentionId=detention["detentionId"])
    [given] = aftercare.announced("assignments.given.v1")
    assert (given["subject"], given["time"]) == (case_id, "2015-03-02T12:00:00Z")
    assert given["data"] == {
        "assignmentId": started["trajectoryId"],
        "partner": "leger-des-heils",
        "kind": "trajectory",
        "trajectoryKind": "work_training",
        "needs": ["housing", "income_work"],
        "institution": "pi_alphen_aan_den_rijn",
        "startsOn": "2015-03-02",
    }


def test_of_a_trajectory_that_begins_outside_no_prison_is_told(start: Start, aftercare: RunningService) -> None:
    case_id = str(uuid4())
    detained(aftercare, case_id)
    start(caseId=case_id)
    [given] = aftercare.announced("assignments.given.v1")
    assert given["data"].get("institution") is None


def test_a_provider_that_is_no_partner_gets_no_assignment(start: Start, aftercare: RunningService) -> None:
    start(provider="vrijwilligers")
    assert aftercare.announced("assignments.given.v1") == []


def test_trajectories_are_found_by_what_they_are_in_pages(start: Start, aftercare: RunningService) -> None:
    work, housing = start(), start(kind="housing", provider="exodus", municipality="Leiden", startsOn="2015-03-03")
    change(aftercare, work, "ending", {"on": "2015-04-01", "result": "dropped_out"})

    def found(**filters: str) -> list[str]:
        answer = aftercare.get("/v1/trajectories", **filters)
        return [path(each) for each in answer.body["items"]]

    assert found() == [path(work), path(housing)]
    for filters in ({"provider": "exodus"}, {"kind": "housing"}, {"municipality": "Leiden"}):
        assert found(**filters) == [path(housing)]
    assert found(caseId=work["caseId"]) == [path(work)]
    assert found(runningOn="2015-03-02") == [path(work)]
    assert found(runningOn="2015-03-31") == [path(work), path(housing)]
    assert found(runningOn="2015-04-01") == [path(housing)]
    first = aftercare.get("/v1/trajectories", limit="1").body
    assert found(cursor=first["next"]) == [path(housing)]


@pytest.mark.parametrize(
    ("step", "body"),
    [
        ("stages", {"stage": "training", "on": "2015-03-20"}),
        ("transports", {"on": "2015-03-02"}),
        ("ending", {"on": "2015-05-01", "result": "completed"}),
    ],
)
def test_whoever_has_seen_an_older_version_is_refused(
    step: str, body: dict[str, Any], start: Start, aftercare: RunningService
) -> None:
    started = start()
    change(aftercare, started, "stages", {"stage": "intake", "on": "2015-03-09"})
    assert aftercare.post(f"{path(started)}/{step}", body).status == 428
    assert change(aftercare, started, step, body, version=1).status == 412
    assert change(aftercare, started, step, body, version=2).status == 201


def test_how_a_years_trajectories_went_is_told_by_kind_and_stage(start: Start, aftercare: RunningService) -> None:
    dropped, trained, _ = start(), start(), start()
    start(startsOn="2014-12-31")
    change(aftercare, dropped, "stages", {"stage": "intake", "on": "2015-03-02"})
    change(aftercare, dropped, "ending", {"on": "2015-03-09", "result": "dropped_out"}, version=2)
    change(aftercare, trained, "stages", {"stage": "intake", "on": "2015-03-02"})
    change(aftercare, trained, "stages", {"stage": "training", "on": "2015-03-09"}, version=2)
    told = aftercare.get("/v1/trajectory-outcomes", year="2015").body
    [work] = [each for each in told if each["kind"] == "work_training"]
    assert (work["started"], work["running"]) == (3, 2)
    assert work["results"] == {"completed": 0, "dropped_out": 1, "ended_early": 0}
    assert [(each["stage"], each["reached"], each["droppedOut"]) for each in work["stages"]] == [
        ("intake", 2, 1),
        ("preparation", 0, 0),
        ("training", 1, 0),
        ("diploma", 0, 0),
        ("work", 0, 0),
    ]
    assert [each["started"] for each in told if each["kind"] != "work_training"] == [0, 0]


def test_the_database_itself_keeps_one_trajectory_of_a_kind_with_a_provider_at_a_time(
    start: Start, aftercare: RunningService
) -> None:
    start()
    with psycopg.connect(aftercare.database.url) as connection, pytest.raises(ExclusionViolation):
        connection.execute(
            "INSERT INTO trajectories (trajectory_id, house, case_id, municipality, provider, kind, starts_on)"
            " SELECT gen_random_uuid(), house, case_id, municipality, provider, kind, '2014-01-01' FROM trajectories"
        )


def test_a_caller_sees_and_changes_its_own_house_alone(start: Start, aftercare: RunningService) -> None:
    started = start()
    assert aftercare.get("/v1/trajectories", "elsewhere").body["items"] == []
    assert aftercare.get(path(started), "elsewhere").status == 404
    assert aftercare.post(f"{path(started)}/transports", {"on": "2015-03-02"}, "elsewhere", version=1).status == 404
    assert aftercare.post("/v1/trajectories", wanted(), "director").status == 403


def test_a_stage_that_was_a_slip_is_corrected_or_withdrawn(start: Start, aftercare: RunningService) -> None:
    started = start()
    change(aftercare, started, "stages", {"stage": "intake", "on": "2015-03-10"})
    change(aftercare, started, "stages", {"stage": "training", "on": "2015-03-20"}, version=2)
    right = {"wrongStage": "training", "stage": "preparation", "on": "2015-03-19", "because": "verkeerde fase"}
    corrected = change(aftercare, started, "stages/correction", right, version=3)
    assert (corrected.status, corrected.body["stage"]) == (201, "preparation")
    assert change(aftercare, started, "stages/correction", right, version=3).body == corrected.body
    slip = {"stage": "intake", "because": "verkeerde persoon"}
    version = corrected.body["version"]
    assert change(aftercare, started, "stages/withdrawal", slip, version=version).wrong_fields == ["stage"]
    slip["stage"] = "preparation"
    withdrawn = change(aftercare, started, "stages/withdrawal", slip, version=version)
    assert [each["stage"] for each in withdrawn.body["stages"]] == ["intake"]
    steps = [event["data"]["step"] for event in aftercare.announced("trajectory-steps.withdrawn.v1")]
    assert steps == ["training", "preparation"]


def test_an_end_that_was_a_slip_is_corrected_or_withdrawn(start: Start, aftercare: RunningService) -> None:
    started = start()
    change(aftercare, started, "ending", {"on": "2015-06-20", "result": "completed"})
    right = {"on": "2015-05-20", "result": "dropped_out", "because": "verkeerde maand"}
    corrected = change(aftercare, started, "ending/correction", right, version=2)
    assert (corrected.status, corrected.body["endedOn"], corrected.body["result"]) == (201, "2015-05-20", "dropped_out")
    assert change(aftercare, started, "ending/correction", right, version=2).body == corrected.body
    withdrawn = change(
        aftercare, started, "ending/withdrawal", {"because": "loopt nog"}, version=corrected.body["version"]
    )
    assert (withdrawn.status, withdrawn.body["endedOn"], withdrawn.body["result"]) == (201, None, None)
    assert len(aftercare.announced("trajectories.ended.v1")) == 2
    outcomes = {each["kind"]: each for each in aftercare.get("/v1/trajectory-outcomes", year="2015").body}
    assert outcomes["work_training"]["running"] == 1


def test_an_end_stays_once_the_next_trajectory_has_started(start: Start, aftercare: RunningService) -> None:
    started = start()
    change(aftercare, started, "ending", {"on": "2015-05-20", "result": "dropped_out"})
    start(caseId=started["caseId"], startsOn="2015-05-20")
    slip = {"because": "loopt nog"}
    assert change(aftercare, started, "ending/withdrawal", slip, version=2).wrong_fields == ["on"]
    late = {"on": "2015-06-20", "result": "completed", "because": "verkeerde maand"}
    assert change(aftercare, started, "ending/correction", late, version=2).wrong_fields == ["on"]


def test_a_ride_that_was_a_slip_is_corrected_or_withdrawn(start: Start, aftercare: RunningService) -> None:
    started = start()
    change(aftercare, started, "transports", {"on": "2015-03-05"})
    right = {"wrongOn": "2015-03-05", "on": "2015-03-04", "because": "dag te laat"}
    corrected = change(aftercare, started, "transports/correction", right, version=2)
    assert (corrected.status, corrected.body["transports"]) == (201, ["2015-03-04"])
    assert change(aftercare, started, "transports/correction", right, version=2).body == corrected.body
    slip = {"on": "2015-03-04", "because": "niet gereden"}
    version = corrected.body["version"]
    assert change(aftercare, started, "transports/withdrawal", slip, version=version).body["transports"] == []
    assert change(aftercare, started, "transports/withdrawal", slip, version=version + 1).wrong_fields == ["on"]
    again = change(aftercare, started, "transports", {"on": "2015-03-04"}, version=version + 1)
    assert again.body["transports"] == ["2015-03-04"]


def test_each_step_stays_readable_with_who_recorded_it_and_why_it_was_withdrawn(
    start: Start, aftercare: RunningService
) -> None:
    started = start()
    change(aftercare, started, "stages", {"stage": "intake", "on": "2015-03-10"})
    change(aftercare, started, "stages/withdrawal", {"stage": "intake", "because": "vergissing"}, version=2)
    change(aftercare, started, "transports", {"on": "2015-03-02"}, version=3)
    change(aftercare, started, "ending", {"on": "2015-06-20", "result": "completed"}, version=4)
    steps = aftercare.get(path(started)).body["steps"]
    assert [(each["step"], each["takenOn"], each["withdrawnBecause"]) for each in steps] == [
        ("started", "2015-03-02", None),
        ("intake", "2015-03-10", "vergissing"),
        ("transported", "2015-03-02", None),
        ("ended", "2015-06-20", None),
    ]
    assert all(each["recordedBy"] and each["recordedAt"] for each in steps)


def test_who_answers_a_caller_sees_which_trajectories_run_now_and_it_is_logged(
    start: Start, aftercare: RunningService
) -> None:
    running = start()
    case_id = running["caseId"]
    ended = start(caseId=case_id, kind="guidance")
    change(aftercare, ended, "ending", {"on": "2015-05-01", "result": "completed"})
    told = {name: running[name] for name in ("trajectoryId", "kind", "provider", "startsOn")}
    assert aftercare.get(f"/v1/cases/{case_id}/running", "officer").body == {"items": [told]}
    assert aftercare.get(f"/v1/cases/{uuid4()}/running", "officer").body == {"items": []}
    assert [row[2] for row in aftercare.audited("show_who_guides")][:1] == [UUID(case_id)]
    assert aftercare.get(f"/v1/cases/{case_id}/running").status == 403
