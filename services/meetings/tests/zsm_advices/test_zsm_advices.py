"""The process director or the case holder writes what ZSM hears of a case, and ZSM reads it while the case runs."""

from typing import Any
from uuid import uuid4

import pytest

from services.meetings.service import Meetings
from services.meetings.tests.conftest import CALLERS
from services.meetings.tests.treatment import OUTCOME, Subject, id_of
from shared.business_dates import today
from shared.configuration import ServiceSettings
from shared.testing.issuer import Issuer
from shared.testing.service import RunningService, ServiceStarter
from shared.testing.waiting import wait_until

PROBATION, LEIDEN, PROSECUTOR = "reclassering-nederland", "gemeente-leiden", "openbaar-ministerie"
ADVICE: dict[str, Any] = {
    "sketch": "Woont bij zijn moeder, die het niet aankan.",
    "measures": "Locatieverbod en een woonplek bij het Leger des Heils.",
}


@pytest.fixture(scope="module")
def service(start_service: ServiceStarter, issuer: Issuer) -> RunningService:
    return start_service(Meetings, CALLERS, ServiceSettings, **issuer.settings)


@pytest.fixture
def holder(issuer: Issuer) -> str:
    return issuer.person(PROBATION, "case_holder")


@pytest.fixture
def zsm(issuer: Issuer) -> str:
    return issuer.person(PROSECUTOR, "zsm_desk")


def test_an_advice_goes_out_by_id_its_text_is_sealed_and_who_reads_it_is_logged(
    subject: Subject, meetings: RunningService, holder: str, zsm: str
) -> None:
    path = subject.treated_at()
    written = meetings.post(f"{path}/zsm-advices", ADVICE, holder)
    assert written.status == 201, written.text
    assert meetings.post(f"{path}/zsm-advices", ADVICE).body == written.body
    [event] = meetings.announced("zsm-advices.written.v1")
    advice_id = written.body["adviceId"]
    assert event["data"] == {"adviceId": advice_id, "tableCaseId": id_of(path), "writtenOn": str(today())}
    assert "moeder" not in str(meetings.as_service.execute("SELECT * FROM zsm_advices").fetchall())
    for reader in ("director", holder, zsm):
        shown = meetings.get(f"/v1/zsm-advices/{advice_id}", reader).body
        assert (shown["sketch"], shown["measures"]) == (ADVICE["sketch"], ADVICE["measures"])
    assert [(kind, id) for kind, id, *_ in meetings.audited("show_advice")] == [("zsm-advices", advice_id)] * 3


def test_zsm_reads_the_newest_advice_alone_and_none_once_the_case_is_closed(
    subject: Subject, meetings: RunningService, zsm: str
) -> None:
    path = subject.treated_at()
    older, newer = (
        meetings.post(f"{path}/zsm-advices", ADVICE | {"sketch": text}).body["adviceId"] for text in ("Eerst.", "Nu.")
    )
    statuses = [meetings.get(f"/v1/zsm-advices/{each}", zsm).status for each in (older, newer)]
    assert statuses == [404, 200]
    assert meetings.get(f"/v1/zsm-advices/{older}").body["sketch"] == "Eerst."
    closing = {"closedOn": str(today()), "outcome": OUTCOME, "runningOnReason": "The plan took longer."}
    assert meetings.post(f"{path}/closing", closing).status == 200
    assert meetings.get(f"/v1/zsm-advices/{newer}", zsm).status == 404
    assert meetings.post(f"{path}/zsm-advices", ADVICE).status == 409


def test_others_neither_write_nor_read_one_and_none_comes_before_the_plan(
    subject: Subject, meetings: RunningService, issuer: Issuer
) -> None:
    path = subject.at_table()
    assert [each["code"] for each in meetings.post(f"{path}/zsm-advices", ADVICE).body["errors"]] == ["no_plan"]
    path = Subject(meetings).treated_at()
    stranger = issuer.person(LEIDEN, "case_holder", "participant")
    assert meetings.post(f"{path}/zsm-advices", ADVICE, stranger).status == 404
    advice_id = meetings.post(f"{path}/zsm-advices", ADVICE).body["adviceId"]
    for person, status in ((stranger, 404), (issuer.person(LEIDEN, "zsm_desk"), 404), ("elsewhere", 404)):
        assert meetings.get(f"/v1/zsm-advices/{advice_id}", person).status == status
    assert meetings.get(f"/v1/zsm-advices/{uuid4()}").status == 404
    wrong = {"sketch": " ", "measures": "BSN 999990019"}
    errors = meetings.post(f"{path}/zsm-advices", wrong).body["errors"]
    assert sorted(each["field"] for each in errors) == ["measures", "sketch"]


def test_whoever_has_written_an_advice_on_a_suspect_is_not_asked_for_one_any_more(
    subject: Subject, meetings: RunningService
) -> None:
    path = subject.treated_at()
    listed = {"subjectId": str(uuid4()), "partner": PROSECUTOR, "listedOn": str(today())}
    meetings.send("intake", "suspects.recognised.v1", listed, case_id=subject.case_id)
    assert wait_until(lambda: "suspect" in _kinds(meetings), 10)
    meetings.post(f"{path}/zsm-advices", ADVICE)
    assert "suspect" not in _kinds(meetings)


def _kinds(meetings: RunningService) -> set[str]:
    return {item["kind"] for item in meetings.get("/v1/work").body["items"]}
