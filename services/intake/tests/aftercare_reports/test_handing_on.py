"""What DJI and providers report for aftercare to judge, on a real database."""

import json
from typing import Any
from uuid import UUID, uuid4

import pytest

from services.intake.contributions.handlers import disclosed_contributions
from services.intake.contributions.messages import ContributionsQuery
from services.intake.tests.assigned import detained, given_assignment
from services.intake.tests.desk import Desk
from services.intake.tests.given import BSN, NOTICE, PRISONS, PROVIDER, delivery, message
from shared.web import Caller

RELEASE = "release-dates.submitted.v1"
INVOICE = "invoices.submitted.v1"
CONVERSATION = "conversation-reports.submitted.v1"
HELD = {"heldOn": "2015-06-01", "needs": ["debts"], "offered": True, "accepted": False}
RELEASED = {"reference": "R-1", "subject": NOTICE["subject"], "detainedOn": "2015-05-30", "releaseOn": "2015-09-01"}
PAID = {"number": "2015-1", "amount": {"amount": "12.50", "currency": "EUR"}, "invoicedOn": "2015-06-01"}

COORDINATOR = Caller(
    id="a-1",
    name="",
    house="noord",
    roles=frozenset({"aftercare_coordinator"}),
    organisation="noord",
    origin="t",
)


def judge(desk: Desk, message_id: UUID, partner: str = "dji", *problems: dict[str, str]) -> None:
    data = {"messageId": str(message_id), "partner": partner, "problems": list(problems)}
    desk.hear("submissions.judged.v1", data)


def invoice(assignment_id: str, **changes: Any) -> dict[str, Any]:
    amount = {"amount": "12.50", "currency": "EUR"}
    return {
        "reference": "F-1",
        "assignmentId": assignment_id,
        "number": "2015-1",
        "amount": amount,
        "invoicedOn": "2015-06-01",
        **changes,
    }


def conversation(assignment_id: str, outcome: str) -> dict[str, Any]:
    return {"reference": "G-1", "assignmentId": assignment_id} | HELD | {"outcome": outcome}


def test_a_release_date_is_handed_on_without_who_it_is_about(desk: Desk) -> None:
    case_id = detained(desk)
    message_id = desk.send(RELEASED, PRISONS, type=RELEASE)
    [event] = desk.announced("release-dates.reported.v1")
    assert event["subject"] == case_id
    assert event["data"] == {
        "messageId": str(message_id),
        "partner": "dji",
        "detainedOn": "2015-05-30",
        "releaseOn": "2015-09-01",
        "reportedOn": "2015-06-01",
        "reportedAt": "2015-06-01T09:00:00+02:00",
    }
    assert not [word for word in (BSN, "Jansen", "Piet", "1990-02-03", "R-1") if word in json.dumps(event)]


def test_a_partner_may_say_that_no_release_date_is_known_any_more(desk: Desk) -> None:
    detained(desk)
    desk.send({name: value for name, value in RELEASED.items() if name != "releaseOn"}, PRISONS, type=RELEASE)
    [event] = desk.announced("release-dates.reported.v1")
    assert "releaseOn" not in event["data"]


def test_its_sender_gets_the_receipt_once_it_is_judged(desk: Desk) -> None:
    detained(desk)
    message_id = desk.send(RELEASED, PRISONS, type=RELEASE)
    assert len(desk.told(PRISONS, "messages.accepted.v1")) == 1  # that of the detention notice
    judge(desk, message_id)
    judge(desk, message_id)
    _, *receipts = desk.told(PRISONS, "messages.accepted.v1")
    assert receipts == [{"messageId": str(message_id), "reference": "R-1"}]


def test_its_sender_hears_what_aftercare_finds_wrong(desk: Desk) -> None:
    detained(desk)
    message_id = desk.send(RELEASED, PRISONS, type=RELEASE)
    problem = {
        "field": "data.detainedOn",
        "reason": "no detention of this person began on that day",
        "code": "unknown_detention",
    }
    judge(desk, message_id, "dji", problem)
    assert desk.told(PRISONS, "messages.refused.v1") == [{"messageId": str(message_id), "problems": [problem]}]


def test_the_same_message_again_is_answered_once_it_is_judged_and_never_handed_on_twice(desk: Desk) -> None:
    detained(desk)
    again = delivery(document := message(RELEASED, PRISONS, RELEASE), PRISONS)
    desk.take(again, again)
    judge(desk, UUID(document["id"]))
    desk.take(again)
    assert len(desk.announced("release-dates.reported.v1")) == 1
    told = desk.told(PRISONS, "messages.accepted.v1")
    receipts = [receipt for receipt in told if receipt["messageId"] == document["id"]]
    assert len(receipts) == 2


def test_a_release_date_of_a_stranger_is_refused_and_registers_nobody(desk: Desk) -> None:
    desk.send(RELEASED, PRISONS, type=RELEASE)
    assert desk.wrong_fields(PRISONS) == ["data.subject"]
    assert desk.rows("SELECT count(*) FROM subjects") == [(0,)]


def test_a_release_before_the_detention_is_refused(desk: Desk) -> None:
    detained(desk)
    desk.send(RELEASED | {"releaseOn": "2015-05-29"}, PRISONS, type=RELEASE)
    assert desk.wrong_fields(PRISONS) == ["data.releaseOn"]


@pytest.mark.parametrize(
    ("type", "report", "event"),
    [
        (INVOICE, PAID, "invoices.received.v1"),
        ("trajectory-progress.submitted.v1", {"on": "2015-06-01", "step": "intake"}, "trajectory-progress.reported.v1"),
        (
            CONVERSATION,
            HELD | {"outcome": "wil niet"},
            "conversations.reported.v2",
        ),
    ],
)
def test_a_providers_report_is_handed_on_with_its_case(
    desk: Desk, type: str, report: dict[str, Any], event: str
) -> None:
    assignment_id = given_assignment(desk)
    message_id = desk.send({"reference": "X", "assignmentId": assignment_id} | report, PROVIDER, type=type)
    [told] = desk.announced(event)
    [detention] = desk.announced("detentions.registered.v1")
    assert told["subject"] == detention["subject"]
    sent = {"messageId": str(message_id), "partner": "exodus", "assignmentId": assignment_id}
    assert told["data"] == sent | {name: value for name, value in report.items() if name != "outcome"}


def test_the_outcome_of_a_conversation_is_told_for_aftercare_under_the_conversations_id(desk: Desk) -> None:
    assignment_id = given_assignment(desk)
    for hour, outcome in ((8, "wil niet"), (9, "wil toch")):
        told_at = f"2015-06-01T0{hour}:00:00+02:00"
        desk.send(conversation(assignment_id, outcome), PROVIDER, type=CONVERSATION, time=told_at)
    query = ContributionsQuery(contribution_ids=(UUID(assignment_id),), purpose="aftercare")
    with desk.unit() as unit:
        [told] = disclosed_contributions(COORDINATOR, query, unit)
    assert (told.kind, told.organisation) == ("outcome", "exodus")
    assert [version.text for version in told.versions] == ["wil niet", "wil toch"]


def test_no_outcome_is_kept_of_somebody_who_is_forgotten(desk: Desk) -> None:
    assignment_id = given_assignment(desk)
    with desk.unit() as unit:
        unit.connection.execute("UPDATE subjects SET data_key = '', details = NULL")
    desk.send(conversation(assignment_id, "wil niet"), PROVIDER, type=CONVERSATION)
    assert len(desk.announced("conversations.reported.v2")) == 1
    assert desk.rows("SELECT count(*) FROM sealed_texts") == [(0,)]


def test_another_partners_assignment_is_refused(desk: Desk) -> None:
    given_assignment(desk, partner="politie")
    desk.send(invoice(str(uuid4())), PROVIDER, type=INVOICE)
    assert desk.wrong_fields(PROVIDER) == ["data.assignmentId"]
    assert desk.announced("invoices.received.v1") == []


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"amount": {"amount": "-1", "currency": "EUR"}}, "data.amount.amount"),
        ({"amount": {"amount": "0.00", "currency": "EUR"}}, "data.amount.amount"),
        ({"amount": {"amount": "1.001", "currency": "EUR"}}, "data.amount.amount"),
        ({"amount": {"amount": 1, "currency": "EUR"}}, "data.amount.amount"),
        ({"amount": {"amount": "1", "currency": "USD"}}, "data.amount.currency"),
        ({"invoicedOn": "2099-01-01"}, "data.invoicedOn"),
    ],
)
def test_a_wrong_invoice_is_refused_at_the_door(desk: Desk, changes: dict[str, Any], field: str) -> None:
    desk.send(invoice(given_assignment(desk), **changes), PROVIDER, type=INVOICE)
    assert desk.wrong_fields(PROVIDER) == [field]
