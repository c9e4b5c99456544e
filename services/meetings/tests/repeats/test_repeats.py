"""A referral on the subject of a running table case reaches the case holder, who says whether the plan still stands."""

from datetime import timedelta
from typing import Any
from uuid import uuid4

import pytest

from services.meetings.service import Meetings
from services.meetings.tests.conftest import CALLERS
from services.meetings.tests.treatment import PLAN, Subject, id_of, session_of, table_cases
from shared.aliases.tests.merging import Merge
from shared.business_dates import today
from shared.configuration import ServiceSettings
from shared.testing.issuer import Issuer
from shared.testing.service import RunningService, ServiceStarter
from shared.testing.waiting import wait_until
from shared.working_days import next_working_day, working_days_after

PROBATION, LEIDEN = "reclassering-nederland", "gemeente-leiden"
REMARK = "Hij is uit huis gezet."


@pytest.fixture(scope="module")
def service(start_service: ServiceStarter, issuer: Issuer) -> RunningService:
    return start_service(Meetings, CALLERS, ServiceSettings, **issuer.settings)


@pytest.fixture
def holder(issuer: Issuer) -> str:
    return issuer.person(PROBATION, "case_holder")


def asked(meetings: RunningService, caller: str = "director", state: str = "waiting") -> list[dict[str, Any]]:
    answer = meetings.get("/v1/repeat-questions", caller, state=state)
    assert answer.status == 200, answer.text
    return list(answer.body["items"])


def wait_for(meetings: RunningService, count: int) -> list[dict[str, Any]]:
    assert wait_until(lambda: len(asked(meetings)) == count, 10, interval=0.02), asked(meetings)
    return asked(meetings)


def settle(subject: Subject) -> None:
    """Wait until all that was sent before is taken: a decision that comes after it has opened its table case."""
    Subject(subject.service).at_table("aftercare")


def say(meetings: RunningService, question: dict[str, Any], answer: str, caller: str = "director", **more: str) -> int:
    path = f"/v1/repeat-questions/{question['questionId']}/answer"
    return meetings.post(path, {"answer": answer} | more, caller).status


def work(meetings: RunningService, caller: str) -> list[str]:
    """The kinds of work of a caller, of those about repeats."""
    items = meetings.get("/v1/work", caller).body["items"]
    return [
        each["kind"] for each in items if each["kind"] in ("repeat_question", "repeat_unanswered", "meeting_wanted")
    ]


def make_overdue(meetings: RunningService) -> None:
    meetings.as_service.execute("UPDATE repeat_questions SET due_on = %s", [today() - timedelta(days=1)])


def test_the_case_holder_is_asked_within_three_working_days_and_nobody_else_sees_it(
    subject: Subject, meetings: RunningService, issuer: Issuer, holder: str
) -> None:
    path = subject.treated_at()
    referral_id = subject.referred()
    [question] = wait_for(meetings, 1)
    assert question == asked(meetings, holder)[0]
    assert question | {"questionId": None} == {
        "questionId": None,
        "tableCaseId": id_of(path),
        "caseId": str(subject.case_id),
        "table": "focus",
        "referralId": str(referral_id),
        "kind": "arrest_notice",
        "referrer": "nationale-politie",
        "receivedOn": today().isoformat(),
        "dueOn": working_days_after(today(), 3).isoformat(),
        "withdrawnOn": None,
        "overdue": False,
        "caseHolder": PROBATION,
        **dict.fromkeys(("answer", "answeredOn", "answeredBy", "answeredAt", "remark")),
    }
    assert (work(meetings, holder), work(meetings, "director")) == (["repeat_question"], [])
    [part] = meetings.get(f"/v1/cases/{subject.case_id}", holder).body["involvement"]
    assert part["repeatQuestions"] == meetings.get(path).body["repeatQuestions"] == [question]
    owner = issuer.person(LEIDEN, "participant", "case_holder")
    [part] = meetings.get(f"/v1/cases/{subject.case_id}", owner).body["involvement"]
    assert (part["repeatQuestions"], asked(meetings, owner), asked(meetings, "elsewhere")) == ([], [], [])
    assert say(meetings, question, "plan_stands", owner) == say(meetings, question, "plan_stands", "elsewhere") == 404


def test_without_an_answer_in_time_it_is_work_of_the_process_director(
    subject: Subject, meetings: RunningService, holder: str
) -> None:
    subject.treated_at()
    subject.referred()
    [question] = wait_for(meetings, 1)
    make_overdue(meetings)
    assert (work(meetings, "director"), work(meetings, holder)) == (["repeat_unanswered"], ["repeat_question"])
    assert [each["overdue"] for each in asked(meetings, holder)] == [True]
    assert say(meetings, question, "plan_stands") == 200
    assert (work(meetings, "director"), work(meetings, holder), asked(meetings)) == ([], [], [])


def test_a_plan_that_stands_needs_nothing_more_and_the_remark_is_sealed(
    subject: Subject, meetings: RunningService, holder: str
) -> None:
    subject.treated_at()
    subject.referred()
    [question] = wait_for(meetings, 1)
    assert say(meetings, question, "plan_stands", holder, remark=REMARK) == 200
    [answered] = asked(meetings, holder, "answered")
    assert (answered["answer"], answered["answeredBy"], answered["remark"]) == ("plan_stands", "A. Jansen", REMARK)
    stored = meetings.as_service.execute("SELECT * FROM repeat_questions CROSS JOIN sealed_texts").fetchall()
    assert REMARK not in str(stored)
    assert work(meetings, "director") == []
    assert say(meetings, question, "plan_stands", holder) == 200
    assert say(meetings, question, "overtaken", holder) == 409
    assert say(meetings, question, "perhaps", holder) == 400


def test_an_overtaken_plan_puts_the_case_on_the_list_of_wanted_meetings_until_a_session_follows(
    subject: Subject, meetings: RunningService, holder: str
) -> None:
    path = subject.treated_at()
    subject.referred()
    [question] = wait_for(meetings, 1)
    assert say(meetings, question, "overtaken", holder) == 200
    assert work(meetings, "director") == ["meeting_wanted"]
    assert [each["tableCaseId"] for each in table_cases(meetings, meetingWanted="true")] == [id_of(path)]
    assert table_cases(meetings, meetingWanted="false") == []
    day, reasons = next_working_day(today() + timedelta(days=1)).isoformat(), {id_of(path): "case_holder_asks"}
    planned = meetings.post("/v1/sessions", session_of(path, held_on=day, reasons=reasons))
    assert planned.status == 201
    assert (work(meetings, "director"), table_cases(meetings, meetingWanted="true")) == ([], [])
    cancelled = {"because": "Nobody could come."}
    assert meetings.post(f"/v1/sessions/{planned.body['sessionId']}/cancellation", cancelled).status == 200
    assert work(meetings, "director") == ["meeting_wanted"]


def test_a_wrong_answer_is_corrected_and_stays_readable(
    subject: Subject, meetings: RunningService, holder: str
) -> None:
    subject.treated_at()
    subject.referred()
    [question] = wait_for(meetings, 1)
    correction = f"/v1/repeat-questions/{question['questionId']}/answer/correction"
    right = {"answer": "plan_stands", "remark": "Verkeerde knop."}
    assert meetings.post(correction, right, holder).status == 409
    assert say(meetings, question, "overtaken", holder, remark=REMARK) == 200
    assert meetings.post(correction, {"answer": "plan_stands"}, holder).status == 400
    assert meetings.post(correction, right, holder).status == meetings.post(correction, right, holder).status == 200
    [corrected] = asked(meetings, holder, "answered")
    assert (corrected["answer"], corrected["remark"]) == ("plan_stands", "Verkeerde knop.")
    assert work(meetings, "director") == []
    before = meetings.as_service.execute("SELECT answer FROM superseded_repeat_answers").fetchall()
    assert before == [("overtaken",)]


def test_one_answer_is_for_all_that_came_before_and_not_for_what_comes_after(
    subject: Subject, meetings: RunningService, holder: str
) -> None:
    subject.treated_at()
    subject.referred()
    wait_for(meetings, 1)
    subject.referred()
    first, second = wait_for(meetings, 2)
    assert say(meetings, first, "plan_stands", holder) == 200
    assert [each["questionId"] for each in asked(meetings)] == [second["questionId"]]
    subject.referred()
    third = wait_for(meetings, 2)[1]
    assert say(meetings, third, "overtaken", holder) == 200
    assert (asked(meetings), work(meetings, "director")) == ([], ["meeting_wanted"])
    correction = {"answer": "plan_stands", "remark": "Verkeerde knop."}
    assert meetings.post(f"/v1/repeat-questions/{second['questionId']}/answer/correction", correction).status == 200
    assert {each["answer"] for each in asked(meetings, state="answered")} == {"plan_stands"}


def test_of_two_tables_each_case_holder_answers_for_its_own_plan(
    subject: Subject, meetings: RunningService, issuer: Issuer, holder: str
) -> None:
    subject.treated_at("focus")
    other = subject.discussed_at("aftercare")
    assert meetings.post(f"{other}/action-plan", PLAN | {"caseHolder": LEIDEN}).status == 201
    subject.referred()
    wait_for(meetings, 2)
    [own], [others] = asked(meetings, holder), asked(meetings, issuer.person(LEIDEN, "case_holder"))
    assert (own["table"], others["table"]) == ("focus", "aftercare")
    assert say(meetings, own, "overtaken", holder) == 200
    assert [each["table"] for each in asked(meetings)] == ["aftercare"]
    assert [each["table"] for each in table_cases(meetings, meetingWanted="true")] == ["focus"]


def test_without_a_plan_the_process_director_is_asked_until_there_is_one(
    subject: Subject, meetings: RunningService, holder: str
) -> None:
    path = subject.discussed_at()
    subject.referred()
    [question] = wait_for(meetings, 1)
    assert question["caseHolder"] is None
    assert work(meetings, "director") == ["repeat_unanswered"]
    day = today().isoformat()
    agreements = [each | {"dueOn": day} for each in PLAN["agreements"]]
    assert meetings.post(f"{path}/action-plan", PLAN | {"agreedOn": day, "agreements": agreements}).status == 201
    assert (asked(meetings), work(meetings, "director"), work(meetings, holder)) == ([], [], [])
    subject.referred()
    assert [each["caseHolder"] for each in wait_for(meetings, 1)] == [PROBATION]


def test_a_plan_of_before_the_referral_that_is_written_down_later_leaves_the_question(
    subject: Subject, meetings: RunningService, holder: str
) -> None:
    path = subject.discussed_at()
    subject.referred()
    wait_for(meetings, 1)
    assert meetings.post(f"{path}/action-plan", PLAN).status == 201
    assert work(meetings, holder) == ["repeat_question"]


def test_a_holder_that_referred_itself_answers_all_the_same(
    subject: Subject, meetings: RunningService, holder: str
) -> None:
    subject.treated_at()
    subject.referred(referrer=PROBATION)
    [question] = wait_for(meetings, 1)
    assert question["referrer"] == question["caseHolder"] == PROBATION
    assert say(meetings, question, "overtaken", holder) == 200


def test_a_case_that_is_closed_meanwhile_needs_no_answer_until_it_runs_again(
    subject: Subject, meetings: RunningService, holder: str
) -> None:
    path = subject.treated_at("aftercare")
    subject.referred()
    [question] = wait_for(meetings, 1)
    closing = {"closedOn": today().isoformat(), "runningOnReason": "The plan took longer."}
    assert meetings.post(f"{path}/closing", closing).status == 200
    assert (asked(meetings), work(meetings, holder)) == ([], [])
    assert say(meetings, question, "overtaken", holder) == 409
    subject.referred()
    settle(subject)
    assert meetings.post(f"{path}/closing/withdrawal", {"because": "vergissing"}).status == 200
    assert asked(meetings) == [question]


def test_a_referral_that_its_sender_withdrew_needs_no_answer(
    subject: Subject, meetings: RunningService, holder: str
) -> None:
    subject.treated_at()
    referral_id = subject.referred()
    [question] = wait_for(meetings, 1)
    told = {"referralId": str(referral_id), "subjectId": str(subject.subject_id), "withdrawnOn": today().isoformat()}
    meetings.send("intake", "referrals.withdrawn.v1", told, case_id=subject.case_id)
    wait_for(meetings, 0)
    assert say(meetings, question, "overtaken", holder) == 409


def test_the_same_referral_told_again_is_asked_about_once(subject: Subject, meetings: RunningService) -> None:
    subject.treated_at()
    referral_id = subject.referred()
    subject.referred(referral_id)
    settle(subject)
    wait_for(meetings, 1)
    assert say(meetings, asked(meetings)[0], "plan_stands") == 200
    subject.referred(referral_id)
    settle(subject)
    assert asked(meetings) == []


def test_a_referral_on_a_merged_record_is_asked_about_until_the_records_are_separated(
    subject: Subject, meetings: RunningService
) -> None:
    path, other = subject.treated_at(), Subject(meetings)
    assert subject.case_id and other.case_id
    merge = Merge(meetings, (subject.subject_id, subject.case_id), (other.subject_id, other.case_id))
    merge.begin()
    referral_id = other.referred()
    kept = subject.referred()
    assert {each["referralId"] for each in wait_for(meetings, 2)} == {str(referral_id), str(kept)}
    assert {each["tableCaseId"] for each in asked(meetings)} == {id_of(path)}
    merge.end()
    assert [each["referralId"] for each in asked(meetings)] == [str(kept)]


def test_the_weighing_team_sees_what_runs_who_holds_it_what_comes_next_and_the_last_answer(
    subject: Subject, meetings: RunningService, issuer: Issuer, holder: str
) -> None:
    def running(*case_ids: object, caller: str = "director") -> list[dict[str, Any]]:
        answer = meetings.post("/v1/running-table-cases", {"caseIds": list(map(str, case_ids))}, caller)
        assert answer.status == 200, answer.text
        return list(answer.body["items"])

    path, other = subject.discussed_at("aftercare"), Subject(meetings)
    assert running(subject.case_id, uuid4()) == [
        {
            "caseId": str(subject.case_id),
            "tableCaseId": id_of(path),
            "table": "aftercare",
            "openedOn": "2015-03-10",
            **dict.fromkeys(("caseHolder", "nextSessionOn", "nextMomentOn", "askedUntil", "answer", "answeredOn")),
        }
    ]
    assert meetings.post(f"{path}/action-plan", PLAN).status == 201
    day = next_working_day(today() + timedelta(days=1)).isoformat()
    assert meetings.post("/v1/sessions", session_of(path, table="aftercare", held_on=day)).status == 201
    subject.referred()
    [question] = wait_for(meetings, 1)
    assert say(meetings, question, "plan_stands", holder) == 200
    [seen] = running(subject.case_id)
    assert (seen["caseHolder"], seen["nextSessionOn"], seen["nextMomentOn"]) == (PROBATION, day, "2015-03-24")
    assert (seen["askedUntil"], seen["answer"]) == (question["dueOn"], "plan_stands")
    assert subject.case_id and other.case_id
    merge = Merge(meetings, (subject.subject_id, subject.case_id), (other.subject_id, other.case_id))
    merge.begin()
    team = issuer.person("hollands-midden", "weighing_team")
    assert running(other.case_id, caller=team) == [seen | {"caseId": str(other.case_id)}]
    assert running(other.case_id, caller="elsewhere") == []
    officer = issuer.person("hollands-midden", "intake_officer")
    who_has = f"/v1/cases/{other.case_id}/running"
    told = {each: seen[each] for each in ("table", "openedOn", "caseHolder")}
    assert meetings.get(who_has, officer).body == {"items": [told]}
    assert [row[2] for row in meetings.audited("show_who_has_case")] == [other.case_id]
    closing = {"closedOn": today().isoformat(), "runningOnReason": "The plan took longer."}
    assert meetings.post(f"{path}/closing", closing).status == 200
    assert running(subject.case_id, other.case_id) == []
