"""What a partner is asked and answers, on a real database."""

from typing import Any
from uuid import UUID, uuid4

import pytest

from services.intake.tests.desk import Desk
from services.intake.tests.given import CONTACT, ITEMISING, NOTICE, delivery, message

PER_SERVICE = "information-answers.submitted.v2"
KNOWN = {"service": "housing", "answer": "known"}
NOTHING = {"service": "housing", "answer": "nothing_known"}
SECRET = {"service": "debts", "answer": "may_not_share", "ground": "professional_secrecy"}


def to_issue(desk: Desk, partner: str = "gemeente", **more: Any) -> dict[str, Any]:
    """What weighing asks a partner about the only referral."""
    [(referral_id, subject_id)] = desk.rows("SELECT referral_id, subject_id FROM referrals")
    return {
        "requestId": str(uuid4()),
        "referralId": str(referral_id),
        "subjectId": str(subject_id),
        "partner": partner,
        "answerBy": "2015-06-08",
    } | more


def issued(desk: Desk, partner: str = "gemeente", **more: Any) -> dict[str, Any]:
    """Weighing asks a partner about the only referral."""
    request = to_issue(desk, partner, **more)
    desk.hear("information-requests.issued.v1", request)
    return request


def answer(request_id: str) -> dict[str, Any]:
    return {"requestId": request_id, "answeredOn": "2015-06-01", "involved": ["housing"]}


def test_an_information_request_tells_the_partner_whom_it_is_about_and_that_is_kept(desk: Desk) -> None:
    desk.send()
    request = issued(desk)
    needed = {field: value for field, value in NOTICE["subject"].items() if field != "sex"}
    assert desk.told(CONTACT, "information-requests.sent.v1") == [
        {"requestId": request["requestId"], "answerBy": "2015-06-08", "subject": needed}
    ]
    assert desk.rows("SELECT house, subject_id::text, disclosed_to, purpose FROM disclosures") == [
        ("noord", request["subjectId"], "noord.gemeente", "information_request")
    ]


def test_a_partner_that_takes_the_second_version_gets_the_question_of_each_service(desk: Desk) -> None:
    desk.send()
    by_hand = [{"service": "debts", "question": "urgent"}]
    issued(desk, "stad")
    issued(desk, "stad", asked=by_hand)
    usual = [{"service": "housing", "question": "home"}, {"service": "debts"}]
    first, second = desk.told(ITEMISING, "information-requests.sent.v2")
    assert (first["services"], second["services"]) == (usual, by_hand)
    assert (first["kind"], first["receivedOn"]) == ("arrest_notice", "2015-06-01")
    assert desk.told(ITEMISING, "information-requests.sent.v1") == []


def test_reminders_and_withdrawals_go_to_partners_that_take_them(desk: Desk) -> None:
    desk.send()
    for partner in ("stad", "gemeente"):
        request = issued(desk, partner)
        told = {name: request[name] for name in ("requestId", "referralId", "partner")}
        desk.hear("information-requests.reminded.v1", told | {"answerBy": "2015-06-08"}, case_id=uuid4())
        desk.hear("information-requests.voided.v1", told, case_id=uuid4())
    [asked] = desk.told(ITEMISING, "information-requests.sent.v2")
    assert desk.told(ITEMISING, "reminders.sent.v1") == [{"requestId": asked["requestId"], "answerBy": "2015-06-08"}]
    assert desk.told(ITEMISING, "information-requests.withdrawn.v1") == [{"requestId": asked["requestId"]}]
    assert len(desk.announced("noord.gemeente")) == 1
    assert desk.parked() == []


def test_a_partner_that_no_message_asks_is_called_and_what_it_says_is_kept(desk: Desk) -> None:
    desk.send()
    request = issued(desk, "dji")
    desk.hear("information-requests.rescheduled.v1", request | {"answerBy": "2015-06-10"})
    assert desk.announced("noord.dji") == []
    assert desk.rows("SELECT disclosed_to, purpose FROM disclosures") == [("noord.dji", "information_request")]
    assert desk.rows("SELECT partner, answer_by::text FROM information_requests") == [("dji", "2015-06-10")]
    assert desk.parked() == []


def test_nobody_is_asked_that_is_no_partner(desk: Desk) -> None:
    desk.send()
    issued(desk, "nobody")
    assert desk.rows("SELECT * FROM disclosures") == []
    assert desk.parked() == [["partner"]]


def test_an_answer_of_the_partner_that_was_asked_is_passed_on(desk: Desk) -> None:
    desk.send()
    request_id = issued(desk)["requestId"]
    message_id = desk.send(answer(request_id), CONTACT, type="information-answers.submitted.v1")
    [event] = desk.announced("information-requests.answered.v1")
    assert event["data"] == answer(request_id) | {"partner": "gemeente"}
    assert event["subject"] == desk.announced("referrals.registered.v1")[0]["subject"]
    assert desk.told(CONTACT, "messages.accepted.v1") == [{"messageId": str(message_id)}]


def test_a_partner_is_asked_again_when_the_briefing_is_on_another_day_until_it_answers(desk: Desk) -> None:
    desk.send()
    request = issued(desk)
    desk.hear("information-requests.rescheduled.v1", request | {"answerBy": "2015-06-10"})
    told = desk.told(CONTACT, "information-requests.sent.v1")
    assert [(each["requestId"], each["answerBy"]) for each in told] == [
        (request["requestId"], day) for day in ("2015-06-08", "2015-06-10")
    ]
    desk.send(answer(request["requestId"]), CONTACT, type="information-answers.submitted.v1")
    desk.hear("information-requests.rescheduled.v1", request | {"answerBy": "2015-06-12"})
    assert len(desk.told(CONTACT, "information-requests.sent.v1")) == 2
    assert desk.rows("SELECT answer_by::text FROM information_requests") == [("2015-06-10",)]


def test_an_answer_sent_again_gets_the_same_receipt_again(desk: Desk) -> None:
    desk.send()
    request_id = issued(desk)["requestId"]
    again = delivery(message(answer(request_id), CONTACT, "information-answers.submitted.v1"), CONTACT)
    desk.take(again)
    desk.take(again)
    sent = desk.announced("noord.gemeente")
    receipts = [envelope for envelope in sent if envelope["type"] == "nl.ketenhuis.messages.accepted.v1"]
    assert len(receipts) == 2
    first, second = ({name: receipt[name] for name in ("subject", "correlationid", "data")} for receipt in receipts)
    assert first == second


def test_a_request_is_answered_once(desk: Desk) -> None:
    desk.send()
    request_id = issued(desk)["requestId"]
    for _ in range(2):
        desk.send(answer(request_id), CONTACT, type="information-answers.submitted.v1")
    assert len(desk.announced("information-requests.answered.v1")) == 1
    [refusal] = desk.told(CONTACT, "messages.refused.v1")
    assert refusal["problems"] == [
        {"field": "data.requestId", "reason": "is answered already", "code": "already_answered"}
    ]


def per_service(request_id: str, *services: dict[str, str], answered_on: str = "2015-06-01") -> dict[str, Any]:
    return {"requestId": request_id, "answeredOn": answered_on, "services": list(services)}


def test_an_answer_per_service_is_passed_on_and_the_next_one_supplements_it(desk: Desk) -> None:
    desk.send()
    request_id = issued(desk)["requestId"]
    for services in ((KNOWN, SECRET), (NOTHING,)):
        desk.send(per_service(request_id, *services), CONTACT, type=PER_SERVICE)
    [answered] = desk.announced("information-requests.answered.v1")
    assert answered["data"] == {
        "requestId": request_id,
        "partner": "gemeente",
        "answeredOn": "2015-06-01",
        "involved": ["housing"],
        "services": [KNOWN, SECRET],
    }
    [supplement] = desk.announced("information-requests.supplemented.v1")
    assert (supplement["data"]["supplementedOn"], supplement["data"]["services"]) == ("2015-06-01", [NOTHING])
    assert supplement["subject"] == answered["subject"]
    assert len(desk.told(CONTACT, "messages.accepted.v1")) == 2


def test_the_text_of_an_answer_by_message_is_sealed_and_goes_nowhere(desk: Desk) -> None:
    desk.send()
    request_id = issued(desk)["requestId"]
    told = per_service(request_id, KNOWN | {"text": "Heeft een huurachterstand."})
    desk.send(told | {"contact": {"name": "Bram"}}, CONTACT, type=PER_SERVICE)
    [event] = desk.announced("information-requests.answered.v1")
    ids = [UUID(event["data"]["services"][0]["contributionId"]), UUID(event["data"]["contactId"])]
    assert "huurachterstand" not in str(event)
    with desk.unit() as unit:
        texts = unit.texts.read("noord", ids)
    assert {(text.text, text.person) for text in texts} == {("Heeft een huurachterstand.", None), ("Bram", None)}


def test_a_text_over_the_limit_is_refused(desk: Desk) -> None:
    desk.send()
    told = per_service(issued(desk)["requestId"], KNOWN | {"text": "x" * 2001})
    desk.send(told, CONTACT, type=PER_SERVICE)
    assert desk.wrong_fields(CONTACT) == ["data.services[0].text"]


def test_an_answer_per_service_supplements_an_answer_of_the_first_version(desk: Desk) -> None:
    desk.send()
    request_id = issued(desk)["requestId"]
    desk.send(answer(request_id), CONTACT, type="information-answers.submitted.v1")
    desk.send(per_service(request_id, SECRET), CONTACT, type=PER_SERVICE)
    assert len(desk.announced("information-requests.answered.v1")) == 1
    assert len(desk.announced("information-requests.supplemented.v1")) == 1


@pytest.mark.parametrize("version", ["v1", "v2"])
def test_an_answer_from_before_the_question_is_refused(desk: Desk, version: str) -> None:
    desk.send()
    request_id = issued(desk)["requestId"]
    told = answer(request_id) if version == "v1" else per_service(request_id, KNOWN)
    told["answeredOn"] = "2015-05-30"
    desk.send(told, CONTACT, type=f"information-answers.submitted.{version}")
    assert desk.wrong_fields(CONTACT) == ["data.answeredOn"]
    assert desk.announced("information-requests.answered.v1") == []
    told["answeredOn"] = "2015-05-31"
    desk.send(told, CONTACT, type=f"information-answers.submitted.{version}")
    assert len(desk.announced("information-requests.answered.v1")) == 1, "clocks differ around midnight"


@pytest.mark.parametrize("version", ["v1", "v2"])
def test_a_partner_can_not_answer_what_it_was_not_asked(desk: Desk, version: str) -> None:
    answered = answer(str(uuid4())) if version == "v1" else per_service(str(uuid4()), KNOWN)
    desk.send(answered, CONTACT, type=f"information-answers.submitted.{version}")
    [refusal] = desk.told(CONTACT, "messages.refused.v1")
    assert [problem["field"] for problem in refusal["problems"]] == ["data.requestId"]
    assert desk.announced("information-requests.answered.v1") == []
