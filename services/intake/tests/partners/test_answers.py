"""The receipts and refusals that partners get, on a real database."""

from services.intake.tests.desk import Desk
from services.intake.tests.given import POLICE, PRISONS, delivery, message, notice


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
        "problems": [
            {"field": "id", "reason": "was used before for a message with other content", "code": "id_used_before"}
        ],
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
    assert refusals[0] == {"problems": [{"field": "", "reason": "is not JSON", "code": "unreadable"}]}
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
