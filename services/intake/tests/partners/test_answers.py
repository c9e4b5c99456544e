"""The receipts and refusals that partners get, on a real database."""

import hashlib
import json
from typing import Any
from uuid import NAMESPACE_OID, uuid4, uuid5

import psycopg
import pytest

from services.intake.tests.desk import Desk, partners_reader
from services.intake.tests.given import DETENTION, POLICE, PRISONS, delivery, message, notice


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


def test_a_message_that_says_a_field_twice_is_refused(desk: Desk) -> None:
    twice = json.dumps(message()).replace('"offence":', '"offence": "other", "offence":').encode()
    desk.take(delivery(twice))
    [refused] = desk.told(POLICE, "messages.refused.v1")
    assert [problem["code"] for problem in refused["problems"]] == ["field_twice"]


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
    assert refusals[0] == {"problems": [{"field": "", "reason": "is not JSON", "code": "not_json"}]}
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


@pytest.mark.parametrize(
    "id", ["F05383A2-6E39-4FEF-8CE5-CC977C536C23", uuid4().hex, "01KAXQ3V9M4Z6J7Y2N8R5T0WQE", "2015/88"]
)
def test_every_answer_to_a_message_has_its_id_to_the_letter(desk: Desk, id: str) -> None:
    desk.take(delivery(message(id=id)), delivery(message({}, id=f"{id}-")), delivery(message({}, id=id.lower())))
    [accepted, *_] = desk.announced("noord.politie")
    assert (accepted["data"]["messageId"], accepted["correlationid"]) == (id, id)
    refused = {data["messageId"] for data in desk.told(POLICE, "messages.refused.v1")}
    assert refused == {f"{id}-", id.lower()}
    [registered] = desk.announced("referrals.registered.v1")
    desk.hear("referrals.weighed.v1", decision(registered["data"]["referralId"]))
    feedback = desk.announced("noord.politie")[-1]
    assert (feedback["data"]["messageId"], feedback["correlationid"], feedback["time"]) == (
        id,
        id,
        "2015-06-01T12:00:00Z",
    )


def test_a_partners_own_correlation_id_comes_back_with_the_feedback(desk: Desk) -> None:
    desk.take(delivery(message(correlationid="Dossier 7")))
    [registered] = desk.announced("referrals.registered.v1")
    desk.hear("referrals.weighed.v1", decision(registered["data"]["referralId"]))
    assert [event["correlationid"] for event in desk.announced("noord.politie")] == ["Dossier 7", "Dossier 7"]
    assert "Dossier 7" not in str(registered)


def test_two_partners_may_number_alike(desk: Desk) -> None:
    detention = message(DETENTION, PRISONS, "detention-notices.submitted.v1", id="88")
    desk.take(delivery(message(id="88")), delivery(detention, PRISONS))
    assert len(desk.announced("referrals.registered.v1")) == 2
    assert len(desk.told(PRISONS, "messages.accepted.v1")) == 1


def test_a_retry_that_is_written_anew_gets_the_same_receipt(desk: Desk) -> None:
    document = message()
    anew = dict(reversed(document.items())) | {
        "id": document["id"].upper(),
        "time": "2015-06-01T09:10:00+02:00",
        "data": dict(reversed(document["data"].items())),
    }
    desk.take(delivery(document))
    desk.take(delivery(b"\xef\xbb\xbf" + json.dumps(anew, indent=2).encode()))
    first, again = desk.told(POLICE, "messages.accepted.v1")
    assert again == first | {"messageId": anew["id"]}
    assert len(desk.announced("referrals.registered.v1")) == 1


def test_a_retry_is_known_of_a_message_that_an_earlier_version_took(desk: Desk) -> None:
    again = delivery(message())
    desk.take(again)
    with psycopg.connect(desk.url) as connection:
        connection.execute("UPDATE inbox SET payload_hash = %s", (hashlib.sha256(again.body).digest(),))
    desk.take(again)
    assert len(desk.told(POLICE, "messages.accepted.v1")) == 2


def test_nobody_who_reads_the_inbox_can_tell_whether_a_guess_is_the_message(desk: Desk) -> None:
    """By the hash of the whole message, or of what makes two messages the same; nor by an id that the message lacks."""
    document, without_id = message(), message(id=None)
    desk.take(delivery(document), delivery(without_id))
    plain = [each.body for each in map(delivery, (document, without_id))]
    plain += [partners_reader().content(delivery(each), each) for each in (document, without_id)]
    guesses = [hashlib.sha256(each).digest() for each in plain]
    stored = desk.rows("SELECT payload_hash, message_id FROM inbox")
    assert len(stored) == 2
    for payload_hash, message_id in stored:
        assert payload_hash not in guesses
        assert message_id not in [uuid5(NAMESPACE_OID, guess.hex()) for guess in guesses]


def decision(referral_id: str) -> dict[str, Any]:
    return {"referralId": referral_id, "decision": "focus", "briefingOn": "2015-06-09", "tabling": 1}
