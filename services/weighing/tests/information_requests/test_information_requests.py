"""The municipality is asked about a referral, and its answer is shown with the referral."""

from typing import Any
from uuid import uuid4

from services.weighing.tests.briefing import HOUSE, SECONDS, Briefing
from shared.testing.service import RunningService
from shared.testing.waiting import wait_until


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
    assert asked["data"] == {
        "referralId": referral_id,
        "subjectId": subject_id,
        "partner": "gemeente-leiden",
        "answerBy": "2015-03-09",
    }


def test_nobody_is_asked_about_somebody_without_a_municipality(briefing: Briefing) -> None:
    briefing.on_agenda(municipality="Geen GBA")
    assert briefing.asked() == []


def test_the_answer_is_shown_on_the_agenda_even_when_it_comes_late(
    briefing: Briefing, weighing: RunningService
) -> None:
    referral_id = briefing.on_agenda()
    [asked] = briefing.asked()

    def shown() -> Any:
        return briefing.referral(referral_id).body["informationRequests"][0]

    assert (shown()["answeredOn"], shown()["involved"]) == (None, None)
    briefing.send("information-requests.answered.v1", answer(asked, answeredOn="2015-04-01"), case_id=uuid4())
    assert wait_until(lambda: shown()["answeredOn"] == "2015-04-01", SECONDS)
    assert shown()["involved"] == ["debt_counselling", "housing"]
    assert shown()["answerBy"] == "2015-03-09"


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
