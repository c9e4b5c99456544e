"""The page for partners tells every field and every reason as they are."""

import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from uuid import uuid4

from marshmallow import Schema, fields

from docs.declared import REFUSALS
from services.intake.accepting import ACCEPTS
from services.intake.aftercare_reports.rules import NobodyDetained
from services.intake.assignments.rules import NotAssigned
from services.intake.bij_questions.rules import NotMunicipal
from services.intake.callers.rules import NoAnswerByMessage
from services.intake.information_requests.messages import AnswerPerService, InformationAnswer
from services.intake.information_requests.rules import AlreadyAnswered, AnsweredBeforeAsked, NotAsked, ServiceAnswer
from services.intake.partners.reader import PartnerReader
from services.intake.referrals.messages import CurrentReferral, DetentionNotice
from services.intake.replays.rules import NoLongerKept, NotSentYet, ReplayedEnough, ReplayUnderWay
from services.intake.service import PUBLISHES
from services.intake.tests.given import (
    CONTACT,
    DETENTION,
    HOUSE,
    MESSAGE_KEY,
    NOTICE,
    NOW,
    PRISONS,
    about,
    delivery,
    message,
    notice,
    person,
)
from services.intake.withdrawals.rules import IsDetention, NotYours
from shared.messaging.publishing import schemas_of
from shared.messaging.relay_settings import RelaySettings
from shared.messaging.sealing import Sealer
from shared.messaging.storage.streams import REPLAYED_A_DAY
from shared.messaging.unit import MOST_REPLAYED

GUIDE = Path(__file__).resolve().parents[3] / "docs/partners.md"
EXAMPLES = GUIDE.parents[1] / "services/intake/messages/examples/partners"
TEXT = GUIDE.read_text(encoding="utf-8")
SENT = schemas_of(PUBLISHES)
TO_PARTNERS = (
    "messages.accepted.v1",
    "messages.refused.v1",
    "information-requests.sent.v1",
    "information-requests.sent.v2",
    "information-requests.withdrawn.v1",
    "information-requests.decided.v1",
    "reminders.sent.v1",
    "feedback.given.v1",
    "assignments.sent.v1",
    "zsm-advices.sent.v1",
    "bij-questions.answered.v1",
    "information-questions.answered.v1",
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
REFUSED = (
    NotAsked(),
    AlreadyAnswered(),
    AnsweredBeforeAsked(),
    NobodyDetained(),
    NotYours(),
    IsDetention("data.referralId"),
    NotAssigned(),
    NotMunicipal("source"),
    NoAnswerByMessage(),
    NotSentYet(),
    NoLongerKept(7),
    ReplayUnderWay(),
    ReplayedEnough(),
)
BROKEN = (
    DetentionNotice(reference="D-1", subject=person(), detained_on=NOW.date(), institution="Kasteel"),
    CurrentReferral(reference="C-1", subject=person(), concern="worries", theme="x"),
    InformationAnswer(request_id=uuid4(), answered_on=NOW.date(), involved=("x",)),
    AnswerPerService(
        request_id=uuid4(),
        answered_on=NOW.date(),
        services=(
            ServiceAnswer(service="x", answer="known", ground="x"),
            ServiceAnswer(service="x", answer="may_not_share"),
            ServiceAnswer(service="x", answer="may_not_share", ground="x"),
        ),
    ),
)
ANSWER = {"requestId": "1", "answeredOn": "2015-06-01", "involved": 1}


def names(schema: Schema, path: str = "") -> Iterator[str]:
    for field in schema.fields.values():
        if isinstance(field, fields.Nested):
            yield from names(field.schema, f"{path}{field.data_key}.")
        yield f"{path}{field.data_key}"


def documented(name: str) -> bool:
    return f"`{name}`" in TEXT


def test_every_type_and_every_field_of_a_message_has_its_place() -> None:
    assert [type for type in (*ACCEPTS, *TO_PARTNERS) if not documented(type)] == []
    for route in ACCEPTS.values():
        assert [name for name in names(route.schema) if name != "subject" and not documented(name)] == []
    for type in TO_PARTNERS:
        own = (field.data_key or "" for field in SENT[type].fields.values())
        assert [name for name in own if not documented(name)] == []


def test_every_reason_for_which_a_message_is_refused_is_explained() -> None:
    reader = PartnerReader(ACCEPTS, {"noord": HOUSE}, Sealer(MESSAGE_KEY), now=lambda: NOW)
    readings = [reader.read(delivery(document)) for document in BAD_MESSAGES]
    readings.append(reader.read(delivery(message(ANSWER, CONTACT, "information-answers.submitted.v1"), CONTACT)))
    wrong_days = DETENTION | {"expectedReleaseOn": "2015-01-01"}
    readings.append(reader.read(delivery(message(wrong_days, PRISONS, "detention-notices.submitted.v1"), PRISONS)))
    problems = {problem for reading in readings for problem in reading.problems}
    assert {problem.code for problem in problems} <= REFUSALS.keys()
    reasons = {problem.reason for problem in problems}
    reasons |= {str(rule) for wrong in BROKEN for rule in wrong.broken_rules(HOUSE, NOW.date())}
    reasons |= {str(error) for error in REFUSED}
    assert len(reasons) > 30
    assert sorted(reason for reason in reasons if not explained(reason)) == []


def explained(reason: str) -> bool:
    """Limits, choices and days differ from field to field: the page has an ellipsis there."""
    general = re.sub(r"(Must be one of: |Must be at most |; known are ).*", r"\1…", reason)
    general = re.sub(r"is before \d{4}-\d\d-\d\d", "is before …", general)
    return documented(re.sub(r"from number \d+ on", "from number … on", general))


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
