"""What DJI and providers send for aftercare to judge, on a real database."""

import json
from typing import Any
from uuid import UUID, uuid4

import pytest
from hypothesis import given
from hypothesis import strategies as st
from marshmallow import ValidationError

from services.intake.messages.outflow_lists import COLUMNS, OutflowRows
from services.intake.tests.given import (
    BSN,
    DETENTION,
    NOTICE,
    OTHER_BSN,
    POLICE,
    PRISONS,
    PROVIDER,
    delivery,
    message,
)
from services.intake.tests.integration.desk import Desk

RELEASE = "release-dates.submitted.v1"
LIST = "outflow-lists.submitted.v1"
INVOICE = "invoices.submitted.v1"
HEADER = ";".join(COLUMNS)
RELEASED = {"reference": "R-1", "subject": NOTICE["subject"], "detainedOn": "2015-05-30", "releaseOn": "2015-09-01"}
KNOWN = f"{BSN};Jansen;Piet;1990-02-03;man;Dorp;PI Dorp;2014-03-02;2014-08-01"
STRANGER = f"{OTHER_BSN};De Boer;Kees;1980-01-01;man;Stad;PI Stad;2014-01-05;2014-02-01"


def detained(desk: Desk) -> str:
    """A detention notice came: gives the case."""
    desk.send(DETENTION, PRISONS, type="detention-notices.submitted.v1")
    [event] = desk.announced("detentions.registered.v1")
    return str(event["subject"])


def outflow(*rows: str, **changes: Any) -> dict[str, Any]:
    return {"reference": "U-1", "year": 2014, "part": 1, "parts": 2, "list": "\n".join((HEADER, *rows)), **changes}


def judge(desk: Desk, message_id: UUID, partner: str = "dji", *problems: dict[str, str]) -> None:
    data = {"messageId": str(message_id), "partner": partner, "problems": list(problems)}
    desk.hear("submissions.judged.v1", data)


def given_assignment(desk: Desk, **differently: Any) -> str:
    """The provider gets something to do; gives its id."""
    case_id, id = detained(desk), str(uuid4())
    usual = {"assignmentId": id, "partner": "exodus", "kind": "trajectory", "trajectoryKind": "guidance"}
    desk.hear(
        "assignments.given.v1", usual | {"needs": ["housing"], "startsOn": "2015-06-15"} | differently, case_id=case_id
    )
    return id


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


def wrong_fields(desk: Desk, partner: Any) -> list[str]:
    return [problem["field"] for told in desk.told(partner, "messages.refused.v1") for problem in told["problems"]]


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
    }
    assert not [word for word in (BSN, "Jansen", "Piet", "1990-02-03", "R-1") if word in json.dumps(event)]


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
    problem = {"field": "data.detainedOn", "reason": "no detention of this person began on that day"}
    judge(desk, message_id, "dji", problem)
    assert desk.told(PRISONS, "messages.refused.v1") == [{"messageId": str(message_id), "problems": [problem]}]


def test_the_same_message_again_is_answered_once_it_is_judged_and_never_handed_on_twice(desk: Desk) -> None:
    detained(desk)
    again = delivery(document := message(RELEASED, PRISONS, RELEASE), PRISONS)
    desk.take(again, again)
    judge(desk, UUID(document["id"]))
    desk.take(again)
    assert len(desk.announced("release-dates.reported.v1")) == 1
    receipts = [each for each in desk.told(PRISONS, "messages.accepted.v1") if each["messageId"] == document["id"]]
    assert len(receipts) == 2


def test_a_release_date_of_a_stranger_is_refused_and_registers_nobody(desk: Desk) -> None:
    desk.send(RELEASED, PRISONS, type=RELEASE)
    assert wrong_fields(desk, PRISONS) == ["data.subject"]
    assert desk.rows("SELECT count(*) FROM subjects") == [(0,)]


def test_a_release_before_the_detention_is_refused(desk: Desk) -> None:
    detained(desk)
    desk.send(RELEASED | {"releaseOn": "2015-05-29"}, PRISONS, type=RELEASE)
    assert wrong_fields(desk, PRISONS) == ["data.releaseOn"]


def test_each_row_of_an_outflow_list_is_handed_on_and_nobody_is_registered(desk: Desk) -> None:
    case_id = detained(desk)
    message_id = desk.send(outflow(KNOWN, STRANGER), PRISONS, type=LIST)
    known, stranger = desk.announced("outflows.reported.v1")
    part = {"messageId": str(message_id), "partner": "dji", "listYear": 2014, "part": 1, "parts": 2, "rows": 2}
    assert known["subject"] == case_id
    assert "subject" not in stranger
    assert known["data"] == part | {
        "row": 1,
        "municipality": "Dorp",
        "institution": "PI Dorp",
        "detainedOn": "2014-03-02",
        "releasedOn": "2014-08-01",
    }
    assert stranger["data"]["row"] == 2
    assert desk.rows("SELECT count(*) FROM subjects") == [(1,)]
    assert not [word for word in (BSN, OTHER_BSN, "Jansen", "Boer") if word in json.dumps([known, stranger])]


def test_every_wrong_cell_is_told_at_once_without_what_stands_in_it(desk: Desk) -> None:
    wrong = f"123456789;;Kees;1980-01-32;man;Maan;;2014-03-02;2014-03-01;{BSN}"
    desk.send(outflow(KNOWN, wrong), PRISONS, type=LIST)
    [told] = desk.told(PRISONS, "messages.refused.v1")
    fields = {problem["field"].removeprefix("data.list[1].") for problem in told["problems"]}
    assert fields == {"bsn", "birth_date", "institution", "municipality", "released_on", "column10"}
    assert not [word for word in ("123456789", BSN, "Kees", "Maan") if word in json.dumps(told)]
    assert desk.announced("outflows.reported.v1") == []


@pytest.mark.parametrize("text", ["", "bsn;name\n1;2", HEADER, HEADER + '\n"x', "\n" + HEADER])
def test_what_is_no_list_is_refused(desk: Desk, text: str) -> None:
    desk.send(outflow(list=text), PRISONS, type=LIST)
    assert wrong_fields(desk, PRISONS) == ["data.list"]


def test_a_part_beyond_the_last_is_refused(desk: Desk) -> None:
    desk.send(outflow(KNOWN, part=3), PRISONS, type=LIST)
    assert wrong_fields(desk, PRISONS) == ["data.part"]


@given(st.text())
def test_no_text_makes_the_list_fail_otherwise_than_by_a_refusal(text: str) -> None:
    try:
        rows = OutflowRows().deserialize(text)
    except ValidationError:
        return
    assert rows


def test_a_provider_hears_what_to_do_and_about_whom_no_more_than_that_needs(desk: Desk) -> None:
    assignment_id = given_assignment(desk)
    assert desk.told(PROVIDER, "assignments.sent.v1") == [
        {
            "assignmentId": assignment_id,
            "kind": "trajectory",
            "trajectoryKind": "guidance",
            "needs": ["housing"],
            "startsOn": "2015-06-15",
            "subject": {
                "familyName": "Jansen",
                "givenNames": "Piet",
                "birthDate": "1990-02-03",
                "municipality": "Dorp",
            },
        }
    ]
    assert desk.rows("SELECT disclosed_to, purpose FROM disclosures") == [("noord.exodus", "trajectory")]


def test_a_partner_that_gets_no_assignments_is_told_nothing(desk: Desk) -> None:
    given_assignment(desk, partner="politie")
    assert desk.told(POLICE, "assignments.sent.v1") == []
    assert desk.parked() == [["partner"]]


PAID = {"number": "2015-1", "amount": {"amount": "12.50", "currency": "EUR"}, "invoicedOn": "2015-06-01"}


@pytest.mark.parametrize(
    ("type", "report", "event"),
    [
        (INVOICE, PAID, "invoices.received.v1"),
        ("trajectory-progress.submitted.v1", {"on": "2015-06-01", "step": "intake"}, "trajectory-progress.reported.v1"),
        (
            "conversation-reports.submitted.v1",
            {"heldOn": "2015-06-01", "needs": ["debts"], "offered": True, "accepted": False, "outcome": "wil niet"},
            "conversations.reported.v1",
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
    assert told["data"] == sent | report


def test_another_partners_assignment_is_refused(desk: Desk) -> None:
    given_assignment(desk, partner="politie")
    desk.send(invoice(str(uuid4())), PROVIDER, type=INVOICE)
    assert wrong_fields(desk, PROVIDER) == ["data.assignmentId"]
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
    assert wrong_fields(desk, PROVIDER) == [field]
