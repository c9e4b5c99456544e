"""What the team agrees on at a briefing, what is reported of it, and what brings a referral back."""

from datetime import date, timedelta
from functools import partial
from typing import Any
from uuid import UUID, uuid4

import pytest

from services.weighing.follow_ups.handlers import see_overdue
from services.weighing.service import Weighing
from services.weighing.tests.briefing import (
    ASKED,
    BILATERAL,
    DEFERRED,
    DUE,
    FOCUS,
    INFORMED,
    SETTLED,
    TUESDAY,
    Briefing,
)
from services.weighing.tests.conftest import CALLERS
from shared.aliases.tests.merging import Merge
from shared.business_dates import today
from shared.configuration import ServiceSettings
from shared.testing.issuer import Issuer
from shared.testing.service import Answer, RunningService, ServiceStarter
from shared.testing.waiting import wait_until
from shared.working_days import next_working_day, working_day_before

POLICE, LEIDEN = "nationale-politie", "gemeente-leiden"
BENEFITS = ASKED | {"question": "benefits"}
BECAUSE = {"remark": "Another case was meant."}


@pytest.fixture(scope="module")
def service(start_service: ServiceStarter, issuer: Issuer) -> RunningService:
    return start_service(Weighing, CALLERS, ServiceSettings, **issuer.settings)


@pytest.fixture
def case_id() -> UUID:
    return uuid4()


@pytest.fixture
def referral_id(briefing: Briefing, case_id: UUID) -> str:
    return briefing.on_agenda(case_id=case_id)


def listed(weighing: RunningService, caller: str = "team", **wanted: str) -> list[dict[str, Any]]:
    return list(weighing.get("/v1/follow-ups", caller, **wanted).body["items"])


def report(weighing: RunningService, state: str, caller: str = "team", **differently: str) -> Answer:
    """On the one follow-up that there is."""
    [row] = weighing.as_owner.execute("SELECT follow_up_id FROM follow_ups WHERE state <> 'lapsed'").fetchall()
    return weighing.post(f"/v1/follow-ups/{row[0]}/report", {"state": state, **differently}, caller)


def correct(weighing: RunningService, state: str) -> Answer:
    [row] = weighing.as_owner.execute("SELECT follow_up_id FROM follow_ups").fetchall()
    return weighing.post(f"/v1/follow-ups/{row[0]}/report/correction", {"state": state, **BECAUSE})


def events(weighing: RunningService, name: str) -> list[dict[str, Any]]:
    return [event["data"] for event in weighing.announced(f"follow-ups.{name}.v1")]


def agreed_in(weighing: RunningService) -> list[dict[str, Any]]:
    """What the events of decisions tell of follow-ups."""
    decisions = (*weighing.announced("referrals.weighed.v1"), *weighing.announced("decisions.corrected.v1"))
    return [told for event in decisions for told in event["data"].get("followUps", ())]


def become_due(weighing: RunningService, on: date) -> None:
    weighing.as_owner.execute("UPDATE follow_ups SET due_on = %s", [on])
    with weighing.begin() as unit:
        see_overdue(unit)


def waits_for_a_briefing(briefing: Briefing, referral_id: str) -> bool:
    """Whether the referral is tabled again for a briefing that is to come."""
    found = briefing.referral(referral_id).body
    assert (found["tableOn"] is not None) == (found["tabling"] == 2)
    return bool(found["tableOn"]) and found["tableOn"] >= today().isoformat()


def test_a_decision_names_its_follow_up_and_everybody_concerned_sees_it(
    briefing: Briefing, weighing: RunningService, issuer: Issuer, case_id: UUID, referral_id: str
) -> None:
    decided = briefing.decide(referral_id, BILATERAL)
    agreed = SETTLED | {"destination": None, "lifeDomains": [], "question": None, "askedOf": None}
    assert (decided.status, decided.body["followUps"]) == (201, [agreed])
    [told] = agreed_in(weighing)
    assert told.items() >= SETTLED.items()
    [seen] = listed(weighing)
    assert seen.items() >= {**agreed, "followUpId": told["followUpId"], "state": "agreed"}.items()
    assert briefing.referral(referral_id).body["followUps"] == [seen]
    owner = issuer.person(POLICE, "participant")
    assert listed(weighing, owner) == listed(weighing, owner=POLICE) == [seen]
    assert listed(weighing, issuer.person(LEIDEN, "participant")) == listed(weighing, owner=LEIDEN) == []
    [owned] = weighing.get(f"/v1/cases/{case_id}", owner).body["involvement"]["owns"]
    assert (owned["what"], owned["otherPartner"], owned["dueOn"]) == ("settle_bilaterally", LEIDEN, DUE)
    assert briefing.decide(referral_id, BILATERAL) == decided, "the same decision again agrees on nothing more"
    assert len(agreed_in(weighing)) == 1


def test_wrong_follow_ups_are_refused_field_by_field(briefing: Briefing, weighing: RunningService) -> None:
    wrong = [
        SETTLED | {"otherPartner": POLICE},
        SETTLED | {"owner": "de-buren", "dueOn": "2015-03-09"},
        {"what": "ask_partner", "owner": POLICE, "dueOn": DUE},
    ]
    answer = briefing.decide(briefing.on_agenda(), BILATERAL | {"followUps": wrong})
    assert (answer.status, answer.wrong_fields) == (
        422,
        [
            "followUps[0].otherPartner",
            "followUps[1].owner",
            "followUps[1].dueOn",
            "followUps[2].question",
            "followUps[2].askedOf",
        ],
    )
    assert (listed(weighing), agreed_in(weighing)) == ([], [])


def test_the_owners_people_report_what_is_done_and_nobody_else_does(
    briefing: Briefing, weighing: RunningService, issuer: Issuer, referral_id: str
) -> None:
    briefing.decide(referral_id, BILATERAL)
    assert report(weighing, "done", issuer.person(LEIDEN, "participant")).status == 404
    assert report(weighing, "done", issuer.person(POLICE, "provider")).status == 403
    assert report(weighing, "done", "elsewhere").status == 404
    assert report(weighing, "done", reportedOn="2015-03-09").wrong_fields == ["reportedOn"]
    done = report(weighing, "done", issuer.person(POLICE, "case_holder"))
    assert (done.status, done.body["state"]) == (201, "done")
    assert report(weighing, "done").body == done.body
    assert report(weighing, "not_done").wrong_fields == ["state"]
    assert [(each["state"], each["reportedOn"]) for each in events(weighing, "reported")] == [
        ("done", today().isoformat())
    ]
    assert (listed(weighing), [each["state"] for each in listed(weighing, reported="true")]) == ([], ["done"])
    assert not waits_for_a_briefing(briefing, referral_id)


def test_what_is_not_done_brings_the_referral_back_and_a_correction_takes_it_off_again(
    briefing: Briefing, weighing: RunningService, referral_id: str
) -> None:
    briefing.decide(referral_id, BILATERAL)
    assert report(weighing, "not_done", remark="Nobody was at home.").status == 201
    assert waits_for_a_briefing(briefing, referral_id)
    [history] = briefing.referral(referral_id).body["followUps"]
    assert (history["state"], history["remark"]) == ("not_done", "Nobody was at home.")
    assert correct(weighing, "done").status == 201
    assert not waits_for_a_briefing(briefing, referral_id)
    assert [each["state"] for each in events(weighing, "reported")] == ["not_done", "done"]
    told = [event["data"] for event in weighing.announced("referrals.tabled-again.v1")]
    assert [(each["tabling"], "tableOn" in each) for each in told] == [(2, True), (1, False)]


def test_what_others_go_by_of_a_decision_stays_once_the_team_has_decided_again(
    briefing: Briefing, weighing: RunningService, referral_id: str
) -> None:
    briefing.decide(referral_id, BILATERAL)
    report(weighing, "not_done")
    weighing.as_owner.execute("UPDATE referrals SET table_on = '2015-03-17'")
    assert briefing.decide(referral_id, FOCUS | {"briefingOn": "2015-03-17"}).body["tabling"] == 2
    refused = briefing.correct(referral_id, INFORMED)
    assert (refused.status, refused.wrong_fields) == (409, ["tabling"])
    more = {"attendees": ["nationale-politie", "openbaar-ministerie", "halt"]}
    assert briefing.correct(referral_id, BILATERAL | more).status == 201


def test_what_nobody_reported_is_overdue_on_the_day_after_and_is_raised_once(
    briefing: Briefing, weighing: RunningService, referral_id: str
) -> None:
    briefing.decide(referral_id, BILATERAL)
    become_due(weighing, today())
    assert (listed(weighing)[0]["state"], events(weighing, "overdue")) == ("agreed", [])
    over = working_day_before(today())
    for _ in range(2):
        become_due(weighing, over)
    [told] = events(weighing, "overdue")
    assert (told["referralId"], told["overdueOn"]) == (referral_id, today().isoformat())
    assert listed(weighing)[0]["state"] == "overdue"
    assert waits_for_a_briefing(briefing, referral_id)
    assert report(weighing, "done").status == 201
    assert not waits_for_a_briefing(briefing, referral_id)


def test_what_is_due_waits_for_its_owner_and_when_it_is_due_for_the_house(
    briefing: Briefing, weighing: RunningService, issuer: Issuer, referral_id: str
) -> None:
    def waits(caller: str) -> list[tuple[str, bool]]:
        items = weighing.get("/v1/work", caller).body["items"]
        return [(each["dueOn"], each["overdue"]) for each in items if each["kind"] == "follow_up"]

    briefing.decide(referral_id, BILATERAL)
    owner = issuer.person(POLICE, "participant")
    assert (waits(owner), waits("team")) == ([(DUE, False)], [])
    over = working_day_before(today())
    become_due(weighing, over)
    assert waits(owner) == waits("team") == [(over.isoformat(), True)]
    assert waits(issuer.person(LEIDEN, "municipal_contact")) == []


def test_the_question_of_a_deferral_is_put_by_hand_also_to_who_is_asked_anew(
    briefing: Briefing, weighing: RunningService, referral_id: str
) -> None:
    assert briefing.decide(referral_id, DEFERRED | {"followUps": [ASKED]}).status == 201
    assert [each["questionAskedOn"] for each in listed(weighing)] == [None]
    wanted = {"partner": ASKED["askedOf"], "question": ASKED["question"]}
    path = f"/v1/referrals/{referral_id}/information-requests"
    assert weighing.post(path, wanted, "coordinator").status == 201
    assert [each["questionAskedOn"] for each in listed(weighing)] == [today().isoformat()]
    refused = weighing.post(path, wanted, "coordinator")
    assert (refused.status, refused.wrong_fields) == (409, ["partner"])


def test_the_follow_ups_of_a_wrong_decision_lapse_and_those_that_are_right_go_on(
    briefing: Briefing, weighing: RunningService, referral_id: str
) -> None:
    briefing.decide(referral_id, BILATERAL | {"followUps": [SETTLED, BENEFITS]})
    corrected = briefing.correct(referral_id, INFORMED | {"followUps": [BENEFITS]})
    assert [each["what"] for each in corrected.body["followUps"]] == ["ask_supervisor"]
    [asked] = listed(weighing)
    assert (asked["what"], asked["question"], asked["askedOf"]) == ("ask_supervisor", "benefits", "gemeente-leiden")
    [lapsed] = events(weighing, "lapsed")
    [settled] = [each for each in agreed_in(weighing) if each["what"] == "settle_bilaterally"]
    assert lapsed["followUpId"] == settled["followUpId"]
    assert weighing.post(f"/v1/follow-ups/{settled['followUpId']}/report", {"state": "done"}).status == 409
    [wrong] = briefing.referral(referral_id).body["decisionsTakenBack"]
    assert len(wrong["decision"]["followUps"]) == 2
    assert briefing.withdraw(referral_id).status == 201
    assert (listed(weighing), len(events(weighing, "lapsed"))) == ([], 2)


def test_a_correction_takes_a_referral_off_the_agenda_that_an_undone_follow_up_had_brought_back(
    briefing: Briefing, weighing: RunningService, referral_id: str
) -> None:
    briefing.decide(referral_id, BILATERAL)
    report(weighing, "not_done")
    more = {"attendees": ["nationale-politie", "openbaar-ministerie", "halt"]}
    assert briefing.correct(referral_id, BILATERAL | more).status == 201
    assert waits_for_a_briefing(briefing, referral_id)
    assert briefing.correct(referral_id, INFORMED | {"followUps": [ASKED]}).status == 201
    assert not waits_for_a_briefing(briefing, referral_id)
    assert [told["what"] for told in agreed_in(weighing)] == [SETTLED["what"], ASKED["what"]]
    told = weighing.announced("referrals.tabled-again.v1")
    assert ["tableOn" in event["data"] for event in told] == [True, True, False], (
        "also after a correction that keeps it"
    )


def test_an_unanswered_question_brings_a_deferred_referral_back_before_its_day(
    briefing: Briefing, weighing: RunningService, referral_id: str
) -> None:
    deferred = briefing.decide(referral_id, DEFERRED | {"comesBackOn": "2015-12-08"})
    assert deferred.status == 201
    for column in ("decisions SET back_on", "referrals SET table_on"):
        weighing.as_owner.execute(f"UPDATE {column} = %s", [today() + timedelta(days=90)])
    far = briefing.referral(referral_id).body["tableOn"]
    become_due(weighing, working_day_before(today()))
    assert briefing.referral(referral_id).body["tableOn"] < far
    report(weighing, "done")
    assert briefing.referral(referral_id).body["tableOn"] == far


def test_a_detention_notice_after_the_briefing_shows_with_the_follow_up(
    briefing: Briefing, weighing: RunningService
) -> None:
    subject_id = str(uuid4())
    briefing.decide(briefing.on_agenda(subjectId=subject_id), BILATERAL)
    assert listed(weighing)[0]["detainedOn"] is None
    notice = briefing.on_agenda(subjectId=subject_id, kind="detention_notice", receivedOn="2015-03-17")
    assert listed(weighing)[0]["detainedOn"] == "2015-03-17"
    for type, shown in (("withdrawn", None), ("restored", "2015-03-17")):
        told = {"referralId": notice, "reason": "mistake"}
        weighing.send("aftercare", f"detentions.{type}.v1", told, case_id=uuid4())
        assert wait_until(partial(says_detained, weighing, shown), 10, interval=0.02)


def says_detained(weighing: RunningService, on: str | None) -> bool:
    return bool(listed(weighing)[0]["detainedOn"] == on)


def test_a_detention_notice_on_a_merged_record_shows_with_the_follow_up_until_they_are_separated(
    briefing: Briefing, weighing: RunningService
) -> None:
    (subject, case), (other, other_case) = records = [(uuid4(), uuid4()), (uuid4(), uuid4())]
    briefing.decide(briefing.on_agenda(subjectId=str(subject), case_id=case), BILATERAL)
    notice = {"kind": "detention_notice", "receivedOn": "2015-03-17"}
    briefing.on_agenda(subjectId=str(other), case_id=other_case, **notice)
    merge = Merge(weighing, records[0], records[1])
    merge.begin()
    assert listed(weighing)[0]["detainedOn"] == "2015-03-17"
    merge.end()
    assert listed(weighing)[0]["detainedOn"] is None


def test_who_answers_a_caller_sees_who_has_yet_to_do_something_for_the_person_and_it_is_logged(
    briefing: Briefing, weighing: RunningService, issuer: Issuer
) -> None:
    records = [(uuid4(), uuid4()), (uuid4(), uuid4())]
    for subject_id, case_id in records:
        briefing.decide(briefing.on_agenda(subjectId=str(subject_id), case_id=case_id), BILATERAL)
    officer = issuer.person("hollands-midden", "intake_officer")
    first, other = (f"/v1/cases/{case_id}/running" for _, case_id in records)
    [seen] = weighing.get(first, officer).body["items"]
    told = {name: value for name, value in SETTLED.items() if name != "dueOn"} | {"agreedOn": TUESDAY, "dueOn": DUE}
    assert seen == told | {"followUpId": seen["followUpId"]}
    assert [row[2] for row in weighing.audited("show_who_follows_up")] == [records[0][1]]
    assert weighing.get(first, "team").status == 403
    Merge(weighing, records[0], records[1]).begin()
    assert len(weighing.get(other, officer).body["items"]) == 2
    done = {"state": "done", "remark": "Zij spraken elkaar."}
    assert weighing.post(f"/v1/follow-ups/{seen['followUpId']}/report", done).status == 201
    assert seen not in weighing.get(other, officer).body["items"]


def test_follow_ups_come_in_pages(briefing: Briefing, weighing: RunningService) -> None:
    later = next_working_day(date.fromisoformat(DUE) + timedelta(days=1)).isoformat()
    briefing.decide(briefing.on_agenda(), DEFERRED | {"followUps": [ASKED | {"dueOn": later}, ASKED]})
    first = weighing.get("/v1/follow-ups", limit="1").body
    second = weighing.get("/v1/follow-ups", limit="1", cursor=first["next"]).body
    assert [page["items"][0]["dueOn"] for page in (first, second)] == [DUE, later]
    assert second["next"] is None


TRAJECTORY: dict[str, Any] = BILATERAL | {
    "decision": "voluntary_trajectory",
    "followUps": [
        {"what": "start_voluntary_trajectory", "owner": LEIDEN, "lifeDomains": ["housing", "debts"], "dueOn": DUE}
    ],
}


def needs(weighing: RunningService, name: str) -> list[dict[str, Any]]:
    return [event["data"] for event in weighing.announced(f"trajectory-needs.{name}.v1")]


def test_the_need_of_a_voluntary_trajectory_is_told_and_so_is_what_came_of_it(
    briefing: Briefing, weighing: RunningService, referral_id: str
) -> None:
    briefing.decide(referral_id, TRAJECTORY)
    [raised] = needs(weighing, "raised")
    told = {"municipality": "Leiden", "needs": ["housing", "debts"], "owner": LEIDEN, "agreedOn": TUESDAY, "dueOn": DUE}
    assert raised | told == raised
    report(weighing, "done")
    correct(weighing, "not_done")
    assert [closed["end"] for closed in needs(weighing, "closed")] == ["done", "not_done"]
    assert {closed["followUpId"] for closed in needs(weighing, "closed")} == {raised["followUpId"]}


def test_the_need_lapses_with_the_decision_and_other_follow_ups_are_no_need(
    briefing: Briefing, weighing: RunningService, referral_id: str
) -> None:
    briefing.decide(referral_id, TRAJECTORY)
    briefing.correct(referral_id, TRAJECTORY | {"motive": "Zo."})
    assert (len(needs(weighing, "raised")), needs(weighing, "closed")) == (1, [])
    briefing.correct(referral_id, BILATERAL)
    [closed] = needs(weighing, "closed")
    assert (closed["end"], closed["closedOn"]) == ("lapsed", today().isoformat())
    briefing.withdraw(referral_id)
    assert (len(needs(weighing, "raised")), len(needs(weighing, "closed"))) == (1, 1)
