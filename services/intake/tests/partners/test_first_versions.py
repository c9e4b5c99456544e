"""A partner whose system knows the first version of everything goes on, from its referral to the feedback on it."""

from dataclasses import replace
from typing import Any

import pytest

from services.intake.tests.desk import HOUSES, Desk
from services.intake.tests.given import CONTACT, HOUSE, NOTICE
from services.intake.tests.information_requests.test_requests import answer, to_issue

ON = "2015-06-09"


@pytest.fixture(autouse=True)
def in_the_house(monkeypatch: pytest.MonkeyPatch) -> None:
    """A municipality that refers, is asked and hears, all by the first versions."""
    first = replace(CONTACT, may_get=CONTACT.may_get | {"feedback.given.v1"})
    monkeypatch.setitem(HOUSES, HOUSE.id, replace(HOUSE, partners={**HOUSE.partners, CONTACT.id: first}))


def got(desk: Desk) -> list[tuple[str, dict[str, Any]]]:
    """The types and data of all that the partner got."""
    envelopes = desk.announced(HOUSE.user_of(CONTACT.id))
    return [(envelope["type"].removeprefix("nl.ketenhuis."), envelope["data"]) for envelope in envelopes]


def test_a_partner_that_knows_the_first_version_of_everything_hears_what_was_decided_on_its_referral(
    desk: Desk,
) -> None:
    referral = {"reference": "M-1", "subject": NOTICE["subject"], "concern": "Slaapt in zijn auto."}
    message_id = desk.send(referral, CONTACT, type="current-referrals.submitted.v1")
    request = to_issue(desk, asked=[{"service": "housing", "question": "home"}])
    desk.hear("information-requests.issued.v1", request)
    answer_id = desk.send(answer(request["requestId"]), CONTACT, type="information-answers.submitted.v1")
    decided = {
        "referralId": request["referralId"],
        "tabling": 1,
        "briefingOn": ON,
        **{"decision": "focus", "opensTable": "focus", "clientAtTable": {"wanted": True}, "criteria": ["nuisance"]},
    }
    desk.hear("referrals.weighed.v1", decided)
    asked = {"requestId": request["requestId"], "answerBy": request["answerBy"], "subject": NOTICE["subject"]}
    receipt = {"messageId": str(message_id), "reference": "M-1", "referralId": request["referralId"]}
    heard = {"messageId": str(message_id), "reference": "M-1", "decision": "focus", "decidedOn": ON}
    assert got(desk) == [
        ("messages.accepted.v1", receipt),
        ("information-requests.sent.v1", asked),
        ("messages.accepted.v1", {"messageId": str(answer_id)}),
        ("feedback.given.v1", heard),
    ]
    [answered] = desk.announced("information-requests.answered.v1")
    assert answered["data"]["involved"] == ["housing"]
    assert desk.parked() == []
