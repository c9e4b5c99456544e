"""Slips that a person takes back: plans, answers and closings, with reason and trace."""

from datetime import timedelta
from typing import Any

import pytest

from services.meetings.tests.treatment import OUTCOME, PLAN, Subject
from shared.business_dates import today
from shared.testing.service import RunningService

BECAUSE = {"because": "verschreven"}
CLOSING = {"closedOn": "2015-08-01", "outcome": OUTCOME}


def later_plan(agreed_on: str, **differently: Any) -> dict[str, Any]:
    agreements = [PLAN["agreements"][0] | {"dueOn": "2015-12-01"}]
    return PLAN | {"agreedOn": agreed_on, "agreements": agreements} | differently


def due(meetings: RunningService) -> list[str]:
    items = meetings.get("/v1/monitoring-moments", dueBy="2020-01-01").body["items"]
    return [moment["dueOn"] for moment in items]


def plan_path(meetings: RunningService, path: str) -> str:
    return f"/v1/action-plans/{meetings.get(path).body['standingPlan']['actionPlanId']}"


@pytest.mark.parametrize("year", [1, 2062])
def test_a_slip_of_the_pen_in_a_year_is_refused_wherever_something_happened(
    year: int, subject: Subject, meetings: RunningService
) -> None:
    path = subject.treated_at()
    wrong = f"{year}-11-16" if year > 1000 else "0001-11-16"
    commands = [
        (f"{path}/action-plan", "agreedOn", later_plan("2015-04-01")),
        (f"{path}/monitoring-moments/week_1/answer", "answeredOn", {"planStands": True}),
        (f"{path}/closing", "closedOn", CLOSING),
    ]
    for command, field, body in commands:
        refused = meetings.post(command, body | {field: wrong})
        assert (refused.status // 100, refused.wrong_fields) == (4, [field])
    assert len(meetings.announced("action-plans.agreed.v1")) == 1
    assert meetings.get(path).body["closing"] is None


def test_an_agreement_may_be_due_ahead_but_not_decades_ahead(subject: Subject, meetings: RunningService) -> None:
    path = subject.at_table()
    plan = later_plan("2015-04-01")
    plan["agreements"][0]["dueOn"] = (today() + timedelta(days=40)).isoformat()
    assert meetings.post(f"{path}/action-plan", plan).status == 201
    plan["agreements"][0]["dueOn"] = "2062-01-01"
    assert meetings.post(f"{path}/action-plan", plan).wrong_fields == ["agreements[0].dueOn"]


@pytest.mark.parametrize("what", [" ", "\u00a0", "het BSN is 999990019", "Ã©Ã©n afspraak", "\ufffd"])
def test_an_agreement_is_a_text_and_holds_no_bsn(what: str, subject: Subject, meetings: RunningService) -> None:
    wrong = PLAN | {"agreements": [PLAN["agreements"][0] | {"what": what}]}
    answer = meetings.post(f"{subject.at_table()}/action-plan", wrong)
    assert (answer.status, answer.wrong_fields) == (400, ["agreements[0].what"])


def test_a_plan_with_a_wrong_day_is_corrected_and_its_moments_follow(
    subject: Subject, meetings: RunningService
) -> None:
    path = subject.treated_at()
    correction = f"{plan_path(meetings, path)}/correction"
    right = PLAN | {"agreedOn": "2015-03-19"}
    answer = meetings.post(correction, right | BECAUSE)
    assert (answer.status, answer.body["plan"]["agreedOn"]) == (200, "2015-03-19")
    assert due(meetings) == ["2015-03-26", "2015-04-19", "2015-06-19", "2015-09-19"]
    assert meetings.post(correction, right | BECAUSE).body == answer.body
    wrong, right_plan = meetings.get(path).body["plans"]
    assert (wrong["because"], wrong["supersededBy"], wrong["plan"]["agreedOn"]) == (
        "verschreven",
        "director",
        "2015-03-17",
    )
    assert (right_plan["because"], right_plan["recordedBy"], right_plan["replacedOn"]) == (None, "director", None)
    [withdrawn] = meetings.announced("action-plans.withdrawn.v1")
    first, second = meetings.announced("action-plans.agreed.v1")
    assert withdrawn["data"]["actionPlanId"] == first["data"]["actionPlanId"] == wrong["actionPlanId"]
    assert second["data"]["actionPlanId"] == right_plan["actionPlanId"]


def test_a_withdrawn_plan_lets_the_plan_before_stand_again(subject: Subject, meetings: RunningService) -> None:
    path = subject.treated_at()
    meetings.post(f"{path}/action-plan", later_plan("2015-04-01", caseHolder="nationale-politie"))
    withdrawal = f"{plan_path(meetings, path)}/withdrawal"
    assert meetings.post(withdrawal, BECAUSE).status == 204
    assert meetings.post(withdrawal, BECAUSE).status == 204
    assert meetings.get(path).body["standingPlan"]["plan"] == meetings.get(path).body["plans"][0]["plan"]
    assert len(meetings.announced("action-plans.withdrawn.v1")) == 1
    assert meetings.post(f"{plan_path(meetings, path)}/withdrawal", BECAUSE).status == 204
    assert meetings.get(path).body["standingPlan"] is None
    assert due(meetings) == []


def test_a_plan_that_does_not_stand_any_more_is_not_corrected(subject: Subject, meetings: RunningService) -> None:
    path = subject.treated_at()
    replaced = plan_path(meetings, path)
    meetings.post(f"{path}/action-plan", later_plan("2015-04-01"))
    assert meetings.post(f"{replaced}/correction", later_plan("2015-05-01") | BECAUSE).status == 409
    assert meetings.post(f"{replaced}/withdrawal", BECAUSE).status == 409
    assert meetings.post(f"{replaced}/withdrawal", BECAUSE, "elsewhere").status == 404


def test_a_new_plan_keeps_six_months_and_answers(subject: Subject, meetings: RunningService) -> None:
    path = subject.treated_at()
    meetings.post(f"{path}/monitoring-moments/week_1/answer", {"answeredOn": "2015-03-24", "planStands": True})
    meetings.post(f"{path}/action-plan", later_plan("2015-08-01"))
    moments = meetings.get(path).body["standingPlan"]["moments"]
    assert [moment["answer"] is not None for moment in moments] == [True, False, False, False]
    assert due(meetings) == ["2015-04-17", "2015-06-17", "2015-09-17"]
    too_early = {"answeredOn": "2015-03-24", "planStands": True}
    refused = meetings.post(f"{path}/monitoring-moments/month_6/answer", too_early)
    assert (refused.status, refused.body["errors"][0]["code"]) == (422, "too_early")


def test_a_wrong_answer_is_corrected_or_withdrawn(subject: Subject, meetings: RunningService) -> None:
    path = f"{subject.treated_at()}/monitoring-moments/week_1/answer"
    stands = {"answeredOn": "2015-03-25", "planStands": True}
    assert meetings.post(f"{path}/correction", stands | BECAUSE).status == 409
    meetings.post(path, stands)
    fails = stands | {"planStands": False}
    corrected = meetings.post(f"{path}/correction", fails | BECAUSE)
    assert (corrected.status, corrected.body["answer"]["planStands"]) == (200, False)
    assert meetings.post(f"{path}/correction", fails | BECAUSE) == corrected
    assert meetings.post(f"{path}/withdrawal", BECAUSE).body["answer"] is None
    assert meetings.post(f"{path}/withdrawal", BECAUSE).status == 200
    assert due(meetings)[0] == "2015-03-24"
    answers = meetings.get(path.partition("/monitoring")[0]).body["answers"]
    assert [(each["answer"]["planStands"], each["because"]) for each in answers] == [
        (True, "verschreven"),
        (False, "verschreven"),
    ]
    told = meetings.announced("monitoring-moments.answered.v1")
    assert [event["data"]["planStands"] for event in told] == [True, False]
    [withdrawn] = meetings.announced("monitoring-answers.withdrawn.v1")
    assert withdrawn["data"]["moment"] == "week_1"


def test_closing_asks_for_a_held_session_and_a_plan_or_the_reason_why_not(
    subject: Subject, meetings: RunningService
) -> None:
    path = subject.at_table()
    refused = meetings.post(f"{path}/closing", {"closedOn": "2015-08-01"})
    assert refused.body["errors"][0]["code"] == "no_session_held"
    scored = meetings.post(f"{path}/closing", CLOSING | {"withoutPlanBecause": "verhuisd"})
    assert (scored.status, scored.wrong_fields) == (422, ["outcome"])
    assert meetings.post(f"{path}/closing", {"closedOn": "2015-08-01", "withoutPlanBecause": "verhuisd"}).status == 200


def test_a_closing_is_corrected_with_its_trace(subject: Subject, meetings: RunningService) -> None:
    path = subject.treated_at()
    assert meetings.post(f"{path}/closing/correction", CLOSING | BECAUSE).status == 409
    meetings.post(f"{path}/closing", CLOSING)
    right = CLOSING | {"closedOn": "2015-07-01", "outcome": OUTCOME | {"progressMade": False}}
    corrected = meetings.post(f"{path}/closing/correction", right | BECAUSE)
    assert (corrected.status, corrected.body["closing"]["closedOn"]) == (200, "2015-07-01")
    assert meetings.post(f"{path}/closing/correction", right | BECAUSE).body == corrected.body
    wrong, counts = meetings.get(path).body["closings"]
    assert (wrong["closing"]["closedOn"], wrong["because"], wrong["supersededBy"]) == (
        "2015-08-01",
        "verschreven",
        "director",
    )
    assert (counts["closing"]["closedOn"], counts["because"], counts["recordedBy"]) == ("2015-07-01", None, "director")
    [event] = meetings.announced("closings.corrected.v1")
    assert event["data"] == {
        "tableCaseId": path.rpartition("/")[2],
        "table": "focus",
        "closedOn": "2015-07-01",
        "outcome": right["outcome"],
        "correctedOn": today().isoformat(),
    }


def test_a_case_that_was_closed_by_mistake_is_under_treatment_again(subject: Subject, meetings: RunningService) -> None:
    path = subject.treated_at()
    meetings.post(f"{path}/closing", CLOSING)
    reopened = meetings.post(f"{path}/closing/withdrawal", BECAUSE)
    assert (reopened.status, reopened.body["closing"]) == (200, None)
    assert meetings.post(f"{path}/closing/withdrawal", BECAUSE) == reopened
    assert len(meetings.announced("closings.withdrawn.v1")) == 1
    assert due(meetings)[0] == "2015-03-24"
    assert meetings.post(f"{path}/closing", CLOSING | {"closedOn": "2015-07-01"}).status == 200


def test_a_closing_stands_when_the_subject_has_another_case_at_the_table(
    subject: Subject, meetings: RunningService
) -> None:
    path = subject.treated_at()
    meetings.post(f"{path}/closing", CLOSING)
    subject.at_table(on="2015-09-01")
    refused = meetings.post(f"{path}/closing/withdrawal", BECAUSE)
    assert (refused.status, refused.body["errors"][0]["code"]) == (409, "seat_taken")
