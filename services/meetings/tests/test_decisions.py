"""Decisions that the weighing team takes back, and repeats of referrals."""

from typing import Any
from uuid import UUID

from services.meetings.tests.treatment import PLAN, Subject, session_of, table_cases
from shared.testing.service import RunningService
from shared.testing.waiting import wait_until


def opened(subject: Subject, table: str = "focus", **more: Any) -> UUID:
    """The referral that opened a table case."""
    referral_id = subject.weighed(table, **more)
    assert wait_until(lambda: bool(table_cases(subject.service, referralId=str(referral_id))), 10, interval=0.02)
    return referral_id


def announced(service: RunningService, type: str, count: int = 1) -> list[dict[str, Any]]:
    assert wait_until(lambda: len(service.announced(type)) == count, 10, interval=0.02)
    return [event["data"] for event in service.announced(type)]


def test_a_decision_corrected_to_another_table_takes_the_case_there(subject: Subject, meetings: RunningService) -> None:
    referral_id = opened(subject)
    subject.decision_corrected(referral_id, "aftercare")
    [withdrawn] = announced(meetings, "table-cases.withdrawn.v1")
    assert (withdrawn["table"], withdrawn["withdrawnOn"]) == ("focus", "2015-03-20")
    [_, right] = announced(meetings, "table-cases.opened.v1", 2)
    assert (right["table"], right["openedOn"]) == ("aftercare", "2015-03-10")
    [case] = table_cases(meetings, state="withdrawn")
    assert (case["tableCaseId"], case["closing"]) == (withdrawn["tableCaseId"], None)
    assert [case["table"] for case in table_cases(meetings, state="open")] == ["aftercare"]


def test_a_decision_corrected_to_no_table_or_withdrawn_leaves_no_table_case(
    subject: Subject, meetings: RunningService
) -> None:
    subject.decision_corrected(opened(subject), None)
    announced(meetings, "table-cases.withdrawn.v1")
    other = Subject(meetings)
    other.decision_withdrawn(opened(other))
    announced(meetings, "table-cases.withdrawn.v1", 2)
    assert table_cases(meetings, state="open") == []
    again = opened(subject)
    assert [case["referralId"] for case in table_cases(meetings, state="open")] == [str(again)]


def test_a_correction_of_a_decision_that_a_later_one_followed_leaves_the_table_case_of_the_later_one(
    subject: Subject, meetings: RunningService
) -> None:
    subject.decision_corrected(opened(subject), None, decidedAgain=True)
    other = Subject(meetings)
    other.decision_corrected(opened(other), None)
    [withdrawn] = announced(meetings, "table-cases.withdrawn.v1")
    [case] = table_cases(meetings, state="open")
    assert case["tableCaseId"] != withdrawn["tableCaseId"]


def test_a_corrected_decision_for_the_same_table_changes_nothing(subject: Subject, meetings: RunningService) -> None:
    subject.decision_corrected(opened(subject), "focus")
    opened(Subject(meetings))
    assert meetings.announced("table-cases.withdrawn.v1") == meetings.announced("table-cases.referred-again.v1") == []
    assert len(table_cases(meetings, state="open")) == 2


def test_a_case_on_which_the_table_worked_stays_open_and_is_listed(subject: Subject, meetings: RunningService) -> None:
    referral_id = opened(subject)
    [case] = table_cases(meetings)
    path = f"/v1/table-cases/{case['tableCaseId']}"
    meetings.post(f"{path}/action-plan", PLAN)
    subject.decision_corrected(referral_id, None)
    assert wait_until(lambda: bool(table_cases(meetings, decisionCorrected="true")), 10, interval=0.02)
    [listed] = table_cases(meetings, decisionCorrected="true")
    assert (listed["decisionCorrectedOn"], listed["closing"]) == ("2015-03-20", None)
    assert table_cases(meetings, decisionCorrected="false") == []
    assert ("decision_corrected", "2015-03-20") in work(meetings)
    subject.decision_corrected(referral_id, "focus")
    assert wait_until(lambda: not table_cases(meetings, decisionCorrected="true"), 10, interval=0.02)
    assert meetings.announced("table-cases.withdrawn.v1") == []


def work(meetings: RunningService) -> list[tuple[str, str]]:
    """Of the process director."""
    return [(each["kind"], each["since"]) for each in meetings.get("/v1/work", "director").body["items"]]


def test_a_case_with_a_planned_session_is_not_withdrawn_unseen(subject: Subject, meetings: RunningService) -> None:
    referral_id = opened(subject)
    [case] = table_cases(meetings)
    answer = meetings.post("/v1/sessions", session_of(case["tableCaseId"]))
    assert answer.status == 201
    subject.decision_withdrawn(referral_id)
    assert wait_until(lambda: bool(table_cases(meetings, decisionCorrected="true")), 10, interval=0.02)
    assert work(meetings) == [("decision_corrected", "2015-03-20")]
    later = {"heldOn": "2015-03-24"}
    assert meetings.post(f"/v1/sessions/{answer.body['sessionId']}/holding", later).status == 200
    assert work(meetings) == [], "the table has seen it"


def test_a_wrong_decision_that_referred_a_running_case_again_leaves_the_case(
    subject: Subject, meetings: RunningService
) -> None:
    path = subject.at_table()
    again = subject.weighed("focus", on="2015-03-12")
    announced(meetings, "table-cases.referred-again.v1")
    subject.decision_withdrawn(again)
    [withdrawn] = announced(meetings, "table-case-referrals.withdrawn.v1")
    assert withdrawn["referralId"] == str(again)
    seen = meetings.get(path).body
    assert [referral["withdrawnOn"] for referral in seen["referrals"]] == [None, "2015-03-20"]
    assert table_cases(meetings, referralId=str(again)) == []
    subject.decision_corrected(again, "focus")
    assert wait_until(lambda: bool(table_cases(meetings, referralId=str(again))), 10, interval=0.02)
    assert meetings.get(path).body["referrals"][1]["referredOn"] == "2015-03-10", "as the decision that counts says"


def test_a_withdrawn_decision_leaves_what_an_earlier_decision_on_the_referral_brought(
    subject: Subject, meetings: RunningService
) -> None:
    referral_id = subject.weighed(clientAtTable=CLIENT)
    subject.weighed_again(referral_id, "aftercare")
    announced(meetings, "table-cases.opened.v1", 2)
    subject.decision_withdrawn(referral_id, tabling=2)
    [withdrawn] = announced(meetings, "table-cases.withdrawn.v1")
    assert withdrawn["table"] == "aftercare"
    [case] = table_cases(meetings, state="open", referralId=str(referral_id))
    assert case["table"] == "focus"
    client = meetings.get(f"/v1/table-cases/{case['tableCaseId']}").body["clientAtTable"]
    assert client == CLIENT | {"weighedOn": "2015-03-10"}
    subject.decision_withdrawn(referral_id)
    announced(meetings, "table-cases.withdrawn.v1", 2)


def test_a_corrected_decision_leaves_the_repeat_of_an_earlier_decision_on_the_referral(
    subject: Subject, meetings: RunningService
) -> None:
    subject.at_table()
    referral_id = subject.weighed(None, on="2015-03-12")
    subject.weighed_again(referral_id, "aftercare")
    assert wait_until(lambda: len(repeats(meetings)) == 2, 10, interval=0.02)
    subject.decision_corrected(referral_id, None, tabling=2, decision="escalate")
    of_both = [(str(referral_id), "bilateral"), (str(referral_id), "escalate")]
    assert wait_until(lambda: sorted(repeats(meetings)) == of_both, 10, interval=0.02)
    subject.decision_withdrawn(referral_id, tabling=2)
    assert wait_until(lambda: repeats(meetings) == of_both[:1], 10, interval=0.02)


def test_a_withdrawn_decision_gives_back_what_the_one_before_said_of_the_client(
    subject: Subject, meetings: RunningService
) -> None:
    referral_id = opened(subject, clientAtTable=CLIENT)
    subject.weighed_again(referral_id, "focus", clientAtTable=CLIENT | {"wanted": True})
    assert wait_until(lambda: client_of(meetings, referral_id)["wanted"], 10, interval=0.02)
    subject.decision_withdrawn(referral_id, tabling=2)
    before = CLIENT | {"weighedOn": "2015-03-10"}
    assert wait_until(lambda: client_of(meetings, referral_id) == before, 10, interval=0.02)


def test_a_withdrawn_decision_did_not_refer_again_the_table_case_that_the_one_before_opened(
    subject: Subject, meetings: RunningService
) -> None:
    referral_id = opened(subject)
    subject.weighed_again(referral_id, "focus")
    [again] = announced(meetings, "table-cases.referred-again.v1")
    subject.decision_withdrawn(referral_id, tabling=2)
    [withdrawn] = announced(meetings, "table-case-referrals.withdrawn.v1")
    assert withdrawn == {
        **{"tableCaseId": again["tableCaseId"], "referralId": str(referral_id)},
        **{"table": "focus", "withdrawnOn": "2015-03-20"},
    }
    assert [each["tableCaseId"] for each in table_cases(meetings, state="open")] == [again["tableCaseId"]]


def test_a_corrected_decision_leaves_on_which_day_the_one_before_referred_the_table_case_again(
    subject: Subject, meetings: RunningService
) -> None:
    opened(subject)
    referral_id = subject.weighed("focus", on="2015-03-12")
    subject.weighed_again(referral_id, "focus")
    announced(meetings, "table-cases.referred-again.v1", 2)
    subject.decision_corrected(referral_id, None, tabling=2)
    told = announced(meetings, "table-cases.referred-again.v1", 3)
    assert [each["referredOn"] for each in told] == ["2015-03-12", "2015-03-17", "2015-03-12"]
    assert meetings.announced("table-case-referrals.withdrawn.v1") == []


def test_what_referred_a_table_case_again_before_that_was_kept_counts_by_its_day(
    subject: Subject, meetings: RunningService
) -> None:
    opened(subject)
    referral_id = subject.weighed("focus", on="2015-03-12")
    announced(meetings, "table-cases.referred-again.v1", 1)
    meetings.as_service.execute("UPDATE repeats SET for_table = false")
    subject.weighed_again(referral_id, "focus")
    announced(meetings, "table-cases.referred-again.v1", 2)
    subject.decision_withdrawn(referral_id, tabling=2)
    told = announced(meetings, "table-cases.referred-again.v1", 3)
    assert told[-1]["referredOn"] == "2015-03-12"
    assert meetings.announced("table-case-referrals.withdrawn.v1") == []


def test_what_a_worker_of_the_version_before_keeps_of_the_client_is_shown(
    subject: Subject, meetings: RunningService
) -> None:
    referral_id = opened(subject)
    meetings.as_service.execute(
        """INSERT INTO clients_at_table VALUES (%s, 'hollands-midden', '2015-03-10', false, '{red_rag}', true, 1)""",
        [referral_id],
    )
    assert client_of(meetings, referral_id) == CLIENT | {"weighedOn": "2015-03-10"}
    meetings.as_service.execute("DELETE FROM clients_at_table")
    assert client_of(meetings, referral_id) is None


def test_a_table_case_from_before_tablings_were_kept_goes_with_the_decision_that_is_withdrawn(
    subject: Subject, meetings: RunningService
) -> None:
    referral_id = opened(subject)
    meetings.as_service.execute("UPDATE table_case_referrals SET tabling = NULL")
    subject.decision_withdrawn(referral_id, tabling=2)
    announced(meetings, "table-cases.withdrawn.v1")


def repeats(meetings: RunningService) -> list[tuple[str, str]]:
    return [(each["referralId"], each["decision"]) for each in meetings.get("/v1/repeats").body["items"]]


def test_a_repeat_reaches_the_running_table_case_whatever_was_decided(
    subject: Subject, meetings: RunningService
) -> None:
    path = subject.at_table()
    bilateral = subject.weighed(None, on="2015-03-12")
    assert wait_until(lambda: repeats(meetings) == [(str(bilateral), "bilateral")], 10, interval=0.02)
    again = subject.weighed("focus", on="2015-03-13")
    subject.at_table("aftercare", on="2015-03-16")
    assert [decision for _, decision in repeats(meetings)] == ["bilateral", "focus", "aftercare"]
    seen = meetings.get(path).body["repeats"]
    assert [repeat["decision"] for repeat in seen] == ["bilateral", "focus", "aftercare"]
    meetings.post(f"{path}/action-plan", PLAN | {"agreedOn": "2015-03-13"})
    assert repeats(meetings)[0][0] == str(again)


def test_a_repeat_of_somebody_else_or_before_any_table_case_is_kept_nowhere(
    subject: Subject, meetings: RunningService
) -> None:
    subject.weighed(None)
    subject.at_table()
    Subject(meetings).weighed(None)
    opened(Subject(meetings))
    assert repeats(meetings) == []


def test_a_withdrawn_decision_is_no_repeat(subject: Subject, meetings: RunningService) -> None:
    subject.at_table()
    bilateral = subject.weighed(None, on="2015-03-12")
    assert wait_until(lambda: len(repeats(meetings)) == 1, 10, interval=0.02)
    subject.decision_withdrawn(bilateral)
    assert wait_until(lambda: repeats(meetings) == [], 10, interval=0.02)


CLIENT = {"wanted": False, "contraIndications": ["red_rag"], "caseHolderConsulted": True}


def client_of(service: RunningService, referral_id: UUID) -> Any:
    """What the table case that a referral brought says of the client."""
    [found] = table_cases(service, referralId=str(referral_id))
    return service.get(f"/v1/table-cases/{found['tableCaseId']}").body["clientAtTable"]


def test_a_table_case_says_whether_the_client_joins_as_the_decision_that_counts_says(
    subject: Subject, meetings: RunningService
) -> None:
    referral_id = subject.weighed(clientAtTable=CLIENT)
    assert wait_until(lambda: bool(table_cases(meetings, referralId=str(referral_id))), 10, interval=0.02)
    assert client_of(meetings, referral_id) == CLIENT | {"weighedOn": "2015-03-10"}
    subject.decision_corrected(referral_id, "focus", clientAtTable=CLIENT | {"wanted": True})
    assert wait_until(lambda: client_of(meetings, referral_id)["wanted"], 10, interval=0.02)
    subject.decision_corrected(referral_id, "focus")
    assert wait_until(lambda: client_of(meetings, referral_id) is None, 10, interval=0.02)
