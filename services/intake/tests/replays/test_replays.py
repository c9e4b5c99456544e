"""A partner asks for what it was sent, from a number on, on a real database."""

from typing import Any
from uuid import UUID

import pytest

from services.intake.tests.desk import Desk
from services.intake.tests.given import CONTACT, POLICE, PRISONS, delivery, message, notice
from shared.messaging.storage.streams import REPLAYED_A_DAY

REQUEST = "replays.requested.v1"


def ask(desk: Desk, from_sequence: int, **by: Any) -> UUID:
    """Returns the id of the request."""
    return desk.send({"fromSequence": from_sequence}, type=REQUEST, **by)


def receipts(desk: Desk, count: int) -> list[str]:
    """So many receipts have left to the police: gives their ids, in the order of their numbers."""
    for number in range(count):
        desk.send(notice(reference=f"PL-{number}"))
    sent = [envelope["id"] for envelope in desk.announced("noord.politie")]
    desk.relayed()
    return sent


def waiting(desk: Desk, user: str = "noord.politie") -> list[tuple[int | None, str]]:
    """Number and message id of what waits for the relay, in order."""
    query = "SELECT sequence, message_id::text FROM outbox WHERE routing_key = %s ORDER BY position"
    return [(number, message_id) for number, message_id in desk.rows(query, user)]


def refusals(desk: Desk) -> list[dict[str, str]]:
    return [problem for refusal in desk.told(POLICE, "messages.refused.v1") for problem in refusal["problems"]]


def test_a_partner_gets_again_what_it_was_sent_from_that_number_on_and_a_receipt(desk: Desk) -> None:
    sent = receipts(desk, 5)
    request_id = ask(desk, 3)
    *replayed, (number, _) = waiting(desk)
    assert replayed == list(zip([3, 4, 5], sent[2:], strict=True))
    assert number is None, "the receipt gets its number when it leaves"
    assert desk.told(POLICE, "messages.accepted.v1")[-1] == {"messageId": str(request_id)}


def test_what_is_replayed_carries_the_partners_own_message_id(desk: Desk) -> None:
    accepted, refused = desk.send(), desk.send({})
    desk.relayed()
    ask(desk, 1)
    first, _ = desk.told(POLICE, "messages.accepted.v1")
    [second] = desk.told(POLICE, "messages.refused.v1")
    assert (first["messageId"], second["messageId"]) == (str(accepted), str(refused))


def test_a_partner_gets_its_own_stream_and_no_others(desk: Desk) -> None:
    receipts(desk, 3)
    ask(desk, 1, partner=PRISONS)
    assert desk.told(POLICE, "messages.accepted.v1") == []
    [refusal] = desk.told(PRISONS, "messages.refused.v1")
    assert refusal["problems"] == [
        {"field": "data.fromSequence", "reason": "has not been sent yet", "code": "not_sent_yet"}
    ]


@pytest.mark.parametrize("partner", [POLICE, PRISONS, CONTACT])
def test_every_partner_may_ask(desk: Desk, partner: Any) -> None:
    desk.send({}, partner)
    desk.relayed()
    ask(desk, 1, partner=partner)
    assert len(desk.told(partner, "messages.accepted.v1")) == 1


@pytest.mark.parametrize("number", [3, 2**63])
def test_a_number_that_was_not_sent_yet_is_refused(desk: Desk, number: int) -> None:
    receipts(desk, 2)
    ask(desk, number)
    assert refusals(desk) == [{"field": "data.fromSequence", "reason": "has not been sent yet", "code": "not_sent_yet"}]
    assert len(waiting(desk)) == 1


def test_a_number_that_is_no_longer_kept_is_refused_with_the_first_that_is(desk: Desk) -> None:
    receipts(desk, 3)
    desk.rows("UPDATE streams SET first_kept = 3 RETURNING name")
    ask(desk, 2)
    assert refusals(desk) == [
        {"field": "data.fromSequence", "reason": "is no longer kept; ask from number 3 on", "code": "no_longer_kept"}
    ]
    ask(desk, 3)
    assert waiting(desk)[1][0] == 3


def test_a_replay_while_another_is_under_way_is_refused(desk: Desk) -> None:
    receipts(desk, 3)
    desk.take(*(delivery(message({"fromSequence": number}, type=REQUEST)) for number in (2, 1)))
    assert [number for number, _ in waiting(desk) if number] == [2, 3]
    [problem] = refusals(desk)
    assert problem == {
        "field": "data.fromSequence",
        "reason": "an earlier replay is still under way",
        "code": "replay_under_way",
    }
    desk.relayed()
    ask(desk, 1)
    assert len(waiting(desk)) == 6, "the first three, two answers to the requests before, and the receipt"


def test_others_can_ask_while_a_partners_replay_is_under_way(desk: Desk) -> None:
    desk.send({}, PRISONS)
    receipts(desk, 1)
    ask(desk, 1)
    ask(desk, 1, partner=PRISONS)
    assert len(waiting(desk, "noord.dji")) == 2


def test_the_same_request_once_more_gets_its_receipt_and_no_second_replay(desk: Desk) -> None:
    receipts(desk, 2)
    again = delivery(message({"fromSequence": 1}, type=REQUEST))
    desk.take(again)
    desk.relayed()
    desk.take(again)
    [(number, _)] = waiting(desk)
    assert number is None
    assert len(desk.told(POLICE, "messages.accepted.v1")) == 1


def replayed_today(desk: Desk, messages: int) -> None:
    desk.rows("UPDATE stream_replays SET messages = %s RETURNING stream", messages)


def test_a_partner_gets_no_more_than_a_days_replays(desk: Desk) -> None:
    receipts(desk, 3)
    ask(desk, 3)
    desk.relayed()
    replayed_today(desk, REPLAYED_A_DAY - 2)
    ask(desk, 2)  # three messages by now: two, and the receipt of the request
    assert refusals(desk) == [
        {
            "field": "data.fromSequence",
            "reason": "asks for more than may be replayed in a day",
            "code": "replayed_enough",
        }
    ]
    assert [number for number, _ in waiting(desk)] == [None]
    ask(desk, 3)
    assert [number for number, _ in waiting(desk)] == [None, 3, 4, None]


def test_another_partner_has_a_day_of_its_own(desk: Desk) -> None:
    receipts(desk, 1)
    ask(desk, 1)
    replayed_today(desk, REPLAYED_A_DAY)
    desk.send({}, PRISONS)
    desk.relayed()
    ask(desk, 1, partner=PRISONS)
    assert [number for number, _ in waiting(desk, "noord.dji")] == [1, None]


def test_a_refused_request_is_parked_for_nobody_and_holds_up_nobody(desk: Desk) -> None:
    receipts(desk, 1)
    taken = desk.take(
        delivery(message(notice())),
        delivery(message({"fromSequence": 9}, type=REQUEST)),
        delivery(message(notice(reference="PL-2"))),
    )
    assert len(refusals(desk)) == 1
    assert desk.parked() == []
    assert taken["intake.from.noord.politie", "done"] == 3
    assert len(desk.rows("SELECT FROM referrals")) == 3


def test_the_same_refused_request_once_more_gets_the_same_refusal_and_no_replay(desk: Desk) -> None:
    again = delivery(message({"fromSequence": 1}, type=REQUEST))
    desk.take(again)
    receipts(desk, 1)
    desk.take(again)
    refused = desk.told(POLICE, "messages.refused.v1")
    assert [refusal["problems"] for refusal in refused] == [
        [{"field": "data.fromSequence", "reason": "has not been sent yet", "code": "not_sent_yet"}]
    ]
    assert desk.told(POLICE, "messages.accepted.v1") == []
    assert [number for number, _ in waiting(desk)] == [None]


def test_a_refusal_has_the_requests_own_id(desk: Desk) -> None:
    request_id = ask(desk, 1)
    [refusal] = desk.told(POLICE, "messages.refused.v1")
    assert refusal["messageId"] == str(request_id)


def test_what_has_its_number_and_is_still_on_its_way_is_no_replay(desk: Desk) -> None:
    receipts(desk, 2)
    desk.send()
    desk.rows("UPDATE outbox SET sequence = 3 WHERE routing_key = 'noord.politie' RETURNING sequence")
    desk.rows("UPDATE streams SET last = 3 RETURNING last")
    ask(desk, 2)
    assert [number for number, _ in waiting(desk)] == [3, 2, None]
