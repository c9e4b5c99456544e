"""What providers invoice, paid out of what they were promised."""

from typing import Any
from uuid import uuid4

import pytest

from services.aftercare.tests.given import BOOKED, YEAR, euros, judgement
from shared.testing.service import RunningService

INVOICED_ON = "2015-06-30"


@pytest.fixture
def assignment(line: None, aftercare: RunningService) -> str:
    """One that Exodus carries out, with € 1,000 promised for it."""
    assignment_id = str(uuid4())
    promise(aftercare, assignment_id)
    return assignment_id


def promise(aftercare: RunningService, assignment_id: str, amount: str = "1000", provider: str = "exodus") -> str:
    promised = {"line": "trajectories", "provider": provider, "municipality": "Gouda", "amount": euros(amount)}
    answer = aftercare.post(f"{YEAR}/commitments", BOOKED | promised | {"assignmentId": assignment_id})
    assert answer.status == 201
    return str(answer.body["about"])


def invoiced(aftercare: RunningService, assignment_id: str, amount: str, **differently: Any) -> list[dict[str, str]]:
    """The problems of an invoice."""
    usual = {"assignmentId": assignment_id, "number": "F-1", "amount": euros(amount), "invoicedOn": INVOICED_ON}
    invoice = {"partner": "exodus"} | usual | differently
    return judgement(aftercare, "invoices.received.v1", invoice, uuid4())


def commitments(aftercare: RunningService) -> list[tuple[str, str]]:
    """What is left of each, and what is spent."""
    found = aftercare.get("/v1/commitments").body["items"]
    return [(each["remaining"]["amount"], each["spent"]["amount"]) for each in found]


def test_an_invoice_is_paid_out_of_what_was_promised_for_its_assignment(
    assignment: str, aftercare: RunningService
) -> None:
    assert invoiced(aftercare, assignment, "400.50") == []
    assert invoiced(aftercare, assignment, "599.50", number="F-2") == []
    assert commitments(aftercare) == [("0.00", "1000.00")]
    entries = aftercare.get("/v1/ledger-entries").body["items"]
    paid = [(each["bookedBy"], each["bookedOn"], each["decision"]) for each in entries if each["kind"] == "spending"]
    assert paid == [("exodus", INVOICED_ON, "invoice F-1"), ("exodus", INVOICED_ON, "invoice F-2")]


def test_one_above_its_commitment_is_refused_and_may_be_mended(assignment: str, aftercare: RunningService) -> None:
    [problem] = invoiced(aftercare, assignment, "1000.01")
    assert problem == {
        "field": "data.amount",
        "reason": "is € 0.01 more than is left of the commitment",
        "code": "overdrawn",
    }
    assert commitments(aftercare) == [("1000.00", "0.00")]
    assert invoiced(aftercare, assignment, "1000.00") == []
    assert commitments(aftercare) == [("0.00", "1000.00")]


def test_a_number_is_paid_once_for_each_provider(assignment: str, aftercare: RunningService) -> None:
    assert invoiced(aftercare, assignment, "100") == []
    [problem] = invoiced(aftercare, assignment, "100")
    assert problem == {
        "field": "data.number",
        "reason": "is the number of an invoice that was accepted before",
        "code": "invoiced_before",
    }
    promise(aftercare, assignment, provider="werkshop")
    assert invoiced(aftercare, assignment, "100", partner="werkshop") == []
    assert commitments(aftercare) == [("900.00", "100.00"), ("900.00", "100.00")]


def test_what_was_promised_to_another_provider_pays_nothing(assignment: str, aftercare: RunningService) -> None:
    [problem] = invoiced(aftercare, assignment, "100", partner="werkshop")
    assert problem == {
        "field": "data.assignmentId",
        "reason": "has no commitment to pay the invoice from",
        "code": "nothing_promised",
    }
    assert commitments(aftercare) == [("1000.00", "0.00")]


@pytest.mark.usefixtures("line")
def test_an_assignment_without_a_commitment_pays_nothing(aftercare: RunningService) -> None:
    [problem] = invoiced(aftercare, str(uuid4()), "100")
    assert problem["field"] == "data.assignmentId"
    assert aftercare.parked() == []


def test_of_two_commitments_the_one_with_something_left_pays(assignment: str, aftercare: RunningService) -> None:
    assert invoiced(aftercare, assignment, "1000") == []
    promise(aftercare, assignment, "250")
    assert invoiced(aftercare, assignment, "250", number="F-2") == []
    assert sorted(commitments(aftercare)) == [("0.00", "1000.00"), ("0.00", "250.00")]


def test_a_closed_year_pays_nothing(assignment: str, aftercare: RunningService) -> None:
    assert invoiced(aftercare, assignment, "1000") == []
    assert aftercare.post(f"{YEAR}/closing", BOOKED, "manager").status == 204
    [problem] = invoiced(aftercare, assignment, "1", number="F-2")
    assert problem["field"] == "data.assignmentId"
