"""A case under treatment, from the decision to its closing, as other services and people see it."""

from dataclasses import replace
from typing import Any
from uuid import uuid4

import psycopg
import pytest

from services.meetings.tests.treatment import OUTCOME, PLAN, Subject, table_cases
from shared.testing.service import RunningService
from shared.testing.waiting import wait_until


def test_a_decision_for_a_table_opens_a_table_case_and_says_so(subject: Subject, meetings: RunningService) -> None:
    path = subject.at_table("focus")
    [opened] = meetings.announced("table-cases.opened.v1")
    assert opened["subject"] == str(subject.case_id)
    assert opened["time"] == "2015-03-10T12:00:00Z"
    assert opened["house"] == meetings.house
    assert opened["data"]["tableCaseId"] == path.rpartition("/")[2]
    assert opened["data"]["openedOn"] == "2015-03-10"
    assert opened["data"]["table"] == "focus"
    assert opened["data"]["municipality"] == "Leiden"
    assert "closing" not in opened["data"]


def test_a_decision_without_a_table_opens_nothing(subject: Subject, meetings: RunningService) -> None:
    subject.weighed(opens_table=None)
    subject.at_table("focus")
    assert len(table_cases(meetings)) == 1


def test_a_second_decision_for_the_same_table_refers_the_running_case_again(
    subject: Subject, meetings: RunningService
) -> None:
    first = subject.at_table("focus")
    second = subject.at_table("focus", on="2015-04-14")
    assert second == first
    [again] = meetings.announced("table-cases.referred-again.v1")
    assert again["data"]["referredOn"] == "2015-04-14"
    assert len(meetings.announced("table-cases.opened.v1")) == 1
    assert [each["referredOn"] for each in meetings.get(first).body["referrals"]] == ["2015-03-10", "2015-04-14"]


def test_the_same_subject_may_have_cases_at_two_tables(subject: Subject) -> None:
    assert subject.at_table("focus") != subject.at_table("aftercare")


def test_after_closing_a_new_decision_opens_a_new_case(subject: Subject, meetings: RunningService) -> None:
    first = subject.treated_at("aftercare")
    assert meetings.post(f"{first}/closing", {"closedOn": "2015-04-01"}).status == 200
    assert subject.at_table("aftercare", on="2015-05-01") != first
    assert len(table_cases(meetings, state="open")) == len(table_cases(meetings, state="closed")) == 1


def test_a_decision_for_a_table_that_the_house_does_not_have_is_parked(
    subject: Subject, meetings: RunningService
) -> None:
    subject.weighed("theatre")
    reason = "is not a table of this house; known are aftercare, focus, top60"
    assert wait_until(lambda: meetings.parked() == [[["opensTable", reason]]], 10)


def test_a_decision_without_its_case_is_parked(meetings: RunningService) -> None:
    Subject(meetings, case_id=None).weighed()
    assert wait_until(lambda: meetings.parked() == [[["subject", "is required: the case id"]]], 10)


def test_a_decision_of_a_house_that_does_not_run_here_is_parked(meetings: RunningService) -> None:
    Subject(replace(meetings, house="elsewhere")).weighed()
    assert wait_until(lambda: meetings.parked() == [[["house", "is not a house of this installation"]]], 10)


def test_a_plan_gets_its_monitoring_moments_and_says_how_much_was_agreed_and_not_what(
    subject: Subject, meetings: RunningService
) -> None:
    path = subject.at_table()
    answer = meetings.post(f"{path}/action-plan", PLAN)
    assert answer.status == 201
    assert [moment["dueOn"] for moment in answer.body["moments"]] == [
        "2015-03-24",
        "2015-04-17",
        "2015-06-17",
        "2015-09-17",
    ]
    [agreed] = meetings.announced("action-plans.agreed.v1")
    assert agreed["time"] == "2015-03-17T12:00:00Z"
    assert agreed["data"] == {
        "actionPlanId": answer.body["actionPlanId"],
        "tableCaseId": path.rpartition("/")[2],
        "table": "focus",
        "agreedOn": "2015-03-17",
        "caseHolder": "reclassering-nederland",
        "agreements": 2,
        "domains": ["housing"],
    }


def test_the_same_plan_again_gives_the_same_answer_and_announces_nothing(
    subject: Subject, meetings: RunningService
) -> None:
    path = subject.at_table()
    assert meetings.post(f"{path}/action-plan", PLAN) == meetings.post(f"{path}/action-plan", PLAN)
    assert len(meetings.announced("action-plans.agreed.v1")) == 1


def test_a_new_plan_takes_the_place_of_the_one_that_stood(subject: Subject, meetings: RunningService) -> None:
    path = subject.at_table()
    meetings.post(f"{path}/action-plan", PLAN)
    changed = PLAN | {"agreedOn": "2015-03-20", "caseHolder": "nationale-politie"}
    assert meetings.post(f"{path}/action-plan", changed).status == 201
    assert meetings.get(path).body["standingPlan"]["plan"]["caseHolder"] == "nationale-politie"
    assert due(meetings) == ["2015-03-24", "2015-04-17", "2015-06-17", "2015-09-17"]


def test_moments_that_the_version_before_made_for_a_second_plan_put_off_nothing(
    subject: Subject, meetings: RunningService
) -> None:
    path = subject.at_table()
    meetings.post(f"{path}/action-plan", PLAN)
    meetings.post(f"{path}/action-plan", PLAN | {"agreedOn": "2015-03-20"})
    with psycopg.connect(meetings.database.url) as connection:
        connection.execute("""
            INSERT INTO monitoring_moments (house, table_case_id, action_plan_id, code, due_on)
            SELECT house, table_case_id, standing.action_plan_id, code, due_on + 3
            FROM monitoring_moments JOIN action_plans AS standing USING (house, table_case_id)
            WHERE replaced_on IS NULL""")
    assert due(meetings) == ["2015-03-24", "2015-04-17", "2015-06-17", "2015-09-17"]
    moments = meetings.get(path).body["standingPlan"]["moments"]
    assert [moment["dueOn"] for moment in moments] == due(meetings)


def due(service: RunningService, by: str = "2016-01-01", **more: str) -> list[str]:
    answer = service.get("/v1/monitoring-moments", dueBy=by, **more)
    return [moment["dueOn"] for moment in answer.body["items"]]


def test_a_wrong_plan_is_refused_with_the_path_of_the_field(subject: Subject, meetings: RunningService) -> None:
    path = subject.at_table()
    second = PLAN["agreements"][1] | {"owner": {"partner": "de-buren"}}
    wrong = PLAN | {"agreements": [PLAN["agreements"][0], second]}
    answer = meetings.post(f"{path}/action-plan", wrong)
    assert (answer.status, answer.wrong_fields) == (422, ["agreements[1].owner.partner"])
    answer = meetings.post(f"{path}/action-plan", {"agreedOn": "2015-02-30", "agreements": [], "chair": "x"})
    assert (answer.status, sorted(answer.wrong_fields)) == (400, ["agreedOn", "agreements", "caseHolder", "chair"])


def test_what_is_due_waits_until_it_is_answered(subject: Subject, meetings: RunningService) -> None:
    path = subject.at_table()
    meetings.post(f"{path}/action-plan", PLAN)
    assert due(meetings, by="2015-04-17") == ["2015-03-24", "2015-04-17"]
    answer = meetings.post(
        f"{path}/monitoring-moments/week_1/answer", {"answeredOn": "2015-03-25", "planStands": True, "note": "loopt"}
    )
    assert (answer.status, answer.body["answer"]["planStands"]) == (200, True)
    assert due(meetings, by="2015-04-17") == ["2015-04-17"]
    [answered] = meetings.announced("monitoring-moments.answered.v1")
    assert answered["data"] == {
        "tableCaseId": path.rpartition("/")[2],
        "moment": "week_1",
        "dueOn": "2015-03-24",
        "answeredOn": "2015-03-25",
        "planStands": True,
    }


def test_an_answer_is_kept_once_and_not_changed(subject: Subject, meetings: RunningService) -> None:
    path = subject.at_table()
    meetings.post(f"{path}/action-plan", PLAN)
    answer_path = f"{path}/monitoring-moments/week_1/answer"
    given = {"answeredOn": "2015-03-25", "planStands": True}
    assert meetings.post(answer_path, given) == meetings.post(answer_path, given)
    assert meetings.post(answer_path, given | {"planStands": False}).status == 409
    assert meetings.post(f"{path}/monitoring-moments/year_9/answer", given).status == 404
    assert len(meetings.announced("monitoring-moments.answered.v1")) == 1


def test_due_moments_come_in_pages(subject: Subject, meetings: RunningService) -> None:
    meetings.post(f"{subject.at_table()}/action-plan", PLAN)
    first = meetings.get("/v1/monitoring-moments", dueBy="2016-01-01", limit="3").body
    assert len(first["items"]) == 3
    assert due(meetings, limit="3", cursor=first["next"]) == ["2015-09-17"]
    unknown = meetings.get("/v1/monitoring-moments", dueBy="2016-01-01", cursor=str(uuid4()))
    assert (unknown.status, unknown.wrong_fields) == (422, ["cursor"])


def test_closing_a_focus_case_keeps_its_outcome_and_leaves_nothing_due(
    subject: Subject, meetings: RunningService
) -> None:
    path = subject.treated_at()
    assert meetings.post(f"{path}/closing", {"closedOn": "2015-09-17"}).wrong_fields == ["outcome"]
    answer = meetings.post(f"{path}/closing", {"closedOn": "2015-09-17", "outcome": OUTCOME})
    assert (answer.status, answer.body["closing"]["outcome"]) == (200, OUTCOME)
    [closed] = meetings.announced("table-cases.closed.v1")
    assert closed["data"]["outcome"] == OUTCOME
    assert due(meetings) == []


def test_a_case_that_runs_on_after_six_months_is_closed_with_a_reason(
    subject: Subject, meetings: RunningService
) -> None:
    path = subject.treated_at()
    later = PLAN | {"agreedOn": "2015-08-01", "agreements": [PLAN["agreements"][0] | {"dueOn": "2015-09-01"}]}
    assert meetings.post(f"{path}/action-plan", later).status == 201
    late = {"closedOn": "2015-09-18", "outcome": OUTCOME}
    assert meetings.post(f"{path}/closing", late).wrong_fields == ["runningOnReason"]
    assert meetings.post(f"{path}/closing", late | {"runningOnReason": "woning kwam laat"}).status == 200


def test_an_aftercare_case_is_closed_without_an_outcome_and_only_once(
    subject: Subject, meetings: RunningService
) -> None:
    path = subject.treated_at("aftercare")
    first = meetings.post(f"{path}/closing", {"closedOn": "2015-04-01"})
    assert first == meetings.post(f"{path}/closing", {"closedOn": "2015-04-01"})
    assert meetings.post(f"{path}/closing", {"closedOn": "2015-04-02"}).status == 409
    [closed] = meetings.announced("table-cases.closed.v1")
    assert "outcome" not in closed["data"]


def test_an_outcome_without_any_answer_is_refused(subject: Subject, meetings: RunningService) -> None:
    path = subject.at_table("aftercare")
    answer = meetings.post(f"{path}/closing", {"closedOn": "2015-04-01", "outcome": {}})
    assert (answer.status, answer.wrong_fields) == (400, ["outcome"])
    assert meetings.announced("table-cases.closed.v1") == []


@pytest.mark.parametrize("wrong", [{"progress_made": True}, {"progressMade": "perhaps"}, {"ProgressMade": True}])
def test_an_outcome_is_read_by_its_names_on_the_wire_alone(
    wrong: dict[str, Any], subject: Subject, meetings: RunningService
) -> None:
    answer = meetings.post(f"{subject.at_table()}/closing", {"closedOn": "2015-04-01", "outcome": OUTCOME | wrong})
    assert (answer.status, answer.wrong_fields) == (400, [f"outcome.{name}" for name in wrong])


def test_table_cases_come_in_pages_oldest_first(meetings: RunningService) -> None:
    for day in ("2015-03-12", "2015-03-10", "2015-03-11"):
        Subject(meetings).at_table("focus", on=day)
    first = meetings.get("/v1/table-cases", limit="2").body
    assert [each["openedOn"] for each in first["items"]] == ["2015-03-10", "2015-03-11"]
    second = meetings.get("/v1/table-cases", limit="2", cursor=first["next"]).body
    assert [each["openedOn"] for each in second["items"]] == ["2015-03-12"]
    assert second["next"] is None
    assert meetings.get("/v1/table-cases", cursor=str(uuid4())).wrong_fields == ["cursor"]


def test_a_caller_sees_and_changes_its_own_house_alone(subject: Subject, meetings: RunningService) -> None:
    path = subject.at_table("aftercare")
    assert meetings.get("/v1/table-cases", "elsewhere").body["items"] == []
    assert meetings.get("/v1/table-cases", "coordinator").status == 403
    assert meetings.get(path, "elsewhere").status == 404
    assert meetings.post(f"{path}/closing", {"closedOn": "2015-04-01"}, "elsewhere").status == 404
    assert meetings.get("/v1/table-cases", "nobody").status == 401
