"""The endpoints for parked messages, of a running service with a real database."""

from dataclasses import replace
from typing import Any
from uuid import uuid4

import orjson
import psycopg
import pytest

from shared.messaging import Delivery, Problem, Reader, Rejected, Routes
from shared.messaging.storage import MessageStore
from shared.messaging.tests import ledger
from shared.messaging.tests.ledger import body
from shared.messaging.tests.seeing_to import WHY, Desk
from shared.schemas import StrictSchema

STEPS = ["openings", "corrections", "replays", "discards"]


class PartnersReader(Reader):
    """A reader whose sender is the user checked by the broker, as with partners."""

    def sender_of(self, delivery: Delivery) -> str:
        if delivery.user_id is None:
            raise Rejected(Problem("user_id", "is required", "required"))
        return delivery.user_id


def test_the_list_tells_what_is_parked_and_nothing_of_what_is_in_it(desk: Desk) -> None:
    message_id = uuid4()
    id = desk.park(body(-77, message_id=message_id))
    [message] = desk.get().json()["items"]
    assert message.pop("parkedAt")
    assert message == {
        "id": id,
        "kind": "rejected",
        "queue": desk.place.name,
        "sender": "services",
        "house": "test-house",
        "reason": "negative_amount",
        "answered": False,
        "messageId": str(message_id),
        "problems": [{"field": "amount", "reason": "must not be negative", "code": "negative_amount"}],
        "problemCount": 1,
    }


def test_a_long_list_comes_in_pages_the_newest_first(desk: Desk) -> None:
    ids = [desk.park(body(-1)) for _ in range(3)]
    first = desk.get(limit=2).json()
    second = desk.get(limit=2, before=first["next"]).json()
    assert [each["id"] for page in (first, second) for each in page["items"]] == ids[::-1]
    assert second["next"] is None


def test_messages_of_a_house_and_sender_with_the_same_reason_are_a_group(desk: Desk) -> None:
    negative = [desk.park(body(-1)) for _ in range(3)]
    unexpected = desk.park(body(13))
    first, second = desk.groups()
    assert (first["kind"], first["reason"], first["messages"]) == ("unexpected", "unexpected", 1)
    assert (second["house"], second["sender"], second["kind"]) == ("test-house", "services", "rejected")
    assert (second["reason"], second["messages"], second["newest"]) == ("negative_amount", 3, negative[-1])
    listed = desk.get(sender="services", reason="negative_amount").json()["items"]
    assert [message["id"] for message in listed] == negative[::-1]
    assert [message["id"] for message in desk.get(kind="unexpected").json()["items"]] == [unexpected]


def test_a_message_whose_sender_was_told_the_problems_waits_for_nobody(desk: Desk) -> None:
    """An answer went to the partner; to a service, or to a sender whom nobody knows, none goes."""
    refused = desk.park(body(-5), "test-house.police", PartnersReader(ledger.ROUTES))
    waiting = [desk.park(body(-5)), desk.park(body(1), reader=PartnersReader(ledger.ROUTES))]
    waiting.append(desk.park(body(13), "test-house.police", PartnersReader(ledger.ROUTES)))
    assert [message["id"] for message in desk.get().json()["items"]] == waiting[::-1]
    assert [message["id"] for message in desk.get(state="answered").json()["items"]] == [refused]
    assert [group["sender"] for group in desk.groups(state="answered")] == ["test-house.police"]
    with psycopg.connect(desk.place.database_url) as connection:
        [counts] = MessageStore(connection, desk.sealer).set_aside([desk.place.name])
    assert counts.parked == 3


def test_a_sender_who_could_not_be_answered_waits_for_a_person(desk: Desk) -> None:
    class Silent(PartnersReader):
        def on_rejected(self, reading: Any, problems: Any, unit: Any) -> None:
            raise RuntimeError("the answer has a bug")

    id = desk.park(body(-5), "test-house.police", Silent(ledger.ROUTES))
    assert [message["id"] for message in desk.get().json()["items"]] == [id]


def test_a_group_is_discarded_and_replayed_as_it_was_listed(desk: Desk) -> None:
    for _ in range(3):
        desk.park(body(-1))
    [group] = desk.groups()
    newer = desk.park(body(-1))
    assert desk.step("discards", group).json() == {"done": 3, "leftOut": 0, "next": None}
    assert [message["id"] for message in desk.get().json()["items"]] == [newer]
    assert desk.log() == [("discarded", "operator (another-house)", "agreed with the sender")] * 3
    [group] = desk.groups()
    assert desk.step("replays", group).json() == {"done": 1, "leftOut": 0, "next": None}
    assert desk.groups() == []
    assert desk.place.query("SELECT count(*) FROM postponed") == [(1,)]


def test_a_large_group_is_replayed_step_by_step(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("shared.messaging.parked.REPLAYED_AT_ONCE", 2)
    ids = [desk.park(body(-1)) for _ in range(3)]
    [group] = desk.groups()
    first = desk.step("replays", group).json()
    assert first == {"done": 2, "leftOut": 0, "next": ids[1]}
    assert desk.step("replays", group, after=first["next"]).json() == {"done": 1, "leftOut": 0, "next": None}


def test_a_group_of_unknown_senders_is_left_out_of_a_replay(desk: Desk) -> None:
    desk.park(body(1), reader=PartnersReader(ledger.ROUTES))
    [group] = desk.groups()
    assert desk.step("replays", group).json() == {"done": 0, "leftOut": 1, "next": None}
    assert desk.step("discards", group).json()["done"] == 1


def test_an_officer_manages_the_messages_of_the_own_house_only(desk: Desk) -> None:
    own, unknown = desk.park(body(-5)), desk.park(body(1), reader=PartnersReader(ledger.ROUTES))
    [group] = [each for each in desk.groups() if each["newest"] == own]
    assert [message["id"] for message in desk.get(caller="officer").json()["items"]] == [own]
    assert [each["newest"] for each in desk.groups("officer")] == [own]
    for caller, id in (("officer-elsewhere", own), ("officer-elsewhere", unknown), ("officer", unknown)):
        assert desk.get(f"/{id}", caller).status_code == 404
        assert {desk.post(f"/{id}/{step}", caller=caller).status_code for step in ("replays", "discards")} == {404}
    assert desk.get(caller="officer-elsewhere").json()["items"] == desk.groups("officer-elsewhere") == []
    assert desk.get(caller="officer-elsewhere", house="test-house").status_code == 403
    assert {desk.step(step, group, "officer-elsewhere").status_code for step in ("replays", "discards")} == {403}
    assert len(desk.get().json()["items"]) == 2
    assert desk.log() == []
    assert desk.step("discards", group, "officer").json()["done"] == 1


def test_nothing_that_a_sender_wrote_is_in_a_list_not_even_a_fields_name(desk: Desk) -> None:
    document = orjson.loads(body(1))
    document["data"]["Jansen"] = 1
    strict = Routes(replace(ledger.ROUTES["amounts.sent.v1"], base=StrictSchema))
    id = desk.park(orjson.dumps(document), reader=Reader(strict))
    [message] = desk.get().json()["items"]
    assert [problem["field"] for problem in message["problems"]] == ["data.…"]
    assert "Jansen" not in desk.get(f"/{id}").text


def test_of_many_problems_and_members_a_few_are_shown_and_the_rest_is_counted(desk: Desk) -> None:
    document = orjson.loads(body(1))
    document["data"] |= {f"name{number}": 1 for number in range(2000)}
    strict = Routes(replace(ledger.ROUTES["amounts.sent.v1"], base=StrictSchema))
    id = desk.park(orjson.dumps(document), reader=Reader(strict))
    [message] = desk.get().json()["items"]
    assert len(message["problems"]) == 5 < message["problemCount"]
    shown = desk.get(f"/{id}").json()
    assert len(shown["problems"]) <= 100
    structure = shown["structure"]["data"]
    assert len(structure) < 501
    assert list(structure.values())[-1].endswith(" more")
    assert len(desk.get(f"/{id}").content) < 40_000


JUNK, UNKNOWN_FIELDS = 100, 3182


def test_messages_of_thousands_of_unknown_fields_make_no_long_answer_and_hide_nothing(desk: Desk) -> None:
    document = orjson.loads(body(1))
    document["data"] |= {f"name{number}": 1 for number in range(UNKNOWN_FIELDS)}
    strict = Reader(Routes(replace(ledger.ROUTES["amounts.sent.v1"], base=StrictSchema)))
    earlier = desk.park(body(13))
    for _ in range(JUNK):
        junk = desk.park(orjson.dumps(document | {"id": str(uuid4())}), reader=strict)
    later = desk.park(body(13))
    page = desk.get(limit=100)
    assert [message["id"] for message in page.json()["items"]][:2] == [later, junk]
    assert len(page.content) < 100_000
    groups = {group["reason"]: (group["messages"], group["newest"]) for group in desk.groups()}
    assert groups == {"unexpected": (2, later), "unknown_field": (JUNK, junk)}
    assert [message["id"] for message in desk.get(reason="unexpected").json()["items"]] == [later, earlier]


def test_an_operator_of_any_house_sees_its_structure_and_its_history(desk: Desk) -> None:
    id = desk.park(body("seven hundred"))
    desk.post(f"/{id}/openings", caller="officer")
    shown = desk.get(f"/{id}")
    assert shown.json()["structure"]["data"] == {"amount": "text of 13"}
    assert "seven" not in shown.text
    [done] = shown.json()["history"]
    assert (done["what"], done["who"], done["why"]) == ("looked", "officer (test-house)", "agreed with the sender")


def test_what_can_not_be_read_is_told_by_its_size_and_the_reason(desk: Desk) -> None:
    shown = desk.get(f"/{desk.park(b'{Jansen')}").json()
    assert (shown["size"], shown["structure"], shown["unreadable"]) == (7, None, "is not JSON")


def test_an_officer_of_its_house_reads_the_message_itself_and_that_is_kept(desk: Desk) -> None:
    sent = body(-5)
    id = desk.park(sent)
    assert desk.get(f"/{id}", "officer").json()["mayOpen"] is True
    assert desk.post(f"/{id}/openings", caller="officer").json() == {"body": sent.decode()}
    assert desk.log() == [("looked", "officer (test-house)", "agreed with the sender")]


@pytest.mark.parametrize(("caller", "status"), [("operator", 403), ("officer-elsewhere", 404)])
def test_nobody_else_reads_or_corrects_it(desk: Desk, caller: str, status: int) -> None:
    id = desk.park(body(-5))
    assert desk.post(f"/{id}/openings", caller=caller).status_code == status
    assert desk.post(f"/{id}/corrections", {**WHY, "message": {}}, caller).status_code == status
    assert desk.get(f"/{id}").json()["mayOpen"] is False
    assert desk.log() == []


def test_a_partners_message_is_of_the_house_of_the_partners_user_whatever_it_says(desk: Desk) -> None:
    id = desk.park(body(-5), "another-house.police", PartnersReader(ledger.ROUTES))
    assert desk.post(f"/{id}/openings", caller="officer").status_code == 404
    assert desk.post(f"/{id}/openings", caller="officer-elsewhere").status_code == 200


@pytest.mark.parametrize("reader", [Reader(ledger.ROUTES), PartnersReader(ledger.ROUTES)])
def test_a_message_of_which_nothing_tells_the_house_is_read_with_the_command_only(desk: Desk, reader: Reader) -> None:
    content = body(1) if isinstance(reader, PartnersReader) else body(1)[:-1]
    id = desk.park(content, reader=reader)
    assert desk.post(f"/{id}/openings", caller="officer").status_code == 404
    assert desk.post(f"/{id}/openings", caller="officer-and-operator").status_code == 403
    assert desk.post(f"/{id}/discards").status_code == 204


@pytest.mark.parametrize(
    "content",
    [
        body(1)[:-1] + b', "secret": "no',
        body(-5)[:-1] + b', "secret": null}',
        body(-5)[:-1] + rb', "s\u0065cr\u0065t": null}',
        body(-5)[:-1] + rb', "\u0053ECRET": null}',
        (body(1)[:-1] + b', "secret": null}').decode().encode("utf-16"),
    ],
    ids=["cut off", "null", "escaped", "capitals", "UTF-16"],
)
def test_a_message_about_a_sealed_matter_is_opened_and_corrected_with_the_command_only(
    desk: Desk, content: bytes
) -> None:
    id = desk.park(content, "test-house.police", PartnersReader(ledger.ROUTES))
    assert desk.post(f"/{id}/openings", caller="officer").status_code == 403
    assert desk.post(f"/{id}/openings", {**WHY, "original": True}, "officer").status_code == 403
    assert desk.post(f"/{id}/corrections", {**WHY, "message": {}}, "officer").status_code == 403
    assert desk.get(f"/{id}", "officer").json()["mayOpen"] is False
    assert desk.log() == []


def test_a_message_that_is_corrected_and_replayed_takes_effect_once(desk: Desk) -> None:
    message_id = uuid4()
    sent = body(-5, message_id=message_id)
    id = desk.park(sent)
    correction = {**WHY, "message": orjson.loads(body(5, message_id=message_id)) | {"comment": None}}
    assert desk.post(f"/{id}/corrections", correction, "officer").status_code == 204
    original = desk.post(f"/{id}/openings", {**WHY, "original": True}, "officer").json()
    assert original == {"body": sent.decode()}
    assert desk.post(f"/{id}/replays").status_code == 204
    assert (desk.take_replayed(), desk.take_replayed()) == (1, 0)
    assert desk.place.query("SELECT amount FROM entry") == [(5,)]
    assert desk.get().json()["items"] == []
    assert [what for what, *_ in desk.log()] == ["corrected", "looked", "replayed"]


def test_a_correction_can_not_move_a_message_to_another_house(desk: Desk) -> None:
    message_id = uuid4()
    id = desk.park(body(-5, message_id=message_id))
    moved = orjson.loads(body(5, message_id=message_id)) | {"house": "another-house"}
    refused = desk.post(f"/{id}/corrections", {**WHY, "message": moved}, "officer")
    assert refused.status_code == 409
    assert refused.json()["errors"] == [
        {
            "field": "",
            "reason": "the correction is of another house than the message",
            "code": "not_possible_now",
        },
    ]


def test_a_discarded_message_is_gone(desk: Desk) -> None:
    id = desk.park(body(-5))
    assert desk.post(f"/{id}/discards").status_code == 204
    assert desk.get(f"/{id}").status_code == 404
    assert desk.post(f"/{id}/replays").status_code == 404
    assert desk.log() == [("discarded", "operator (another-house)", "agreed with the sender")]


def test_every_step_needs_a_reason(desk: Desk) -> None:
    id = desk.park(body(-5))
    reasons: list[dict[str, str]] = [{}, {"why": " "}, {"why": "x" * 501}]
    for refused in (desk.post(f"/{id}/{step}", reason, "officer") for step in STEPS for reason in reasons):
        assert refused.status_code == 400
        assert "why" in {error["field"] for error in refused.json()["errors"]}
    assert desk.log() == []


def test_only_operators_get_in(desk: Desk) -> None:
    id = desk.park(body(-5))
    answers = [desk.get(caller="reader"), desk.get(f"/{id}", "reader")]
    answers += [desk.post(f"/{id}/{step}", caller="reader") for step in STEPS]
    assert {answer.status_code for answer in answers} == {403}
    assert desk.get(caller="nobody").status_code == 401
