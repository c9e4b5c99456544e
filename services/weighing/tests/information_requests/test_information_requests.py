"""The municipality is asked about a referral, and its answer is shown with the referral."""

from datetime import date
from typing import Any
from uuid import uuid4

import pytest

from services.weighing.tests.briefing import BILATERAL, DEFERRED, HOUSE, SECONDS, Briefing
from shared.business_dates import today
from shared.testing.service import RunningService
from shared.testing.waiting import wait_until
from shared.working_days import working_day_before


def answer(request: dict[str, Any], **differently: Any) -> dict[str, Any]:
    return {
        "requestId": request["data"]["requestId"],
        "partner": request["data"]["partner"],
        "answeredOn": "2015-03-09",
        "involved": ["debt_counselling", "housing"],
        **differently,
    }


def test_the_municipality_is_asked_about_the_subject_in_the_case_of_the_referral(briefing: Briefing) -> None:
    case_id, subject_id = uuid4(), str(uuid4())
    referral_id = briefing.on_agenda(case_id=case_id, subjectId=subject_id)
    [asked] = briefing.asked()
    assert (asked["subject"], asked["house"], asked["time"]) == (str(case_id), HOUSE, "2015-03-05T09:00:00Z")
    assert asked["data"].pop("requestId")
    assert asked["data"].pop("answerBy") > today().isoformat()
    assert asked["data"] == {"referralId": referral_id, "subjectId": subject_id, "partner": "gemeente-leiden"}


def test_nobody_is_asked_about_somebody_without_a_municipality(briefing: Briefing) -> None:
    briefing.on_agenda(municipality="Geen GBA")
    assert briefing.asked() == []


@pytest.mark.parametrize("decided", [False, True])
def test_the_answer_is_shown_and_after_the_decision_it_is_late(briefing: Briefing, decided: bool) -> None:
    referral_id = briefing.on_agenda()
    [asked] = briefing.asked()

    def shown() -> Any:
        return briefing.referral(referral_id).body["informationRequests"][0]

    assert (shown()["answeredOn"], shown()["involved"], shown()["late"]) == (None, None, False)
    if decided:
        briefing.decide(referral_id, BILATERAL)
    briefing.send("information-requests.answered.v1", answer(asked), case_id=uuid4())
    assert wait_until(lambda: shown()["answeredOn"] == "2015-03-09", SECONDS)
    assert (shown()["involved"], shown()["late"]) == (["debt_counselling", "housing"], decided)
    told = [event["data"]["referralId"] for event in briefing.service.announced("late-supplements.received.v1")]
    assert told == [referral_id] * decided, "whoever holds the case by now hears of it"


def test_answers_per_service_are_shown_and_a_supplement_after_the_decision_is_late(briefing: Briefing) -> None:
    referral_id = briefing.on_agenda()
    [asked] = briefing.asked()
    secret = {"service": "housing", "answer": "may_not_share", "ground": "no_consent"}
    services = [{"service": "debt_counselling", "answer": "known"}, secret]
    briefing.send(
        "information-requests.answered.v1",
        answer(asked, involved=["debt_counselling"], services=services),
        case_id=uuid4(),
    )

    def shown() -> Any:
        return briefing.referral(referral_id).body["informationRequests"][0]

    def supplement(answered: str, text: str | None = None) -> None:
        told = {"requestId": asked["data"]["requestId"], "partner": "gemeente-leiden", "supplementedOn": "2015-03-10"}
        added = {"services": [{"service": "housing", "answer": answered, "contributionId": text}]}
        briefing.send("information-requests.supplemented.v1", told | added, case_id=uuid4())

    assert wait_until(lambda: len(shown()["services"]) == 2, SECONDS)
    assert shown()["services"][1] == secret | {"contributionId": None}
    supplement("nothing_known")
    assert wait_until(lambda: len(shown()["supplements"]) == 1, SECONDS)
    briefing.decide(referral_id, BILATERAL)
    supplement("known", text := str(uuid4()))
    assert wait_until(lambda: len(shown()["supplements"]) == 2, SECONDS)
    assert [each["late"] for each in shown()["supplements"]] == [False, True]
    [late] = briefing.service.announced("late-supplements.received.v1")
    assert (late["data"]["referralId"], late["data"]["partner"]) == (referral_id, "gemeente-leiden")
    assert late["data"]["contributionIds"] == [text], "whoever holds the case can read it"
    assert {each["service"]: each["answer"] for each in shown()["services"]} == {
        "debt_counselling": "known",
        "housing": "known",
    }
    assert shown()["involved"] == ["debt_counselling", "housing"]


def test_a_decision_uses_the_information_of_a_municipality_that_answered(briefing: Briefing) -> None:
    decided = BILATERAL | {"informationUsed": ["gemeente-leiden"]}
    referral_id, other = briefing.on_agenda(), briefing.on_agenda()
    for refused in (briefing.decide(referral_id, decided), briefing.decide_together({referral_id: decided})):
        assert [problem["code"] for problem in refused.body["errors"]] == ["not_answered"]
    asked, _ = briefing.asked()
    briefing.send("information-requests.answered.v1", answer(asked), case_id=uuid4())
    answered = briefing.referral
    assert wait_until(lambda: answered(referral_id).body["informationRequests"][0]["answeredOn"], SECONDS)
    assert briefing.decide(other, decided).wrong_fields == ["informationUsed[0]"]
    assert briefing.decide_together({referral_id: decided}).status == 201
    more = decided | {"informationUsed": ["gemeente-leiden", "openbaar-ministerie"]}
    assert briefing.correct(referral_id, more).status == 201


def test_a_decision_without_the_answer_tells_the_partner_that_nobody_waits_any_more_if_it_hears_that(
    briefing: Briefing,
) -> None:
    case_id = uuid4()
    referral_id = briefing.on_agenda(case_id=case_id, municipality="Oegstgeest")
    [asked] = briefing.asked()
    assert briefing.decide(referral_id, BILATERAL).status == 201
    [void] = briefing.service.announced("information-requests.voided.v1")
    told = {name: asked["data"][name] for name in ("requestId", "referralId", "partner")}
    assert (void["subject"], void["data"]) == (str(case_id), told)
    assert briefing.referral(referral_id).body["informationRequests"][0]["voidOn"] == today().isoformat()
    assert len(briefing.asked()) == 1
    in_leiden = briefing.on_agenda(municipality="Leiden")
    assert briefing.decide(in_leiden, BILATERAL).status == 201
    assert briefing.referral(in_leiden).body["informationRequests"][0]["voidOn"] == today().isoformat()
    assert briefing.service.announced("information-requests.voided.v1") == [void]


def test_a_deferral_asks_anew_and_so_does_a_withdrawn_decision_unless_there_is_an_answer(briefing: Briefing) -> None:
    deferred, answered, decided = (briefing.on_agenda() for _ in range(3))
    asked = {each["data"]["referralId"]: each for each in briefing.asked()}
    briefing.send("information-requests.answered.v1", answer(asked[answered]), case_id=uuid4())

    def requests(referral_id: str) -> Any:
        return briefing.referral(referral_id).body["informationRequests"]

    assert wait_until(lambda: requests(answered)[0]["answeredOn"], SECONDS)
    assert briefing.decide(deferred, DEFERRED).status == 201
    assert [each["partner"] for each in requests(deferred)] == ["gemeente-leiden", "gemeente-leiden"]
    for referral_id in (answered, decided):
        assert briefing.decide(referral_id, BILATERAL).status == 201
        assert briefing.withdraw(referral_id).status == 201
    assert (len(requests(answered)), len(requests(decided))) == (1, 2)
    assert len({each["data"]["requestId"] for each in briefing.asked()}) == 5


def test_the_information_coordinator_asks_another_partner_what_it_knows(briefing: Briefing) -> None:
    referral_id = briefing.on_agenda()
    path, moved = f"/v1/referrals/{referral_id}/information-requests", {"partner": "gemeente-gouda"}
    assert briefing.service.post(path, moved, "team").status == 403
    request = briefing.service.post(path, moved | {"services": ["housing"]}, "coordinator")
    assert (request.status, request.body["asked"]) == (201, [{"service": "housing", "question": "housing_situation"}])
    assert briefing.asked()[-1]["data"]["asked"] == request.body["asked"]
    assert briefing.service.post(path, moved, "coordinator").status == 409
    wrong = briefing.service.post(path, {"partner": "nobodys", "services": ["moon"]}, "coordinator")
    assert wrong.wrong_fields == ["partner", "services[0]"]


def test_a_partner_is_reminded_once_of_what_is_due_on_the_next_working_day(
    briefing: Briefing, weighing: RunningService
) -> None:
    answered, unanswered = briefing.on_agenda(), briefing.on_agenda()
    asked = {each["data"]["referralId"]: each["data"] for each in briefing.asked()}
    briefing.send("information-requests.answered.v1", answer({"data": asked[answered]}), case_id=uuid4())
    assert wait_until(
        lambda: briefing.referral(answered).body["informationRequests"][0]["answeredOn"] is not None, SECONDS
    )
    due = date.fromisoformat(asked[unanswered]["answerBy"])
    weighing.as_service.execute("UPDATE information_requests SET asked_on = asked_on - 30")

    def reminders(on: date) -> list[str]:
        assert weighing.post("/v1/reminder-rounds", {"on": on.isoformat()}, "coordinator").status == 201
        return [each["data"]["requestId"] for each in weighing.announced("information-requests.reminded.v1")]

    before = working_day_before(due)
    assert reminders(working_day_before(before)) == []
    assert reminders(before) == [asked[unanswered]["requestId"]]
    assert reminders(due) == [asked[unanswered]["requestId"]]


def test_an_answer_that_nobody_asked_for_is_parked(briefing: Briefing, weighing: RunningService) -> None:
    briefing.on_agenda()
    [asked] = briefing.asked()
    unasked = [["requestId", "is not an information request that was put to this partner"]]
    for wrong in (answer(asked, requestId=str(uuid4())), answer(asked, partner="gemeente-gouda")):
        briefing.send("information-requests.answered.v1", wrong, case_id=uuid4())
    assert wait_until(lambda: weighing.parked() == [unasked, unasked], SECONDS)


def test_a_second_answer_is_parked_and_the_first_stays(briefing: Briefing, weighing: RunningService) -> None:
    referral_id = briefing.on_agenda()
    [asked] = briefing.asked()
    briefing.send("information-requests.answered.v1", answer(asked), case_id=uuid4())
    briefing.send("information-requests.answered.v1", answer(asked, involved=[]), case_id=uuid4())
    assert wait_until(lambda: weighing.parked() == [[["requestId", "is answered already"]]], SECONDS)
    [request] = briefing.referral(referral_id).body["informationRequests"]
    assert request["involved"] == ["debt_counselling", "housing"]
