"""What a partner tells after the decision of somebody at no table waits for the information coordinator."""

from typing import Any
from uuid import uuid4

import pytest

from services.weighing.late_information.handlers import leave_to_others
from services.weighing.tests.briefing import BILATERAL, FOCUS, NEXT_TUESDAY, SECONDS, Briefing
from services.weighing.work.store import WorkStore
from shared.testing.service import RunningService
from shared.testing.waiting import wait_until

ON, TEXT = "2015-03-12", str(uuid4())
OF_KATWIJK: dict[str, Any] = {"municipality": "Katwijk", "kind": "current_referral"}


class Late:
    """A referral on which the team decided, whose municipality tells more afterwards."""

    def __init__(self, briefing: Briefing, decision: dict[str, Any] = BILATERAL, **about: Any) -> None:
        self.briefing, self.weighing, self.case_id = briefing, briefing.service, uuid4()
        self.referral_id = briefing.on_agenda(case_id=self.case_id, **about)
        [asked] = [each for each in briefing.asked() if each["data"]["referralId"] == self.referral_id]
        self.request_id, self.partner = asked["data"]["requestId"], asked["data"]["partner"]
        assert briefing.decide(self.referral_id, decision).status == 201

    def tell(self, service: str = "housing") -> None:
        """Meetings says that the person is at no table."""
        said, told = {"service": service, "answer": "known"}, len(self.told())
        data = {"requestId": self.request_id, "partner": self.partner}
        self.briefing.send(
            "information-requests.answered.v1",
            {**data, "answeredOn": ON, "involved": [service], "services": [said]},
            case_id=self.case_id,
        )
        assert wait_until(lambda: len(self.told()) > told, SECONDS)
        data |= {"referralId": self.referral_id, "supplementedOn": ON, "contributionIds": [TEXT]}
        self.weighing.send("meetings", "late-supplements.returned.v1", data, case_id=self.case_id)
        assert wait_until(lambda: len(self.kept()) > 0, SECONDS)

    def told(self) -> list[dict[str, Any]]:
        events = self.weighing.announced("late-supplements.received.v1")
        return [event["data"] for event in events if event["data"]["referralId"] == self.referral_id]

    def kept(self, caller: str = "coordinator") -> list[dict[str, Any]]:
        path = f"/v1/information-requests/{self.request_id}/late-information"
        return list(self.weighing.get(path, caller).body["items"])

    def work(self, caller: str = "coordinator") -> list[dict[str, Any]]:
        items = self.weighing.get("/v1/work", caller).body["items"]
        return [each for each in items if each["kind"].startswith("late_")]

    def watch(self) -> None:
        with self.weighing.begin() as unit:
            leave_to_others(unit)


@pytest.fixture
def late(briefing: Briefing) -> Late:
    told = Late(briefing)
    told.tell()
    return told


def on_the_same_person(late: Late, subject_id: str) -> str:
    return late.briefing.on_agenda(case_id=late.case_id, subjectId=subject_id, receivedOn="2015-03-12")


def test_it_is_work_of_the_coordinator_alone_until_somebody_says_that_it_was_read(
    late: Late, weighing: RunningService
) -> None:
    [waiting] = late.work()
    assert waiting == {
        **{"kind": "late_answer", "objectId": late.request_id, "caseId": str(late.case_id), "since": ON},
        **{"municipality": "Leiden"},
        **{"dueOn": None, "overdue": False, "count": 1},
    }
    assert late.work("team") == []
    [told] = late.kept()
    assert (told["toldOn"], told["guard"], told["endedOn"], told["readBy"]) == (ON, None, None, None)
    reading = f"/v1/late-information/{told['informationId']}/reading"
    assert weighing.post(reading, None, "team").status == 403
    assert weighing.post(f"/v1/late-information/{uuid4()}/reading", None, "coordinator").status == 404
    read = weighing.post(reading, None, "coordinator")
    assert (read.status, read.body["readBy"], late.work()) == (200, "coordinator", [])
    assert weighing.post(reading, None, "coordinator").body == read.body == late.kept()[0]


def test_it_says_that_the_case_runs_elsewhere(briefing: Briefing) -> None:
    late = Late(briefing, **OF_KATWIJK)
    late.tell("local_approach")
    assert [each["kind"] for each in late.work()] == ["late_running_there"]
    assert late.kept()[0]["guard"] == "local_approach"


def test_whoever_holds_the_case_is_told_once_the_person_is_at_a_table(late: Late) -> None:
    late.watch()
    assert len(late.work()) == len(late.told()) == 1
    another = on_the_same_person(late, str(uuid4()))
    assert late.briefing.decide(another, FOCUS | {"briefingOn": NEXT_TUESDAY}).status == 201
    late.watch()
    late.watch()
    assert late.work() == []
    first, again = late.told()
    assert (again["requestId"], again["contributionIds"]) == (first["requestId"], [TEXT])
    assert late.kept()[0]["endedOn"]
    assert late.kept()[0]["readBy"] is None


def test_what_was_decided_before_it_came_brings_it_to_nobody(briefing: Briefing) -> None:
    late = Late(briefing, FOCUS)
    late.tell()
    late.watch()
    assert len(late.work()) == len(late.told()) == 1, "the table case was closed"


def test_on_the_agenda_again_it_is_on_the_board(late: Late) -> None:
    assert late.briefing.withdraw(late.referral_id).status == 201
    assert late.work() == []
    late.watch()
    assert late.briefing.decide(late.referral_id, BILATERAL).status == 201
    assert late.work() == []


def test_once_withdrawn_or_on_the_agenda_again_nobody_at_a_table_is_told(late: Late, briefing: Briefing) -> None:
    gone = {"referralId": late.referral_id, "subjectId": str(uuid4()), "withdrawnOn": ON}
    briefing.send("referrals.withdrawn.v1", gone, case_id=late.case_id)
    assert wait_until(lambda: late.work() == [], SECONDS)
    back = Late(briefing)
    back.tell()
    assert briefing.withdraw(back.referral_id).status == 201
    for each in (late, back):
        another = on_the_same_person(each, str(uuid4()))
        assert briefing.decide(another, FOCUS | {"briefingOn": NEXT_TUESDAY}).status == 201
    late.watch()
    assert len(late.told()) == len(back.told()) == 1
    assert [told["readBy"] for told in (*late.kept(), *back.kept())] == [None, None]
    assert all(told["endedOn"] for told in (*late.kept(), *back.kept()))


@pytest.mark.parametrize("type", ["referrals.withdrawn.v1", "subjects.forgotten.v1"])
def test_it_ends_with_the_referral_and_with_what_is_known_of_the_person(late: Late, type: str) -> None:
    data = {"subjectId": str(uuid4()), "withdrawnOn": ON, "forgottenOn": ON, "referralId": late.referral_id}
    wanted = ("subjectId", "withdrawnOn", "referralId") if "withdrawn" in type else ("subjectId", "forgottenOn")
    late.briefing.send(type, {name: data[name] for name in wanted}, case_id=late.case_id)
    assert wait_until(lambda: late.work() == [], SECONDS)


def test_another_house_reads_nothing(late: Late) -> None:
    reading = f"/v1/late-information/{late.kept()[0]['informationId']}/reading"
    assert late.weighing.post(reading, None, "coordinator elsewhere").status == 404
    assert late.kept("coordinator elsewhere") == []
    with late.weighing.begin() as unit:
        assert unit.store(WorkStore).late_answers("elsewhere") == []
    assert len(late.work()) == 1
