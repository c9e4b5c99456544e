"""What a partner tells after the decision reaches the case holder, who says that it is read."""

from typing import Any
from uuid import uuid4

import pytest

from services.meetings.late_information.handlers import return_closed
from services.meetings.service import Meetings
from services.meetings.tests.conftest import CALLERS
from services.meetings.tests.test_corrections import CLOSING
from services.meetings.tests.treatment import Subject
from shared.business_dates import today
from shared.configuration import ServiceSettings
from shared.testing.issuer import Issuer
from shared.testing.service import RunningService, ServiceStarter
from shared.testing.waiting import wait_until
from shared.working_days import working_days_before

PROBATION, LEIDEN, ON, TEXT = "reclassering-nederland", "gemeente-leiden", today().isoformat(), str(uuid4())
UNSCORED = {"closedOn": CLOSING["closedOn"]}


@pytest.fixture(scope="module")
def service(start_service: ServiceStarter, issuer: Issuer) -> RunningService:
    return start_service(Meetings, CALLERS, ServiceSettings, **issuer.settings)


@pytest.fixture
def holder(issuer: Issuer) -> str:
    return issuer.person(PROBATION, "case_holder")


def told_late(subject: Subject, request_id: str = "", text: str = TEXT, on: str = ON) -> None:
    data = {"requestId": request_id or str(uuid4()), "referralId": str(uuid4()), "subjectId": str(subject.subject_id)}
    told = data | {"partner": LEIDEN, "supplementedOn": on, "contributionIds": [text]}
    subject.service.send("weighing", "late-supplements.received.v1", told, case_id=subject.case_id)


def shown(meetings: RunningService, path: str) -> list[dict[str, Any]]:
    return list(meetings.get(path).body["lateInformation"])


def wait_for(meetings: RunningService, path: str, told: int = 1) -> dict[str, Any]:
    assert wait_until(lambda: len(shown(meetings, path)) == told, 10, interval=0.02)
    return shown(meetings, path)[0]


def work(meetings: RunningService, caller: str) -> list[str]:
    items = meetings.get("/v1/work", caller).body["items"]
    return [each["since"] for each in items if each["kind"] == "late_information"]


def watch(meetings: RunningService) -> None:
    with meetings.begin() as unit:
        return_closed(unit)


def test_the_case_holder_reads_it_and_nobody_else_is_bothered(
    subject: Subject, meetings: RunningService, issuer: Issuer, holder: str
) -> None:
    path = subject.treated_at()
    told_late(subject)
    late = wait_for(meetings, path)
    assert (late["partner"], late["toldOn"], late["contributionIds"], late["readOn"]) == (LEIDEN, ON, [TEXT], None)
    assert (work(meetings, holder), work(meetings, "director")) == ([ON], [])
    [part] = meetings.get(f"/v1/cases/{subject.case_id}", holder).body["involvement"]
    assert part["lateInformation"] == [late]
    owner, reading = issuer.person(LEIDEN, "case_holder"), f"/v1/late-information/{late['informationId']}/reading"
    assert meetings.post(reading, None, owner).status == meetings.post(reading, None, "elsewhere").status == 404
    assert meetings.post(reading, None, holder).status == 200
    read = shown(meetings, path)[0]
    assert (read["readBy"], work(meetings, holder)) == ("A. Jansen", [])
    assert meetings.post(reading, None).body == read, "who read it first stays"


def test_without_a_case_holder_it_is_work_of_the_process_director(subject: Subject, meetings: RunningService) -> None:
    path = subject.at_table("focus")
    told_late(subject)
    late = wait_for(meetings, path)
    assert work(meetings, "director") == [ON]
    assert meetings.post(f"/v1/late-information/{late['informationId']}/reading", None).status == 200
    assert work(meetings, "director") == []


def test_what_the_case_holder_has_not_read_in_three_working_days_the_process_director_sees_too(
    subject: Subject, meetings: RunningService, holder: str
) -> None:
    path = subject.treated_at()
    last, before = (working_days_before(today(), days).isoformat() for days in (3, 4))
    told_late(subject, on=last)
    wait_for(meetings, path)
    assert (work(meetings, holder), work(meetings, "director")) == ([last], [])
    told_late(subject, on=before)
    assert wait_until(lambda: work(meetings, "director") == [before], 10, interval=0.02)
    [item] = [each for each in meetings.get("/v1/work", holder).body["items"] if each["kind"] == "late_information"]
    assert (item["since"], item["overdue"]) == (before, True)


def test_what_nobody_had_read_when_the_case_was_closed_is_left_to_weighing_once(
    subject: Subject, meetings: RunningService, holder: str
) -> None:
    path = subject.treated_at()
    told_late(subject)
    wait_for(meetings, path)
    watch(meetings)
    assert meetings.announced("late-supplements.returned.v1") == []
    assert meetings.post(f"{path}/closing", CLOSING).status == 200
    watch(meetings)
    watch(meetings)
    [returned] = meetings.announced("late-supplements.returned.v1")
    assert (returned["data"]["partner"], returned["data"]["contributionIds"]) == (LEIDEN, [TEXT])
    assert meetings.post(f"{path}/closing/withdrawal", {"because": "Vergissing."}).status == 200
    assert work(meetings, holder) == [], "the information coordinator has it"


def closed(meetings: RunningService, path: str, closing: dict[str, Any] = CLOSING) -> list[list[str]]:
    """The texts that are left to weighing by then."""
    assert meetings.post(f"{path}/closing", closing).status == 200
    watch(meetings)
    return [each["data"]["contributionIds"] for each in meetings.announced("late-supplements.returned.v1")]


def test_what_nobody_read_at_two_tables_is_left_to_weighing_once_when_both_are_closed(
    subject: Subject, meetings: RunningService
) -> None:
    paths = subject.treated_at("focus"), subject.treated_at("aftercare")
    told_late(subject)
    for path in paths:
        wait_for(meetings, path)
    assert closed(meetings, paths[0]) == []
    assert closed(meetings, paths[1], UNSCORED) == [[TEXT]]
    watch(meetings)
    assert len(meetings.announced("late-supplements.returned.v1")) == 1


def test_what_was_told_next_to_something_that_was_read_is_left_to_weighing(
    subject: Subject, meetings: RunningService
) -> None:
    path, request_id, unread = subject.treated_at(), str(uuid4()), str(uuid4())
    told_late(subject, request_id)
    read = wait_for(meetings, path)
    told_late(subject, request_id, unread)
    wait_for(meetings, path, told=2)
    assert meetings.post(f"/v1/late-information/{read['informationId']}/reading", None).status == 200
    assert closed(meetings, path) == [[unread]]


def test_what_is_told_again_at_another_table_is_left_to_weighing_again(
    subject: Subject, meetings: RunningService
) -> None:
    path, request_id = subject.treated_at("focus"), str(uuid4())
    told_late(subject, request_id)
    wait_for(meetings, path)
    assert closed(meetings, path) == [[TEXT]]
    another = subject.treated_at("aftercare")
    told_late(subject, request_id)
    wait_for(meetings, another)
    assert meetings.post(f"{path}/closing/withdrawal", {"because": "Vergissing."}).status == 200
    assert closed(meetings, another, UNSCORED) == [[TEXT], [TEXT]]


def test_of_somebody_at_no_table_weighing_hears_and_nobody_here(subject: Subject, meetings: RunningService) -> None:
    told_late(subject)
    path = subject.at_table("aftercare")
    assert shown(meetings, path) == []
    [returned] = meetings.announced("late-supplements.returned.v1")
    assert (returned["subject"], returned["data"]["contributionIds"]) == (str(subject.case_id), [TEXT])
    assert (returned["data"]["partner"], returned["data"]["supplementedOn"]) == (LEIDEN, ON)
    told_late(subject)
    wait_for(meetings, path)
    assert len(meetings.announced("late-supplements.returned.v1")) == 1, "who holds the case reads it"
