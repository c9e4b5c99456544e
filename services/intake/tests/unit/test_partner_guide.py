"""The page for partners tells every field and every reason as they are."""

import json
import re
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from marshmallow import Schema, fields

from services.intake.domain.errors import (
    AlreadyAnswered,
    NobodyDetained,
    NoLongerKept,
    NotAsked,
    NotAssigned,
    NotSentYet,
    ReplayedEnough,
    ReplayUnderWay,
)
from services.intake.domain.rules import broken_rules
from services.intake.ingress import PartnerReader
from services.intake.messages.published import PUBLISHES
from services.intake.service import ACCEPTS
from services.intake.tests.given import (
    CONTACT,
    DETENTION,
    HOUSE,
    NOTICE,
    NOW,
    PRISONS,
    about,
    delivery,
    message,
    notice,
)
from shared.messaging.relay_settings import RelaySettings
from shared.messaging.storage.streams import REPLAYED_A_DAY
from shared.messaging.unit import MOST_REPLAYED

GUIDE = Path(__file__).resolve().parents[4] / "docs/partners.md"
EXAMPLES = GUIDE.parents[1] / "services/intake/messages/examples/partners"
TEXT = GUIDE.read_text(encoding="utf-8")
TO_PARTNERS = (
    "messages.accepted.v1",
    "messages.refused.v1",
    "information-requests.sent.v1",
    "feedback.given.v1",
    "assignments.sent.v1",
)

BAD_MESSAGES: list[Any] = [
    b"",
    b"[]",
    b"[" * 40 + b"]" * 40,
    b" " * 70_000,
    b'{"a": "\\u0000"}',
    {},
    message(id=1),
    message() | {"id": "1", "specversion": "2", "type": "x", "time": "now", "datacontenttype": "x", "data": []},
    message(source="x", type="nl.ketenhuis.x", time="2099-01-01T00:00:00Z"),
    message(type="nl.ketenhuis.detention-notices.submitted.v1", time="1800-01-01T00:00:00Z"),
    message(subject="Jansen"),
    message(notice(colour="red", arrestedOn="2099-01-01", offence=None, reference=" ")),
    message(notice(arrestedOn="soon", offence=1, reference="x" * 65, subject=1)),
    message(about(kind="dog", bsn="1", municipality="Maan", familyName="\u0007")),
    message(about(kind="family", sex="man")),
    message({}),
    message({"fromSequence": "1"}, type="replays.requested.v1"),
    message({"fromSequence": 0}, type="replays.requested.v1"),
]
DOMAIN_ERRORS = (
    NotAsked(),
    AlreadyAnswered(),
    NobodyDetained(),
    NotAssigned(),
    NotSentYet(),
    NoLongerKept(7),
    ReplayUnderWay(),
    ReplayedEnough(),
)
ANSWER = {"requestId": "1", "answeredOn": "2015-06-01", "involved": 1}


def names(schema: Schema, path: str = "") -> Iterator[str]:
    for each in schema.fields.values():
        if isinstance(each, fields.Nested):
            yield from names(each.schema, f"{path}{each.data_key}.")
        yield f"{path}{each.data_key}"


def documented(name: str) -> bool:
    return f"`{name}`" in TEXT


def test_every_type_and_every_field_of_a_message_has_its_place() -> None:
    assert [type for type in (*ACCEPTS, *TO_PARTNERS) if not documented(type)] == []
    for route in ACCEPTS.values():
        assert [name for name in names(route.schema) if name != "subject" and not documented(name)] == []
    for type in TO_PARTNERS:
        own = (each.data_key or "" for each in PUBLISHES[type].fields.values())
        assert [name for name in own if not documented(name)] == []


def test_every_reason_for_which_a_message_is_refused_is_explained() -> None:
    reader = PartnerReader(ACCEPTS, now=lambda: NOW)
    reader.listen_to({"noord": HOUSE})
    readings = [reader.read(delivery(document)) for document in BAD_MESSAGES]
    readings.append(reader.read(delivery(message(ANSWER, CONTACT, "information-answers.submitted.v1"), CONTACT)))
    wrong_days = DETENTION | {"expectedReleaseOn": "2015-01-01"}
    readings.append(reader.read(delivery(message(wrong_days, PRISONS, "detention-notices.submitted.v1"), PRISONS)))
    reasons = {problem.reason for reading in readings for problem in reading.problems}
    rules = broken_rules({"theme": "x", "involved": ["x"]}, HOUSE, datetime(2015, 6, 1, tzinfo=UTC).date())
    reasons |= {rule.reason for rule in rules} | {error.reason for error in DOMAIN_ERRORS}
    assert len(reasons) > 30
    assert sorted(reason for reason in reasons if not explained(reason)) == []


def explained(reason: str) -> bool:
    """Limits and choices differ from field to field: the page has an ellipsis there."""
    general = re.sub(r"(Must be one of: |Length must be between |Longer than maximum length ).*", r"\1…", reason)
    return documented(re.sub(r"numbers from \d+ on", "numbers from … on", general))


def test_the_page_tells_how_much_is_replayed_and_how_long_it_is_kept() -> None:
    assert f"{MOST_REPLAYED:,} messages at most" in TEXT
    assert f"{REPLAYED_A_DAY:,} messages in a day" in TEXT
    assert f"kept for {RelaySettings.stream_days} days" in TEXT


def test_the_example_of_a_replay_is_the_committed_one() -> None:
    committed = EXAMPLES / "replays.requested.v1.json"
    [shown] = re.findall(r"```json\n(.*?)```", TEXT, re.DOTALL)
    assert json.loads(shown) == json.loads(committed.read_text(encoding="utf-8"))


def test_the_python_example_is_a_message_like_the_committed_one() -> None:
    committed = EXAMPLES / "arrest-notices.submitted.v1.json"
    data = json.loads(committed.read_text(encoding="utf-8"))["data"]
    assert data["subject"] == NOTICE["subject"] | {"municipality": "Gouda"}
    assert all(f'"{name}": ' in TEXT for name in (*data, *data["subject"]))
