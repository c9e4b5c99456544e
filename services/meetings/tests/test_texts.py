"""What people write about somebody can be read in no table, log or event, and not at all once it is forgotten."""

from typing import Any
from uuid import uuid4

import pytest

from services.meetings.forgetting import TEXT_COLUMNS
from services.meetings.service import Meetings
from services.meetings.tests.treatment import OUTCOME, PLAN, Subject, session_of
from shared.sealed_texts.plain import seal_plain_texts
from shared.testing.planted import WORD, Planter, found
from shared.testing.service import RunningService
from shared.testing.waiting import wait_until

BECAUSE = {"because": "vergissing"}
ANSWER = {"answeredOn": "2015-03-24", "planStands": True, "note": "gaat goed"}
LATE = {"closedOn": "2016-03-01", "outcome": OUTCOME, "runningOnReason": "wacht op woning"}
FORGOTTEN = "subjects.forgotten.v1"


@pytest.fixture
def planter() -> Planter:
    return Planter(Meetings)


@pytest.fixture
def planting(meetings: RunningService, planter: Planter) -> RunningService:
    return planter.of(meetings)


def treated(planting: RunningService) -> str:
    """The path of a table case of which much was recorded wrongly, beside one that never had a plan."""
    path, question = asked_again(planting)
    plan = planting.get(path).body["standingPlan"]["actionPlanId"]
    give(
        planting,
        (f"{question}/answer", {"answer": "overtaken", "remark": "uit huis gezet"}),
        (f"{question}/answer/correction", {"answer": "plan_stands", "remark": "verkeerde knop"}),
        (f"/v1/action-plans/{plan}/correction", PLAN | BECAUSE | {"agreedOn": "2015-03-18"}),
        (f"{path}/monitoring-moments/week_1/answer", ANSWER),
        (f"{path}/monitoring-moments/week_1/answer/correction", ANSWER | BECAUSE | {"planStands": False}),
        (f"{path}/monitoring-moments/week_1/answer/withdrawal", BECAUSE),
        (f"{path}/monitoring-moments/week_1/answer", ANSWER),
        (f"{path}/closing", LATE),
        (f"{path}/closing/correction", LATE | BECAUSE | {"closedOn": "2016-03-02"}),
        (f"{path}/closing/withdrawal", BECAUSE),
        (f"{path}/closing", LATE),
    )
    without_plan(planting)
    sitting(planting)
    return path


def asked_again(planting: RunningService) -> tuple[str, str]:
    """The paths of a table case with a plan, and of the question whether it stands after another referral."""
    subject = Subject(planting)
    path, _ = subject.treated_at(), subject.referred()
    assert wait_until(lambda: bool(planting.get(path).body["repeatQuestions"]), 10, interval=0.02)
    [question] = planting.get(path).body["repeatQuestions"]
    return path, f"/v1/repeat-questions/{question['questionId']}"


def without_plan(planting: RunningService) -> None:
    path = Subject(planting).treated_at()
    plan = planting.get(path).body["standingPlan"]["actionPlanId"]
    ended: dict[str, Any] = {"closedOn": "2015-05-02", "withoutPlanBecause": "verhuisd"}
    give(
        planting,
        (f"{path}/zsm-advices", {"sketch": "woont bij zijn moeder", "measures": "locatieverbod"}),
        (f"/v1/action-plans/{plan}/withdrawal", BECAUSE),
        (f"{path}/closing", ended),
        (f"{path}/closing/correction", ended | BECAUSE | {"closedOn": "2015-05-03"}),
    )


def give(planting: RunningService, *commands: tuple[str, dict[str, Any]]) -> None:
    for command, body in commands:
        assert planting.post(command, body).status in (200, 201, 204), command


def sitting(planting: RunningService) -> str:
    """The path of a session that was recorded wrongly in every way."""
    path = Subject(planting).at_table()
    session = f"/v1/sessions/{planting.post('/v1/sessions', session_of(path)).body['sessionId']}"
    give(
        planting,
        (f"{session}/holding", {"heldOn": "2015-03-17"}),
        (f"{session}/correction", BECAUSE | {"heldOn": "2015-03-18"}),
        (f"{session}/withdrawal", BECAUSE),
        (f"{session}/cancellation", BECAUSE),
    )
    return session


def test_every_text_can_be_read_by_who_may_and_in_no_table_or_event(
    planting: RunningService, planter: Planter, capfd: pytest.CaptureFixture[str]
) -> None:
    path = treated(planting)
    assert planter.not_planted == set()
    shown = planting.get(path).text
    assert shown.count(WORD) > 10
    assert "sealed:" not in shown
    assert found(planting) == []
    assert WORD not in "".join(capfd.readouterr())


def test_what_stood_in_the_clear_before_is_sealed_and_reads_the_same(planting: RunningService) -> None:
    path = treated(planting)
    shown = planting.get(path).body
    for table in TEXT_COLUMNS:
        for column in table.columns:
            planting.as_owner.execute(f"UPDATE {table.table} SET {column} = '{WORD}' WHERE {column} <> ''".encode())
    assert len(found(planting)) == len(TEXT_COLUMNS)
    before = planting.get(path).body
    seal_plain_texts(planting.begin, TEXT_COLUMNS)
    assert found(planting) == []
    assert planting.get(path).body == before != shown


def test_the_texts_of_somebody_who_is_forgotten_are_gone_with_those_of_the_sessions(planting: RunningService) -> None:
    path, session = treated(planting), sitting(planting)
    cases = {each["caseId"] for each in planting.get("/v1/table-cases").body["items"]}
    for case_id in cases:
        data = {"subjectId": str(uuid4()), "forgottenOn": "2017-03-01"}
        planting.send("intake", FORGOTTEN, data, case_id=case_id)
    assert wait_until(lambda: WORD not in planting.get(path).text + planting.get(session).text, 10, interval=0.02)
    [[left]] = planting.as_service.execute("SELECT count(*) FROM sealed_texts WHERE sealed <> ''").fetchall()
    assert left == 0
