"""Two records of one person at the tables."""

from typing import Any

import pytest

from services.meetings.tests.treatment import Subject, id_of, table_cases
from shared.aliases.tests.merging import Merge, Record
from shared.testing.service import RunningService
from shared.testing.waiting import wait_until

CLOSED = {"closedOn": "2015-04-01", "withoutPlanBecause": "verhuisd"}
BECAUSE = {"because": "vergissing"}


@pytest.fixture
def other(meetings: RunningService) -> Subject:
    return Subject(meetings)


@pytest.fixture
def merge(subject: Subject, other: Subject, meetings: RunningService) -> Merge:
    return Merge(meetings, record(subject), record(other))


def record(subject: Subject) -> Record:
    assert subject.case_id
    return subject.subject_id, subject.case_id


def test_a_case_shows_the_table_cases_of_merged_records_until_they_are_separated(
    subject: Subject, other: Subject, merge: Merge, meetings: RunningService
) -> None:
    paths = [subject.at_table("focus"), other.at_table("aftercare", on="2015-04-14")]
    cases = [f"/v1/cases/{each.case_id}" for each in (subject, other)]
    before = [meetings.get(case).body for case in cases]
    merge.begin()
    for case in cases:
        shown = meetings.get(case).body["tableCases"]
        assert [each["tableCaseId"] for each in shown] == [id_of(path) for path in reversed(paths)]
    merge.end()
    assert [meetings.get(case).body for case in cases] == before


def test_a_decision_on_a_merged_record_refers_the_running_table_case_again(
    subject: Subject, other: Subject, merge: Merge, meetings: RunningService
) -> None:
    running = subject.at_table("focus")
    merge.begin()
    assert other.at_table("focus") == running
    assert len(table_cases(meetings)) == 1
    assert len(meetings.announced("table-cases.referred-again.v1")) == 1


def test_nothing_waits_for_the_separation_of_somebody_who_is_forgotten(
    subject: Subject, other: Subject, merge: Merge, meetings: RunningService
) -> None:
    subject.at_table("focus")
    merge.begin()
    other.at_table("focus")
    meetings.send("intake", "suspects.recognised.v1", {"listedOn": "2015-03-20"}, case_id=other.case_id)
    kept = "SELECT subject_id::text FROM tablings_of_merged_records UNION ALL SELECT case_id::text FROM suspects"
    both = [(str(other.subject_id),), (str(other.case_id),)]
    assert wait_until(lambda: meetings.as_service.execute(kept).fetchall() == both, 10, interval=0.02)
    forgotten = {"subjectId": str(other.subject_id), "forgottenOn": "2017-03-01"}
    meetings.send("intake", "subjects.forgotten.v1", forgotten, case_id=other.case_id)
    assert wait_until(lambda: meetings.as_service.execute(kept).fetchall() == [], 10, interval=0.02)


def test_a_referral_on_a_merged_record_is_a_repeat_of_the_running_table_case(
    subject: Subject, other: Subject, merge: Merge, meetings: RunningService
) -> None:
    running = subject.at_table("focus")
    merge.begin()
    referral_id = other.weighed(None, on="2015-03-17")

    def repeats() -> list[str]:
        return [each["referralId"] for each in meetings.get(running).body["repeats"]]

    assert wait_until(lambda: bool(repeats()), 10, interval=0.02)
    assert repeats() == [str(referral_id)]


def test_a_closing_is_not_withdrawn_while_a_merged_record_runs_at_the_table(
    subject: Subject, other: Subject, merge: Merge, meetings: RunningService
) -> None:
    path = subject.at_table("focus")
    assert meetings.post(f"{path}/closing", CLOSED).status == 200
    other.at_table("focus")
    merge.begin()
    assert meetings.post(f"{path}/closing/withdrawal", BECAUSE).status == 409
    merge.end()
    assert meetings.post(f"{path}/closing/withdrawal", BECAUSE).status == 200


def test_a_separation_opens_the_table_case_that_a_merged_record_would_have_got(
    subject: Subject, other: Subject, merge: Merge, meetings: RunningService
) -> None:
    running = subject.at_table("focus")
    before = meetings.get(running).body
    merge.begin()
    referral_id = other.weighed("focus", on="2015-03-17")
    repeat_id = other.weighed(None, on="2015-03-24")
    assert wait_until(lambda: len(meetings.get(running).body["repeats"]) == 2, 10, interval=0.02)
    merge.end()
    [own] = meetings.get(f"/v1/cases/{other.case_id}").body["tableCases"]
    assert (own["referralId"], own["openedOn"], own["subjectId"]) == (
        str(referral_id),
        "2015-03-17",
        str(other.subject_id),
    )
    assert [each["referralId"] for each in standing(own["repeats"])] == [str(repeat_id)]
    after = meetings.get(running).body
    assert (standing(after["referrals"]), standing(after["repeats"])) == (before["referrals"], [])
    [withdrawn] = meetings.announced("table-case-referrals.withdrawn.v1")
    assert withdrawn["data"]["referralId"] == str(referral_id)


def test_a_separation_takes_up_each_decision_on_a_referral_and_not_the_last_alone(
    subject: Subject, other: Subject, merge: Merge, meetings: RunningService
) -> None:
    running = subject.at_table("focus")
    merge.begin()
    referral_id = other.weighed("focus", on="2015-03-10")
    other.weighed_again(referral_id, None)
    assert wait_until(lambda: len(meetings.get(running).body["repeats"]) == 2, 10, interval=0.02)
    merge.end()
    [own] = meetings.get(f"/v1/cases/{other.case_id}").body["tableCases"]
    assert (own["table"], own["openedOn"]) == ("focus", "2015-03-10")
    assert [each["decision"] for each in standing(own["repeats"])] == ["bilateral"]


def test_a_separation_takes_up_no_decision_that_was_withdrawn(
    subject: Subject, other: Subject, merge: Merge, meetings: RunningService
) -> None:
    running, own = subject.at_table("aftercare"), other.at_table("focus")
    merge.begin()
    referral_id = other.weighed(None, on="2015-03-12")
    other.weighed_again(referral_id, None, decision="escalate")
    assert wait_until(lambda: len(meetings.get(running).body["repeats"]) == 2, 10, interval=0.02)
    other.decision_withdrawn(referral_id, tabling=2)
    assert wait_until(lambda: len(standing(meetings.get(running).body["repeats"])) == 1, 10, interval=0.02)
    merge.end()
    assert [each["decision"] for each in standing(meetings.get(own).body["repeats"])] == ["bilateral"]


def test_a_separation_leaves_a_table_case_of_its_own_and_takes_the_repeat_with_the_other_back(
    subject: Subject, other: Subject, merge: Merge, meetings: RunningService
) -> None:
    running = subject.at_table("aftercare")
    merge.begin()
    own = other.at_table("focus", on="2015-03-17")
    assert len(standing(meetings.get(running).body["repeats"])) == 1
    merge.end()
    assert standing(meetings.get(running).body["repeats"]) == []
    assert [each["tableCaseId"] for each in table_cases(meetings, state="open")] == [id_of(running), id_of(own)]
    assert standing(meetings.get(own).body["repeats"]) == []


def standing(referrals: list[dict[str, Any]]) -> list[dict[str, Any]]:
    return [each for each in referrals if each["withdrawnOn"] is None]
