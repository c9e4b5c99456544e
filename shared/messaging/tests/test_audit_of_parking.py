"""What the audit log tells of those who see to parked messages, at the command line and over HTTP."""

from typing import Any
from uuid import uuid4

import orjson
import pytest

from shared.messaging.tests.ledger import Place, body
from shared.messaging.tests.seeing_to import BY, WHY, Desk, Operator

AUDITED = "SELECT operation, object_kind, object_id, status, actor, house FROM audit_log ORDER BY id"


def test_the_audit_log_tells_who_did_what_at_the_command_line(operator: Operator, take: Any, place: Place) -> None:
    take(body(-1), body(-1), body(13))
    first, _, last = operator.parked()
    assert operator.command("show", first, "--with-body", *BY) == 0
    assert operator.command("discard", "--sender", "services", "--reason", "negative_amount", *BY) == 0
    assert operator.command("replay", last, *BY) == 0
    told = place.query(
        "SELECT operation, object_id::int, actor, organisation, origin, house FROM audit_log ORDER BY id"
    )
    assert told == [
        (operation, id, "K. de Boer", "", "command-line", "test-house")
        for operation, id in (("show", first), ("discard", first), ("discard", first + 1), ("replay", last))
    ]


def test_the_audit_log_tells_the_house_of_a_message_who_did_what_with_it(desk: Desk) -> None:
    message_id = uuid4()
    id = desk.park(body(-5, message_id=message_id))
    correction = {**WHY, "message": orjson.loads(body(5, message_id=message_id))}
    desk.post(f"/{id}/openings", caller="officer")
    desk.post(f"/{id}/corrections", correction, "officer")
    desk.post(f"/{id}/replays")
    other = desk.park(body(-6))
    desk.post(f"/{other}/discards")
    assert desk.place.query(AUDITED) == [
        (operation, "parked-messages", str(message), status, actor, "test-house")
        for operation, message, status, actor in (
            ("open_parked_message", id, 200, "officer"),
            ("correct_parked_message", id, 200, "officer"),
            ("replay_parked_message", id, 200, "operator"),
            ("discard_parked_message", other, 200, "operator"),
        )
    ]


@pytest.mark.parametrize("step", ["replays", "discards"])
def test_each_message_of_a_group_has_an_entry(desk: Desk, step: str) -> None:
    ids = [desk.park(body(13)) for _ in range(3)]
    [group] = desk.groups()
    assert desk.step(step, group).json()["done"] == 3
    operation = {"replays": "replay_parked_group", "discards": "discard_parked_group"}[step]
    assert desk.place.query(AUDITED) == [
        (operation, "parked-messages", str(id), 200, "operator", "test-house") for id in ids
    ]


def test_a_refused_step_has_an_entry_and_a_list_has_none(desk: Desk) -> None:
    id = desk.park(body(-5))
    desk.get()
    desk.get(f"/{id}")
    desk.groups()
    assert desk.post(f"/{id}/openings").status_code == 403
    assert desk.post(f"/{id}/openings", caller="officer-elsewhere").status_code == 404
    assert desk.get(f"/{id}", "officer-elsewhere").status_code == 404
    assert desk.place.query(AUDITED) == [
        ("open_parked_message", "parked-messages", str(id), 403, "operator", "another-house"),
        ("open_parked_message", "parked-messages", str(id), 404, "officer-elsewhere", "another-house"),
        ("parked_message", "parked-messages", str(id), 404, "officer-elsewhere", "another-house"),
    ]
