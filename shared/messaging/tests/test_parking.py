"""The command line for parked messages, on a real database, beside a running service."""

import io
import json
from dataclasses import replace
from types import SimpleNamespace
from typing import Any
from uuid import uuid4

import eventlet
import psycopg
import pytest
from marshmallow import fields

from shared.configuration import ServiceSettings
from shared.messaging import Delivery, Event, Problem, Reader, Rejected, Route, Routes, UnitOfWork
from shared.messaging.outline import structure_of
from shared.messaging.parked import Author, Parking
from shared.messaging.sealing import Sealer
from shared.messaging.tests import ledger
from shared.messaging.tests.ledger import Place, Start, body
from shared.messaging.tests.seeing_to import BY, Operator
from shared.schemas import MessageSchema, names_in
from shared.testing.keys import key_text
from shared.testing.waiting import wait_until


@pytest.fixture
def corrected(monkeypatch: pytest.MonkeyPatch) -> Any:
    """Puts a correction on standard input."""
    return lambda content: monkeypatch.setattr("sys.stdin", SimpleNamespace(buffer=io.BytesIO(content)))


def amounts(place: Place) -> list[int]:
    return [row[0] for row in place.query("SELECT amount FROM entry ORDER BY amount")]


def test_the_list_names_messages_and_problems_and_nothing_that_is_in_them(operator: Operator, take: Any) -> None:
    message_id = uuid4()
    take(body(-77, message_id=message_id), body(13))
    assert operator.command("list") == 0
    second, first = operator.output.splitlines()
    assert f"rejected  {operator._place.name}  services  {message_id}  amount: must not be negative" in first
    assert "unexpected" in second
    assert "77" not in first.partition(str(message_id))[2]


def test_a_list_is_of_a_group_and_of_the_newest(operator: Operator, take: Any) -> None:
    take(body(-1), body(-1), body(-1), body(13))
    assert operator.command("list", "--sender", "services", "--reason", "negative_amount", "--limit", 2) == 0
    *negative, _ = operator.parked()
    assert [int(line.split()[0]) for line in operator.output.splitlines()] == negative[:0:-1]
    assert operator.command("list", "--kind", "rejected", "--before", negative[1]) == 0
    assert int(operator.output.split()[0]) == negative[0]


def test_groups_are_counted_and_handled_as_one(
    operator: Operator, take: Any, monkeypatch: pytest.MonkeyPatch, place: Place
) -> None:
    monkeypatch.setattr("shared.messaging.parked.DISCARDED_AT_ONCE", 2)
    take(body(-1), body(-1), body(-1), body(13))
    assert operator.command("groups") == 0
    unexpected, negative = operator.output.splitlines()
    assert negative.startswith("3 ")
    assert negative.endswith("  test-house  services  rejected  negative_amount")
    assert unexpected.endswith("  test-house  services  unexpected  unexpected")
    assert operator.command("discard", "--sender", "services", "--reason", "negative_amount", *BY) == 0
    assert "3 messages are discarded" in operator.output
    assert operator.command("replay", "--sender", "services", "--reason", "unexpected", *BY) == 0
    assert "1 messages are handed back, 0 can't be" in operator.output
    assert operator.parked() == []
    assert [what for what, *_ in operator.log()] == ["discarded"] * 3 + ["replayed"]


@pytest.mark.parametrize("group", [(), ("--sender", "services"), ("--reason", "negative_amount")])
def test_a_group_is_named_whole(operator: Operator, take: Any, group: tuple[str, ...]) -> None:
    take(body(-1))
    assert operator.command("discard", *group, *BY) == 2
    assert "name the number of a message, or a group by --sender and --reason" in operator.complaint
    assert len(operator.parked()) == 1


def test_an_empty_list_says_so(operator: Operator) -> None:
    assert operator.command("list") == 0
    assert operator.output == "ledger: nothing is parked\n"


def test_a_message_is_shown_as_its_structure(operator: Operator, take: Any) -> None:
    take(body("seven hundred"))
    assert operator.command("show", operator.wait_for_parked()) == 0
    assert '"house": "text of 10"' in operator.output
    assert '"…1": "text of 13"' in operator.output, "the command knows the names of an envelope alone"
    assert "seven" not in operator.output
    assert operator.log() == []


def test_a_structure_tells_no_value_and_no_name_but_those_that_are_known() -> None:
    document = {"a": [1234, True, None, {"b": "Jansen"}], "Jansen": 1.5, "999990019": {"Piet": {"a": []}}}
    assert structure_of(document, {"a", "b"}) == {
        "a": ["number of 4", "truth value", None, {"b": "text of 6"}],
        "…2": "number of 3",
        "…3": {"…1": {"a": []}},
    }


def test_the_names_that_a_schema_knows_are_those_of_all_its_levels() -> None:
    class Part(MessageSchema):
        family_name = fields.String()

    class Whole(MessageSchema):
        subject = fields.Nested(Part)
        all_others = fields.List(fields.Nested(Part(only=["family_name"])))
        amounts = fields.List(fields.Integer())

    assert set(names_in(Whole())) == {"subject", "allOthers", "amounts", "familyName"}


def test_a_body_is_printed_as_it_came_and_it_is_kept_who_looked(operator: Operator, take: Any) -> None:
    message_id = uuid4()
    sent = body(-1, message_id=message_id)
    take(sent)
    id = operator.wait_for_parked()
    assert operator.command("show", id, "--with-body") == 2
    assert operator.command("show", id, "--with-body", *BY) == 0
    assert operator.output.encode() == sent
    assert operator.log() == [("looked", message_id, "K. de Boer", "agreed with the sender")]


def test_a_rejected_message_that_is_corrected_and_replayed_takes_effect_once(
    place: Place, start: Start, operator: Operator, corrected: Any
) -> None:
    start()
    message_id = uuid4()
    sent = body(-5, message_id=message_id)
    place.send(sent)
    id = operator.wait_for_parked()
    corrected(body(5, message_id=message_id))
    assert operator.command("correct", id, "-", *BY) == 0
    assert operator.command("show", id, "--with-body", "--original", *BY) == 0
    assert operator.output.encode() == sent
    assert operator.command("replay", id, *BY) == 0
    assert wait_until(lambda: amounts(place) == [5], 10)
    place.send(sent, body(1))
    assert wait_until(lambda: 1 in amounts(place), 10)
    assert amounts(place) == [1, 5]
    assert operator.parked() == []
    assert [what for what, *_ in operator.log()] == ["corrected", "looked", "replayed"]


def test_what_is_still_wrong_stands_parked_again_with_its_new_problems(
    place: Place, start: Start, operator: Operator, corrected: Any
) -> None:
    start()
    message_id = uuid4()
    place.send(body(-5, message_id=message_id))
    id = operator.wait_for_parked()
    corrected(body(99, message_id=message_id))
    operator.command("correct", id, "-", *BY)
    operator.command("replay", id, *BY)
    assert wait_until(lambda: operator.parked() not in ([], [id]), 10)
    assert place.query("SELECT problems FROM parked") == [([["amount", "is not liked", "not_liked"]],)]
    assert operator.command("show", operator.wait_for_parked()) == 0
    assert "corrected by K. de Boer: agreed with the sender" in operator.output
    assert amounts(place) == []


def enter_without_the_bug(event: Event[ledger.Amount], unit: UnitOfWork) -> None:
    unit.connection.execute("INSERT INTO entry VALUES (%s, %s, %s)", (event.id, event.case_id, event.data.amount))


FIXED = Routes(Route("amounts.sent.v1", ledger.Amount, enter_without_the_bug))


def test_an_unexpected_one_takes_effect_when_it_is_replayed_after_the_bug_is_gone(
    place: Place, start: Start, operator: Operator
) -> None:
    buggy = start()
    place.send(body(13))
    id = operator.wait_for_parked()
    buggy.stop()
    assert operator.command("replay", id, *BY) == 0
    start(FIXED)
    assert wait_until(lambda: amounts(place) == [13], 10)
    assert operator.parked() == []


def test_of_two_replays_at_the_same_moment_one_finds_nothing(
    place: Place, take: Any, operator: Operator, settings: ServiceSettings
) -> None:
    take(body(13))
    id = operator.wait_for_parked()
    with psycopg.connect(place.database_url) as connection:
        Parking(connection, Sealer(settings.message_key)).replay(
            id, Author.at_the_command_line("another", "the same", "replay")
        )
        second = eventlet.spawn(operator.command, "replay", id, *BY)
        waits = "SELECT count(*) FROM pg_stat_activity WHERE datname = current_database() AND wait_event_type = 'Lock'"
        assert wait_until(lambda: place.query(waits) == [(1,)], 5)
    assert second.wait() == 2
    assert take(reader=Reader(FIXED)) == {"done": 1}
    assert take(reader=Reader(FIXED)) == {}
    assert amounts(place) == [13]


def test_a_replayed_message_waits_behind_those_of_its_case_and_newer_ones_wait_behind_it(
    place: Place, take: Any, operator: Operator
) -> None:
    case_id = uuid4()
    take(body(13, case_id=case_id), body(7, case_id=case_id))
    operator.command("replay", operator.wait_for_parked(), *BY)
    assert take(body(1, case_id=case_id)) == {"postponed": 1}
    place.query("UPDATE postponed SET next_attempt_at = now() RETURNING 1")
    entered = []
    while take(reader=Reader(FIXED)):
        entered.append(amounts(place))
    assert entered == [[7], [7, 13], [1, 7, 13]]


def test_a_discarded_message_is_gone_and_does_not_come_back(
    place: Place, take: Any, operator: Operator, corrected: Any
) -> None:
    message_id = uuid4()
    sent = body(13, message_id=message_id)
    take(sent)
    id = operator.wait_for_parked()
    corrected(body(14, message_id=message_id))
    operator.command("correct", id, "-", *BY)
    assert operator.command("discard", id, *BY) == 0
    assert place.query("SELECT count(*) FROM parking_original") == [(0,)]
    assert operator.log()[-1] == ("discarded", message_id, "K. de Boer", "agreed with the sender")
    reader = Answering()
    assert take(sent, reader=reader) == {"repeated": 1}
    assert reader.told == ["was set aside for good; ask the house"]
    assert amounts(place) == operator.parked() == []


class Answering(Reader):
    """A reader that notes its answers to senders."""

    def __init__(self) -> None:
        super().__init__(Routes(replace(FIXED["amounts.sent.v1"], repeat=self.repeat)))
        self.told: list[str] = []

    def on_rejected(self, reading: Any, problems: Any, unit: Any) -> None:
        self.told += [problem.reason for problem in problems]

    def repeat(self, event: Event[ledger.Amount], unit: UnitOfWork) -> None:
        self.told.append("accepted")


def test_a_message_that_could_not_be_read_gets_its_id_by_a_correction(
    place: Place, take: Any, operator: Operator, corrected: Any
) -> None:
    whole = body(3)
    take(whole[:-1])
    id = operator.wait_for_parked()
    corrected(whole)
    assert operator.command("correct", id, "-", *BY) == 0
    assert operator.command("replay", id, *BY) == 0
    assert take() == {"done": 1}
    assert take(whole) == {"repeated": 1}
    assert amounts(place) == [3]


def test_a_correction_can_not_make_another_messages_effect_happen_twice(
    place: Place, take: Any, operator: Operator, corrected: Any
) -> None:
    whole = body(3)
    take(whole[:-1], whole)
    corrected(whole)
    assert operator.command("correct", operator.wait_for_parked(), "-", *BY) == 2
    assert "is that of another message" in operator.complaint
    assert amounts(place) == [3]


def test_an_id_that_was_used_before_is_replayed_only_with_an_id_of_its_own(
    place: Place, take: Any, operator: Operator, corrected: Any
) -> None:
    message_id = uuid4()
    take(body(1, message_id=message_id))
    take(body(2, message_id=message_id))
    id = operator.wait_for_parked()
    assert operator.command("replay", id, *BY) == 2
    assert operator.parked() == [id]
    corrected(body(2))
    assert operator.command("correct", id, "-", *BY) == 0
    assert operator.command("replay", id, *BY) == 0
    assert take() == {"done": 1}
    assert amounts(place) == [1, 2]


class Distrusting(Reader):
    def sender_of(self, delivery: Delivery) -> str:
        raise Rejected(Problem("user_id", "is required", "required"))


def test_a_message_of_an_unknown_sender_can_only_be_discarded(take: Any, operator: Operator, corrected: Any) -> None:
    take(body(1), reader=Distrusting(ledger.ROUTES))
    id = operator.wait_for_parked()
    corrected(body(1))
    assert operator.command("replay", id, *BY) == operator.command("correct", id, "-", *BY) == 2
    assert "the sender of this message is unknown" in operator.complaint
    assert operator.command("discard", id, *BY) == 0


@pytest.mark.parametrize(
    ("content", "complaint"),
    [
        (b"{", "the correction is not JSON"),
        (b"{}", "the correction has no id"),
        (body(1), "the correction has another id than the message"),
    ],
)
def test_a_correction_must_be_a_message_with_the_same_id(
    take: Any, operator: Operator, corrected: Any, content: bytes, complaint: str
) -> None:
    take(body(-1))
    id = operator.wait_for_parked()
    corrected(content)
    assert operator.command("correct", id, "-", *BY) == 2
    assert complaint in operator.complaint
    assert operator.log() == []


@pytest.mark.parametrize(
    "arguments",
    [
        ("replay", 1),
        ("replay", 1, "--who", "me"),
        ("replay", 1, "--who", " ", "--why", "because"),
        ("discard", 1, "--who", "me", "--why", ""),
        ("discard", 2**70, *BY),
        ("discard", 1, *BY),
        ("show", 1),
        ("show", "one"),
        ("forget", 1),
    ],
)
def test_what_can_not_be_done_is_said_and_ends_with_status_2(operator: Operator, arguments: tuple[object, ...]) -> None:
    assert operator.command(*arguments) == 2
    assert operator.complaint
    assert operator.log() == []


def test_a_missing_setting_or_another_key_is_said(operator: Operator, take: Any) -> None:
    take(body(-1))
    operator.environment["MESSAGE_KEY"] = key_text(b"another key of thirty-two bytes.")
    assert operator.command("show", operator.wait_for_parked()) == 2
    assert "not sealed for parked with one of these keys" in operator.complaint
    del operator.environment["MESSAGE_KEY"]
    assert operator.command("list") == 1
    assert "MESSAGE_KEY is missing" in operator.complaint


def test_bodies_in_the_log_of_corrections_are_sealed(
    place: Place, take: Any, operator: Operator, corrected: Any
) -> None:
    message_id = uuid4()
    take(body(-1, message_id=message_id))
    corrected(json.dumps({"id": str(message_id), "house": "test-house"}).encode())
    operator.command("correct", operator.wait_for_parked(), "-", *BY)
    [(original,)] = place.query("SELECT body FROM parking_original")
    [(now,)] = place.query("SELECT body FROM parked")
    assert b"amount" not in original
    assert str(message_id).encode() not in now
