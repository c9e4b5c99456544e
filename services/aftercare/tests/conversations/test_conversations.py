"""Conversations in prison, as coordinators and providers see them."""

from contextlib import suppress
from datetime import UTC, datetime
from typing import Any
from uuid import uuid4

import eventlet
import pytest

from services.aftercare.conversations import handlers
from services.aftercare.conversations.messages import ConversationReported
from services.aftercare.tests.given import Detainee
from shared.messaging import Event, Rejected
from shared.rules import BrokenRule
from shared.schemas import MessageSchema, schema_of
from shared.testing.service import RunningService

REPORT = {
    "heldOn": "2015-05-12",
    "needs": ["housing", "income_work"],
    "offered": True,
    "accepted": True,
    "outcome": "wil graag werken",
}
ASKED = {"provider": "leger-des-heils", "askedOn": "2015-05-06"}


def asked(aftercare: RunningService, path: str) -> dict[str, Any]:
    """A conversation for which a provider is asked."""
    body: dict[str, Any] = aftercare.post(f"{path}/conversations", ASKED).body
    return body


def report(aftercare: RunningService, conversation_id: str, **differently: Any) -> Event[ConversationReported]:
    """What a provider reports, as intake hands it on."""
    known = {"messageId": str(uuid4()), "partner": "leger-des-heils", "assignmentId": conversation_id}
    return Event(
        id=uuid4(),
        type="conversations.reported.v1",
        sender="urn:nld:ketenhuis:intake",
        house=aftercare.house,
        case_id=uuid4(),
        time=datetime(2015, 5, 12, 12, tzinfo=UTC),
        correlation_id=uuid4(),
        data=schema_of(ConversationReported, MessageSchema).load(known | REPORT | differently),
    )


def test_a_conversation_that_the_house_held_is_kept_and_told_without_what_was_said(
    detainee: Detainee, aftercare: RunningService
) -> None:
    path = detainee.detained()
    held = aftercare.post(f"{path}/conversations", {"report": REPORT})
    assert held.status == 201
    assert aftercare.get(path).body["conversations"] == [held.body]
    assert held.body == {
        "conversationId": held.body["conversationId"],
        "provider": None,
        "askedOn": None,
        "report": REPORT,
    }
    [told] = aftercare.announced("conversations.held.v1")
    assert (told["subject"], told["time"]) == (str(detainee.case_id), "2015-05-12T12:00:00Z")
    assert told["data"] == {
        "conversationId": held.body["conversationId"],
        "detentionId": path.rpartition("/")[2],
        "municipality": "Gouda",
        "heldOn": "2015-05-12",
        "needs": ["housing", "income_work"],
        "offered": True,
        "accepted": True,
    }


def test_a_provider_that_is_a_partner_is_given_an_assignment(detainee: Detainee, aftercare: RunningService) -> None:
    path = detainee.detained()
    conversation = asked(aftercare, path)
    assert conversation["report"] is None
    [given] = aftercare.announced("assignments.given.v1")
    assert given["time"] == "2015-05-06T12:00:00Z"
    assert given["data"] == {
        "assignmentId": conversation["conversationId"],
        "partner": "leger-des-heils",
        "kind": "conversation",
        "needs": [],
        "institution": "PI Alphen aan den Rijn",
    }


def test_a_provider_that_is_no_partner_is_told_nothing(detainee: Detainee, aftercare: RunningService) -> None:
    answer = aftercare.post(f"{detainee.detained()}/conversations", ASKED | {"provider": "vrijwilligers"})
    assert answer.status == 201
    assert aftercare.announced("assignments.given.v1") == []


def test_the_same_conversation_twice_at_the_same_moment_is_recorded_once(
    detainee: Detainee, aftercare: RunningService
) -> None:
    path = detainee.detained()
    both = [eventlet.spawn(aftercare.post, f"{path}/conversations", ASKED) for _ in range(2)]
    assert len({each.wait().text for each in both}) == 1
    assert len(aftercare.announced("assignments.given.v1")) == 1


def test_somebody_may_have_several_conversations(detainee: Detainee, aftercare: RunningService) -> None:
    path = detainee.detained()
    later = REPORT | {"heldOn": "2015-05-26", "accepted": None, "outcome": "twijfelt"}
    for each in ({"report": later}, {"report": REPORT}):
        aftercare.post(f"{path}/conversations", each)
    found = aftercare.get(path).body["conversations"]
    assert [each["report"]["heldOn"] for each in found] == ["2015-05-12", "2015-05-26"]


def test_the_report_of_a_conversation_comes_later_and_once(detainee: Detainee, aftercare: RunningService) -> None:
    path = detainee.detained()
    where = f"/v1/conversations/{asked(aftercare, path)['conversationId']}/report"
    answers = [aftercare.post(where, REPORT) for _ in range(2)]
    assert answers[0] == answers[1]
    assert aftercare.get(path).body["conversations"] == [answers[0].body]
    assert answers[0].body["report"] == REPORT
    [told] = aftercare.announced("conversations.held.v1")
    assert told["data"]["provider"] == "leger-des-heils"
    other = aftercare.post(where, REPORT | {"outcome": "wil niet"})
    assert (other.status, other.wrong_fields) == (422, ["heldOn"])


@pytest.mark.parametrize(
    ("wrong", "field"),
    [
        ({}, "report"),
        ({"askedOn": "2015-05-06"}, "provider"),
        (ASKED | {"provider": "nobody"}, "provider"),
        (ASKED | {"askedOn": "2015-03-01"}, "askedOn"),
        ({"report": REPORT | {"heldOn": "2015-03-01"}}, "heldOn"),
        ({"report": REPORT | {"needs": ["love"]}}, "needs[0]"),
        ({"report": REPORT | {"offered": False}}, "accepted"),
    ],
)
def test_a_wrong_conversation_is_refused_and_leaves_nothing(
    wrong: dict[str, Any], field: str, detainee: Detainee, aftercare: RunningService
) -> None:
    path = detainee.detained()
    answer = aftercare.post(f"{path}/conversations", wrong)
    assert (answer.status, answer.wrong_fields) == (422, [field])
    assert aftercare.get(path).body["conversations"] == []


def test_a_provider_reports_its_conversation(detainee: Detainee, aftercare: RunningService) -> None:
    path = detainee.detained()
    conversation = asked(aftercare, path)
    with aftercare.begin() as unit:
        handlers.conversation_reported(report(aftercare, conversation["conversationId"]), unit)
    assert aftercare.get(path).body["conversations"] == [conversation | {"report": REPORT}]


@pytest.mark.parametrize(
    ("differently", "field"), [({"assignmentId": str(uuid4())}, "assignmentId"), ({"heldOn": "2015-05-05"}, "heldOn")]
)
def test_a_wrong_report_is_refused_in_the_providers_words_and_has_no_effect(
    differently: dict[str, Any], field: str, detainee: Detainee, aftercare: RunningService
) -> None:
    path = detainee.detained()
    conversation = asked(aftercare, path)
    wrong = report(aftercare, conversation["conversationId"], **differently)
    with pytest.raises(Rejected) as refused, aftercare.begin() as unit:
        handlers.conversation_reported(wrong, unit)
    assert [problem.field for problem in refused.value.problems] == [field]
    with aftercare.begin() as unit, suppress(BrokenRule):
        handlers.conversation_reported(wrong, unit)
    assert aftercare.get(path).body["conversations"] == [conversation]


def test_a_caller_sees_and_changes_its_own_house_alone(detainee: Detainee, aftercare: RunningService) -> None:
    path = detainee.detained()
    where = f"/v1/conversations/{asked(aftercare, path)['conversationId']}/report"
    assert aftercare.post(where, REPORT, "elsewhere").status == 404
    assert aftercare.post(f"{path}/conversations", ASKED, "elsewhere").status == 404
    assert aftercare.post(f"{path}/conversations", ASKED, "director").status == 403
