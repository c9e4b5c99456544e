"""What waits for a process director: cases without a session, and case holders to ask."""

from typing import Any

from services.meetings.tests.treatment import OUTCOME, Subject, session_of
from shared.testing.service import RunningService


def work(meetings: RunningService, caller: str = "director", **wanted: str) -> list[dict[str, Any]]:
    answer = meetings.get("/v1/work", caller, **wanted)
    assert answer.status == 200, answer.text
    return list(answer.body["items"])


def test_a_table_case_waits_until_a_session_is_planned(subject: Subject, meetings: RunningService) -> None:
    path = subject.at_table()
    waiting = {
        "kind": "table_case_without_session",
        "objectId": path.rpartition("/")[2],
        "caseId": str(subject.case_id),
        "municipality": "Leiden",
        "since": "2015-03-10",
        "dueOn": None,
        "overdue": False,
        "count": None,
    }
    assert work(meetings) == [waiting]
    session_id = meetings.post("/v1/sessions", session_of(path)).body["sessionId"]
    assert work(meetings) == []
    meetings.post(f"/v1/sessions/{session_id}/cancellation", {"because": "Nobody could come."})
    assert work(meetings) == [waiting]
    assert work(meetings, "elsewhere") == []
    assert meetings.get("/v1/work", "coordinator").status == 403


def test_a_case_holder_is_to_be_asked_until_the_answer_or_the_closing(
    subject: Subject, meetings: RunningService
) -> None:
    path = subject.treated_at()
    due = ["2015-03-24", "2015-04-17", "2015-06-17", "2015-09-17"]
    found = work(meetings)
    assert [(item["kind"], item["since"], item["dueOn"], item["overdue"]) for item in found] == [
        ("monitoring_moment", day, day, True) for day in due
    ]
    assert {item["caseId"] for item in found} == {str(subject.case_id)}
    listed = meetings.get("/v1/monitoring-moments", dueBy="2015-12-31").body["items"]
    assert [item["objectId"] for item in found] == [moment["momentId"] for moment in listed]
    answer = {"answeredOn": "2015-03-24", "planStands": True}
    assert meetings.post(f"{path}/monitoring-moments/week_1/answer", answer).status == 200
    assert [item["since"] for item in work(meetings)] == due[1:]
    assert meetings.post(f"{path}/closing", {"closedOn": "2015-04-20", "outcome": OUTCOME}).status == 200
    assert work(meetings) == []
