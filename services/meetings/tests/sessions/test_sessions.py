"""Sessions over HTTP: planned, moved, held or cancelled, and what was recorded by mistake."""

from datetime import timedelta
from typing import Any

import pytest

from services.meetings.tests.treatment import Subject, id_of, session_of
from shared.business_dates import today
from shared.testing.service import RunningService


@pytest.fixture
def planned(subject: Subject, meetings: RunningService) -> dict[str, Any]:
    """A planned session of one focus case."""
    answer = meetings.post("/v1/sessions", session_of(subject.at_table()))
    assert answer.status == 201
    return dict(answer.body)


def path_of(session: dict[str, Any]) -> str:
    return f"/v1/sessions/{session['sessionId']}"


def test_a_session_is_planned_once_for_its_cases(subject: Subject, meetings: RunningService) -> None:
    paths = subject.at_table("aftercare"), Subject(meetings).at_table("aftercare")
    session = session_of(*paths, table="aftercare", held_on="2015-03-24")
    answer = meetings.post("/v1/sessions", session)
    assert (answer.status, answer.body["tableCaseIds"]) == (201, session["tableCaseIds"])
    assert meetings.post("/v1/sessions", session) == answer
    twice = session | {"tableCaseIds": [*session["tableCaseIds"], session["tableCaseIds"][0]]}
    assert meetings.post("/v1/sessions", twice) == answer
    [event] = meetings.announced("sessions.planned.v1")
    assert event["subject"] == event["data"]["sessionId"] == answer.body["sessionId"]
    assert event["data"] == {"sessionId": answer.body["sessionId"], **session}
    meetings.post("/v1/sessions", session | {"heldOn": "2015-04-21"})
    assert [each["heldOn"] for each in meetings.get(paths[0]).body["sessions"]] == ["2015-03-24", "2015-04-21"]


def test_a_planned_session_that_was_not_held_asks_for_no_reason(
    planned: dict[str, Any], meetings: RunningService
) -> None:
    again = session_of(*planned["tableCaseIds"], held_on="2015-04-21")
    assert meetings.post("/v1/sessions", again).status == 201


def test_a_focus_case_that_was_discussed_comes_again_only_for_a_reason(
    subject: Subject, meetings: RunningService
) -> None:
    path = subject.discussed_at("focus")
    again = session_of(path, held_on="2015-04-21")
    refused = meetings.post("/v1/sessions", again)
    assert (refused.status, refused.wrong_fields) == (422, [f"reasons.{id_of(path)}"])
    answer = meetings.post("/v1/sessions", again | {"reasons": {id_of(path): "plan_stagnates"}})
    assert (answer.status, answer.body["reasons"]) == (201, {id_of(path): "plan_stagnates"})
    seen = meetings.get(path).body["sessions"]
    assert [(each["state"], each["reason"]) for each in seen] == [("held", None), ("planned", "plan_stagnates")]


def test_a_session_takes_the_cases_of_its_own_sub_region(subject: Subject, meetings: RunningService) -> None:
    elsewhere = Subject(meetings, municipality="Gouda").at_table()
    refused = meetings.post("/v1/sessions", session_of(subject.at_table(), elsewhere))
    assert (refused.status, refused.wrong_fields) == (422, ["tableCaseIds[1]"])
    assert refused.body["errors"][0]["code"] == "other_sub_region"


def test_a_session_is_planned_within_reach_on_a_working_day(subject: Subject, meetings: RunningService) -> None:
    path = subject.at_table()
    for day, code in (("2099-02-01", "too_far_ahead"), ("2015-03-15", "not_a_working_day")):
        refused = meetings.post("/v1/sessions", session_of(path, held_on=day))
        assert (refused.status, refused.wrong_fields) == (422, ["heldOn"])
        assert refused.body["errors"][0]["code"] == code


def test_a_session_is_moved_and_then_held(planned: dict[str, Any], meetings: RunningService) -> None:
    path = path_of(planned)
    moved = meetings.post(f"{path}/move", {"to": "2015-03-24"})
    assert (moved.status, moved.body["heldOn"], moved.body["state"]) == (200, "2015-03-24", "planned")
    assert meetings.post(f"{path}/move", {"to": "2015-03-24"}) == moved
    held = meetings.post(f"{path}/holding", {"heldOn": "2015-03-24"})
    assert (held.status, held.body["state"]) == (200, "held")
    assert meetings.post(f"{path}/holding", {"heldOn": "2015-03-24"}) == held
    assert meetings.post(f"{path}/move", {"to": "2015-03-25"}).status == 409
    [event] = meetings.announced("sessions.moved.v1")
    assert (event["data"]["movedFrom"], event["data"]["movedTo"]) == ("2015-03-17", "2015-03-24")
    [event] = meetings.announced("sessions.held.v1")
    assert (event["data"]["heldOn"], event["data"]["tableCaseIds"]) == ("2015-03-24", planned["tableCaseIds"])


def test_nobody_holds_a_session_tomorrow(planned: dict[str, Any], meetings: RunningService) -> None:
    tomorrow = (today() + timedelta(days=1)).isoformat()
    refused = meetings.post(f"{path_of(planned)}/holding", {"heldOn": tomorrow})
    assert (refused.status, refused.wrong_fields) == (422, ["heldOn"])


def test_a_cancelled_session_says_why(planned: dict[str, Any], meetings: RunningService) -> None:
    path = path_of(planned)
    assert meetings.post(f"{path}/cancellation", {"because": " "}).status == 400
    cancelled = meetings.post(f"{path}/cancellation", {"because": "te weinig deelnemers"})
    assert (cancelled.status, cancelled.body["state"]) == (200, "cancelled")
    assert len(meetings.announced("sessions.cancelled.v1")) == 1
    assert meetings.post("/v1/sessions", session_of(*planned["tableCaseIds"])).status == 409


def test_what_was_recorded_by_mistake_is_taken_back_and_stays_readable(
    planned: dict[str, Any], meetings: RunningService
) -> None:
    path = path_of(planned)
    meetings.post(f"{path}/holding", {"heldOn": "2015-03-17"})
    corrected = meetings.post(f"{path}/correction", {"heldOn": "2015-03-18", "because": "verschreven"})
    assert (corrected.status, corrected.body["heldOn"]) == (200, "2015-03-18")
    assert meetings.post(f"{path}/withdrawal", {"because": "andere zitting"}).body["state"] == "planned"
    changes = meetings.get(path).body["changes"]
    assert [(change["state"], change["heldOn"], change["because"]) for change in changes] == [
        ("planned", "2015-03-17", None),
        ("held", "2015-03-17", None),
        ("held", "2015-03-18", "verschreven"),
        ("planned", "2015-03-18", "andere zitting"),
    ]
    assert {change["recordedBy"] for change in changes} == {"director"}
    assert all(change["recordedAt"] for change in changes)
    assert [event["data"]["heldOn"] for event in meetings.announced("sessions.held.v1")] == ["2015-03-17", "2015-03-18"]
    assert len(meetings.announced("sessions.planned.v1")) == 2


def test_a_planned_session_whose_day_has_passed_is_listed(
    subject: Subject, planned: dict[str, Any], meetings: RunningService
) -> None:
    subject.discussed_at("aftercare")

    def passed(until: str) -> list[str]:
        answer = meetings.get("/v1/sessions", state="planned", until=until)
        return [session["sessionId"] for session in answer.body["items"]]

    assert passed("2015-03-16") == []
    assert passed("2015-03-17") == [planned["sessionId"]]
    assert len(meetings.get("/v1/sessions").body["items"]) == 2


def test_sessions_come_in_pages(subject: Subject, meetings: RunningService) -> None:
    path = subject.at_table("aftercare")
    for day in ("2015-03-18", "2015-03-17", "2015-03-19"):
        meetings.post("/v1/sessions", session_of(path, table="aftercare", held_on=day))
    first = meetings.get("/v1/sessions", limit="2").body
    assert [session["heldOn"] for session in first["items"]] == ["2015-03-17", "2015-03-18"]
    [last] = meetings.get("/v1/sessions", limit="2", cursor=first["next"]).body["items"]
    assert last["heldOn"] == "2015-03-19"


def test_a_session_of_another_house_is_unknown(planned: dict[str, Any], meetings: RunningService) -> None:
    assert meetings.get(path_of(planned), "elsewhere").status == 404
    assert meetings.post(f"{path_of(planned)}/move", {"to": "2015-03-24"}, "elsewhere").status == 404


def test_the_audit_log_tells_a_session_for_each_of_its_cases(subject: Subject, meetings: RunningService) -> None:
    other = Subject(meetings)
    session = session_of(subject.at_table(), other.at_table())
    session_id = meetings.post("/v1/sessions", session).body["sessionId"]
    meetings.post(f"/v1/sessions/{session_id}/move", {"to": "2015-03-24"})
    for operation, status in (("plan_session", 201), ("move_session", 200)):
        told = [entry for entry in meetings.audited(operation) if entry[1] == session_id]
        assert {entry[2] for entry in told} == {subject.case_id, other.case_id}
        assert {(kind, done) for kind, _, _, done, _ in told} == {("sessions", status)}
        assert len(told) == 2
