"""Conversations in prison, as coordinators and providers see them."""

from contextlib import suppress
from datetime import UTC, datetime
from typing import Any
from uuid import uuid4

import eventlet
import pytest

from services.aftercare.conversations import handlers
from services.aftercare.conversations.messages import ConversationReported, ConversationTold
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


def report(
    aftercare: RunningService,
    conversation_id: str,
    message: type[ConversationReported] = ConversationReported,
    **differently: Any,
) -> Event[ConversationReported]:
    """What a provider reports, as intake hands it on."""
    known = {"messageId": str(uuid4()), "partner": "leger-des-heils", "assignmentId": conversation_id}
    return Event(
        id=uuid4(),
        type="conversations.reported.v2",
        sender="urn:nld:ketenhuis:intake",
        house=aftercare.house,
        case_id=uuid4(),
        time=datetime(2015, 5, 12, 12, tzinfo=UTC),
        correlation_id=uuid4(),
        data=schema_of(message, MessageSchema).load(known | REPORT | differently),
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
        "institution": "pi_alphen_aan_den_rijn",
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


@pytest.mark.parametrize(
    ("message", "outcome"), [(ConversationReported, ""), (ConversationTold, REPORT["outcome"])], ids=["v2", "v1"]
)
def test_a_provider_reports_its_conversation_and_intake_keeps_the_outcome(
    message: type[ConversationReported], outcome: str, detainee: Detainee, aftercare: RunningService
) -> None:
    path = detainee.detained()
    conversation = asked(aftercare, path)
    with aftercare.begin() as unit:
        handlers.conversation_reported(report(aftercare, conversation["conversationId"], message), unit)
    assert aftercare.get(path).body["conversations"] == [conversation | {"report": REPORT | {"outcome": outcome}}]


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


SLIP = {"because": "verkeerde persoon"}


def test_a_corrected_report_takes_the_place_of_a_slip_which_stays_readable(
    detainee: Detainee, aftercare: RunningService
) -> None:
    path = detainee.detained()
    where = f"/v1/conversations/{asked(aftercare, path)['conversationId']}/report"
    aftercare.post(where, REPORT)
    right = REPORT | {"heldOn": "2015-05-20", "accepted": False}
    answers = [aftercare.post(f"{where}/correction", right | SLIP) for _ in range(2)]
    assert answers[0] == answers[1]
    assert (answers[0].status, answers[0].body["report"]) == (201, right)
    detention = aftercare.get(path).body
    assert detention["conversations"] == [answers[0].body]
    wrong, stands = detention["conversationReports"]
    assert (wrong["heldOn"], wrong["withdrawnBecause"]) == ("2015-05-12", SLIP["because"])
    assert wrong["recordedBy"] and wrong["recordedAt"] and wrong["withdrawnBy"] and wrong["withdrawnAt"]
    assert (stands["heldOn"], stands["withdrawnAt"]) == ("2015-05-20", None)
    [withdrawn] = aftercare.announced("conversations.withdrawn.v1")
    held = aftercare.announced("conversations.held.v1")
    assert [each["data"]["heldOn"] for each in held] == ["2015-05-12", "2015-05-20"]
    assert withdrawn["data"]["conversationId"] == held[1]["data"]["conversationId"] == answers[0].body["conversationId"]


def test_a_withdrawn_report_leaves_the_conversation_to_be_held(detainee: Detainee, aftercare: RunningService) -> None:
    path = detainee.detained()
    of_provider = asked(aftercare, path)
    of_house = aftercare.post(f"{path}/conversations", {"report": REPORT}).body
    for each in (of_provider, of_house):
        where = f"/v1/conversations/{each['conversationId']}/report"
        aftercare.post(where, REPORT)
        assert aftercare.post(f"{where}/withdrawal", SLIP).body == each | {"report": None}
        again = aftercare.post(f"{where}/withdrawal", SLIP)
        assert (again.status, again.wrong_fields) == (422, ["heldOn"])
    missing = aftercare.get("/v1/preparations", on="2015-06-30").body["items"][0]["missing"]
    assert "conversation" in {each["preparation"] for each in missing}
    assert aftercare.post(f"/v1/conversations/{of_provider['conversationId']}/report", REPORT).status == 201


@pytest.mark.parametrize(
    ("wrong", "field"),
    [({"heldOn": "2015-05-05"}, "heldOn"), ({"heldOn": "2015-03-01"}, "heldOn"), ({"needs": ["love"]}, "needs[0]")],
)
def test_a_correction_keeps_the_rules_and_a_wrong_one_changes_nothing(
    wrong: dict[str, Any], field: str, detainee: Detainee, aftercare: RunningService
) -> None:
    path = detainee.detained()
    where = f"/v1/conversations/{asked(aftercare, path)['conversationId']}/report"
    assert aftercare.post(f"{where}/correction", REPORT | SLIP).wrong_fields == ["heldOn"]
    reported = aftercare.post(where, REPORT).body
    answer = aftercare.post(f"{where}/correction", REPORT | SLIP | wrong)
    assert (answer.status, answer.wrong_fields) == (422, [field])
    assert aftercare.get(path).body["conversations"] == [reported]
    assert aftercare.announced("conversations.withdrawn.v1") == []
