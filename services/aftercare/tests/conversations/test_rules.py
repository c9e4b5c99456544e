from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from uuid import UUID

import pytest

from services.aftercare.assignments.rules import UnknownProvider
from services.aftercare.conversations.rules import (
    AlreadyHeld,
    Conversation,
    HeldBeforeAsked,
    NobodyAsked,
    NothingOffered,
    NothingSaid,
    Report,
    record,
    report,
)
from services.aftercare.detentions.rules import BeforeDetention
from services.aftercare.needs.rules import LifeDomainTwice, UnknownLifeDomain
from services.aftercare.tests.cases import DETENTION, HOUSE
from shared.rules import BrokenRule

REPORT = Report(held_on=date(2015, 5, 12), needs=("housing",), offered=True, accepted=None, outcome="wants a room")
ASKED = Conversation(
    conversation_id=UUID(int=7),
    house="house",
    detention_id=DETENTION.detention_id,
    provider="goodwork",
    asked_on=date(2015, 5, 6),
    report=None,
)
HELD = replace(ASKED, provider=None, asked_on=None, report=REPORT)


def recorded(conversation: Conversation, others: Sequence[Conversation] = ()) -> Conversation:
    return record(conversation, DETENTION, others, HOUSE)


def reported(told: Report, conversation: Conversation = ASKED) -> Conversation:
    return report(conversation, told, DETENTION, HOUSE)


@pytest.mark.parametrize(
    "conversation", [ASKED, HELD, replace(HELD, provider="goodwork"), replace(ASKED, report=REPORT)]
)
def test_a_provider_is_asked_or_somebody_holds_it_and_the_same_again_is_the_one_that_stands(
    conversation: Conversation,
) -> None:
    assert recorded(conversation) == conversation
    assert recorded(replace(conversation, conversation_id=UUID(int=8)), [conversation]) is conversation


def test_needs_go_in_the_order_of_the_house() -> None:
    held = recorded(replace(HELD, report=replace(REPORT, needs=("care", "identity"))))
    assert held.report and held.report.needs == ("identity", "care")


@pytest.mark.parametrize(
    ("conversation", "rule", "field"),
    [
        (replace(ASKED, asked_on=None), NothingSaid, "report"),
        (replace(ASKED, provider=None), NobodyAsked, "provider"),
        (replace(ASKED, provider="nobody"), UnknownProvider, "provider"),
        (replace(ASKED, asked_on=date(2015, 3, 1)), BeforeDetention, "askedOn"),
    ],
)
def test_what_can_not_be_asked_is_refused_with_the_field_to_blame(
    conversation: Conversation, rule: type[BrokenRule], field: str
) -> None:
    with pytest.raises(rule) as refused:
        recorded(conversation)
    assert refused.value.field == field


@pytest.mark.parametrize(
    ("told", "rule", "field"),
    [
        (replace(REPORT, held_on=date(2015, 5, 5)), HeldBeforeAsked, "heldOn"),
        (replace(REPORT, held_on=date(2015, 3, 1)), BeforeDetention, "heldOn"),
        (replace(REPORT, needs=("love",)), UnknownLifeDomain, "needs[0]"),
        (replace(REPORT, needs=("care", "care")), LifeDomainTwice, "needs[1]"),
        (replace(REPORT, offered=False, accepted=False), NothingOffered, "accepted"),
    ],
)
def test_a_wrong_report_is_refused_with_the_field_to_blame(told: Report, rule: type[BrokenRule], field: str) -> None:
    with pytest.raises(rule) as refused:
        reported(told)
    assert refused.value.field == field


def test_a_conversation_that_was_asked_for_is_reported_once() -> None:
    held = reported(REPORT)
    assert held == replace(ASKED, report=REPORT)
    assert reported(REPORT, held) is held
    with pytest.raises(AlreadyHeld):
        reported(replace(REPORT, outcome="wants nothing"), held)
