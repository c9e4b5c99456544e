"""What partners send and get, on a real database."""

from typing import Any
from uuid import UUID, uuid4

import pytest
from prometheus_client import REGISTRY

from services.intake.domain.errors import UnknownReferral
from services.intake.handlers import partners as handlers
from services.intake.tests.given import (
    BSN,
    CONTACT,
    DETENTION,
    HOUSE,
    NOTICE,
    POLICE,
    PRISONS,
    delivery,
    house,
    message,
    notice,
)
from services.intake.tests.integration.desk import Desk

CURRENT = "current-referrals.submitted.v1"


def concern(**changes: Any) -> dict[str, Any]:
    return {"reference": "C-1", "subject": NOTICE["subject"], "concern": "worries", **changes}


def counted(kind: str) -> float:
    return REGISTRY.get_sample_value("intake_referrals_total", {"house": "noord", "kind": kind}) or 0.0


def test_an_arrest_notice_is_registered_announced_and_answered(desk: Desk) -> None:
    message_id = desk.send()
    [event] = desk.announced("referrals.registered.v1")
    [(referral_id, subject_id, case_id)] = desk.rows(
        "SELECT referral_id, subject_id, case_id FROM referrals JOIN subjects USING (subject_id)"
    )
    assert event["data"] == {
        "referralId": str(referral_id),
        "subjectId": str(subject_id),
        "kind": "arrest_notice",
        "referrer": "politie",
        "receivedOn": "2015-06-01",
        "municipality": "Dorp",
        "subRegion": "Oost",
        "sex": "man",
        "ageClass": "23_and_over",
    }
    assert (event["subject"], event["house"], event["correlationid"]) == (str(case_id), "noord", str(message_id))
    assert desk.told(POLICE, "messages.accepted.v1") == [
        {"messageId": str(message_id), "reference": "PL-1", "referralId": str(referral_id)}
    ]


def test_no_event_for_the_services_tells_who_it_is_about(desk: Desk) -> None:
    desk.send()
    [event] = desk.announced("referrals.registered.v1")
    assert not [word for word in (BSN, "Jansen", "Piet", "1990-02-03", "burglary", "PL-1") if word in str(event)]


def test_the_same_message_once_more_gets_the_same_receipt_and_has_no_second_effect(desk: Desk) -> None:
    again = delivery(message())
    desk.take(again, again)
    desk.take(again)
    first, *others = desk.told(POLICE, "messages.accepted.v1")
    assert others == [first, first]
    assert len(desk.announced("referrals.registered.v1")) == 1
    assert desk.parked() == []


def test_the_same_id_with_other_content_is_refused_and_parked(desk: Desk) -> None:
    document = message()
    other = document | {"data": notice(reference="PL-2")}
    desk.take(delivery(document), delivery(other))
    desk.take(delivery(other))
    refusal = {
        "messageId": document["id"],
        "problems": [{"field": "id", "reason": "was used before for a message with other content"}],
    }
    assert desk.told(POLICE, "messages.refused.v1") == [refusal, refusal]
    assert desk.parked() == [["id"]]
    assert len(desk.announced("referrals.registered.v1")) == 1


def test_a_refused_message_sent_again_is_refused_again_and_parked_once(desk: Desk) -> None:
    wrong = delivery(message({}))
    desk.take(wrong)
    desk.take(wrong)
    first, second = desk.told(POLICE, "messages.refused.v1")
    assert first == second
    assert len(desk.parked()) == 1


def test_bad_messages_are_answered_and_parked_and_the_rest_of_the_batch_goes_on(desk: Desk) -> None:
    right, wrong = [message() for _ in range(3)], message({"colour": "red"})
    desk.take(
        delivery(right[0]),
        delivery(b"{"),
        delivery(right[1]),
        delivery(wrong),
        delivery(message(), user_id=None),
        delivery(message(partner=PRISONS)),
        delivery(right[2]),
    )
    assert [receipt["messageId"] for receipt in desk.told(POLICE, "messages.accepted.v1")] == [
        document["id"] for document in right
    ]
    refusals = desk.told(POLICE, "messages.refused.v1")
    assert len(refusals) == 3
    assert refusals[0] == {"problems": [{"field": "", "reason": "is not JSON"}]}
    assert refusals[1]["messageId"] == wrong["id"]
    assert {problem["field"] for problem in refusals[1]["problems"]} == {
        "data.reference",
        "data.subject",
        "data.arrestedOn",
        "data.offence",
        "data.colour",
    }
    assert desk.parked()[2] == ["user_id"]
    assert len(desk.parked()) == 4


def test_a_refusal_stays_within_what_a_message_may_be(desk: Desk) -> None:
    fields = {f"colour{number}": 1 for number in range(2000)}
    desk.send(notice(**fields))
    [refusal] = desk.told(POLICE, "messages.refused.v1")
    assert len(refusal["problems"]) == 100


def test_a_detention_notice_is_told_to_weighing_and_to_aftercare(desk: Desk) -> None:
    desk.send(DETENTION, PRISONS, type="detention-notices.submitted.v1")
    [referral], [detention] = desk.announced("referrals.registered.v1"), desk.announced("detentions.registered.v1")
    assert referral["data"]["kind"] == "detention_notice"
    assert detention["subject"] == referral["subject"]
    assert UUID(detention["data"].pop("detentionId"))
    assert detention["data"] == {
        "subjectId": referral["data"]["subjectId"],
        "referralId": referral["data"]["referralId"],
        "municipality": "Dorp",
        "institution": "PI Dorp",
        "detainedOn": "2015-05-30",
        "expectedReleaseOn": "2015-08-01",
        "ownAftercare": False,
        "registeredOn": "2015-06-01",
    }


def test_a_detention_notice_from_a_municipality_with_its_own_aftercare_is_not_weighed(desk: Desk) -> None:
    data = DETENTION | {"subject": NOTICE["subject"] | {"municipality": "Stad"}}
    message_id = desk.send(data, PRISONS, type="detention-notices.submitted.v1")
    [detention] = desk.announced("detentions.registered.v1")
    assert detention["data"]["ownAftercare"] is True
    assert "referralId" not in detention["data"]
    assert desk.announced("referrals.registered.v1") == []
    assert [each["messageId"] for each in desk.told(PRISONS, "messages.accepted.v1")] == [str(message_id)]


def test_an_arrest_notice_from_a_municipality_with_its_own_aftercare_is_weighed(desk: Desk) -> None:
    desk.notice(municipality="Stad")
    [referral] = desk.announced("referrals.registered.v1")
    assert referral["data"]["subRegion"] == "West"


def test_a_sealed_referral_is_registered_and_only_its_sender_hears_of_it(desk: Desk) -> None:
    before = counted("current_referral")
    desk.send(concern(theme="hidden"), type=CURRENT)
    desk.send(concern(), type=CURRENT)
    sealed, open_one = desk.told(POLICE, "messages.accepted.v1")
    assert sealed.keys() == open_one.keys()
    assert [event["data"]["referralId"] for event in desk.announced("referrals.registered.v1")] == [
        open_one["referralId"]
    ]
    assert counted("current_referral") == before + 1
    assert desk.rows("SELECT count(*) FROM referrals") == [(2,)]
    with desk.unit() as unit, pytest.raises(UnknownReferral):
        handlers.show_referral("noord", UUID(sealed["referralId"]), unit)


def issued(desk: Desk, partner: str = "gemeente") -> dict[str, Any]:
    """Weighing asks a partner about the only referral."""
    [(referral_id, subject_id)] = desk.rows("SELECT referral_id, subject_id FROM referrals")
    request = {
        "requestId": str(uuid4()),
        "referralId": str(referral_id),
        "subjectId": str(subject_id),
        "partner": partner,
        "answerBy": "2015-06-08",
    }
    desk.hear("information-requests.issued.v1", request)
    return request


def answer(request_id: str) -> dict[str, Any]:
    return {"requestId": request_id, "answeredOn": "2015-06-01", "involved": ["housing"]}


def test_an_information_request_tells_the_partner_whom_it_is_about_and_that_is_kept(desk: Desk) -> None:
    desk.send()
    request = issued(desk)
    assert desk.told(CONTACT, "information-requests.sent.v1") == [
        {"requestId": request["requestId"], "answerBy": "2015-06-08", "subject": NOTICE["subject"]}
    ]
    assert desk.rows("SELECT house, subject_id::text, disclosed_to, purpose FROM disclosures") == [
        ("noord", request["subjectId"], "noord.gemeente", "information_request")
    ]


@pytest.mark.parametrize("partner", ["politie", "nobody"])
def test_a_partner_that_may_not_be_asked_is_told_nothing(desk: Desk, partner: str) -> None:
    desk.send()
    issued(desk, partner)
    assert desk.told(POLICE, "information-requests.sent.v1") == []
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


def test_an_answer_sent_again_gets_the_same_receipt_again(desk: Desk) -> None:
    desk.send()
    request_id = issued(desk)["requestId"]
    again = delivery(message(answer(request_id), CONTACT, "information-answers.submitted.v1"), CONTACT)
    desk.take(again)
    desk.take(again)
    told = [each for each in desk.announced("noord.gemeente") if each["type"] == "nl.ketenhuis.messages.accepted.v1"]
    assert len(told) == 2
    first, second = ({name: each[name] for name in ("subject", "correlationid", "data")} for each in told)
    assert first == second


def test_a_request_is_answered_once(desk: Desk) -> None:
    desk.send()
    request_id = issued(desk)["requestId"]
    for _ in range(2):
        desk.send(answer(request_id), CONTACT, type="information-answers.submitted.v1")
    assert len(desk.announced("information-requests.answered.v1")) == 1
    [refusal] = desk.told(CONTACT, "messages.refused.v1")
    assert refusal["problems"] == [{"field": "data.requestId", "reason": "is answered already"}]


def test_a_partner_can_not_answer_what_it_was_not_asked(desk: Desk) -> None:
    desk.send(answer(str(uuid4())), CONTACT, type="information-answers.submitted.v1")
    [refusal] = desk.told(CONTACT, "messages.refused.v1")
    assert [problem["field"] for problem in refusal["problems"]] == ["data.requestId"]
    assert desk.announced("information-requests.answered.v1") == []


def weighed(desk: Desk) -> dict[str, Any]:
    [(referral_id,)] = desk.rows("SELECT referral_id FROM referrals")
    decision = {"decision": "no_follow_up", "reason": "informed", "briefingOn": "2015-06-09", "tabling": 1}
    return {"referralId": str(referral_id), **decision}


def test_the_referrer_hears_what_was_decided_under_its_own_reference(desk: Desk) -> None:
    message_id = desk.send()
    desk.hear("referrals.weighed.v1", weighed(desk))
    assert desk.told(POLICE, "feedback.given.v1") == [
        {
            "messageId": str(message_id),
            "reference": "PL-1",
            "decision": "no_follow_up",
            "reason": "informed",
            "decidedOn": "2015-06-09",
        }
    ]


def test_feedback_on_a_referral_that_is_not_of_this_house_is_parked(desk: Desk) -> None:
    desk.hear("referrals.weighed.v1", {"referralId": str(uuid4()), "decision": "focus", "briefingOn": "2015-06-09"})
    assert desk.parked() == [["referralId"]]


def test_an_event_of_a_house_that_is_not_here_is_parked(desk: Desk) -> None:
    desk.hear(
        "referrals.weighed.v1",
        {"referralId": str(uuid4()), "decision": "focus", "briefingOn": "2015-06-09"},
        house("oost"),
    )
    assert desk.parked() == [["house"]]


def test_a_referral_by_phone_is_registered_and_gets_no_feedback_message(desk: Desk) -> None:
    body = {
        "referrer": "politie",
        "received_on": HOUSE.reference_date(2014),
        "subject": {"kind": "person", "municipality": "Dorp"},
        "concern": "worries",
    }
    with desk.unit() as unit:
        referral_id = handlers.register_by_hand("noord", body, unit)
    [event] = desk.announced("referrals.registered.v1")
    assert (event["data"]["referralId"], event["data"]["receivedOn"]) == (str(referral_id), "2014-12-31")
    desk.hear("referrals.weighed.v1", weighed(desk))
    assert desk.announced("noord.politie") == []
    assert desk.parked() == []
