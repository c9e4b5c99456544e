"""What providers invoice, paid out of what they were promised."""

from collections.abc import Iterator
from datetime import date
from decimal import Decimal
from typing import Any
from uuid import uuid4

import pytest

from services.aftercare.invoices.rules import AcceptedInvoice, InvoiceNumber, alike, alike_numbers
from services.aftercare.tests.bookings import trajectory
from services.aftercare.tests.given import BOOKED, YEAR, BookInYear, euros, judgement
from shared.testing.service import RunningService

INVOICED_ON = "2015-06-30"


@pytest.fixture
def assignment(line: None, aftercare: RunningService) -> str:
    """One that Exodus carries out, with € 1,000 promised for it."""
    assignment_id = trajectory(aftercare)
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


def pages(aftercare: RunningService, **query: str) -> Iterator[dict[str, Any]]:
    """The invoices of page after page."""
    page = aftercare.get("/v1/invoices", **query).body
    yield from page["items"]
    while page["next"]:
        page = aftercare.get("/v1/invoices", **query, cursor=page["next"]).body
        yield from page["items"]


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
    reason = "is € 0.01 more than is left of the commitments"
    assert problem == {"field": "data.amount", "reason": reason, "code": "above_commitments"}
    assert commitments(aftercare) == [("1000.00", "0.00")]
    assert invoiced(aftercare, assignment, "1000.00") == []
    assert commitments(aftercare) == [("0.00", "1000.00")]


def test_a_number_is_paid_once_for_each_provider(assignment: str, aftercare: RunningService) -> None:
    assert invoiced(aftercare, assignment, "100") == []
    [problem] = invoiced(aftercare, assignment, "100")
    reason = "is the number of an invoice that was accepted before: F-1 of 2015-06-30, € 100.00"
    assert problem == {"field": "data.number", "reason": reason, "code": "invoiced_before"}
    other = trajectory(aftercare, provider="werkshop")
    promise(aftercare, other, provider="werkshop")
    assert invoiced(aftercare, other, "100", partner="werkshop") == []
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


def test_an_invoice_is_paid_from_several_commitments(assignment: str, aftercare: RunningService) -> None:
    promise(aftercare, assignment, "250")
    [problem] = invoiced(aftercare, assignment, "1250.01")
    assert problem["code"] == "above_commitments"
    assert invoiced(aftercare, assignment, "1100") == []
    assert commitments(aftercare) == [("0.00", "1000.00"), ("150.00", "100.00")]
    [found] = aftercare.get("/v1/invoices", year="2015").body["items"]
    assert found.pop("entryId") in {each["entryId"] for each in aftercare.get("/v1/ledger-entries").body["items"]}
    assert found == {
        "partner": "exodus",
        "number": "F-1",
        "invoicedOn": INVOICED_ON,
        "amount": euros("1100.00"),
        "alike": [],
    }


@pytest.mark.parametrize("other", ["b-2015-7", " B-2015-7 ", "B\u20112015\u20117", "\uff22-2015-7"])
def test_a_number_in_another_spelling_is_the_same_number(
    assignment: str, aftercare: RunningService, other: str
) -> None:
    assert invoiced(aftercare, assignment, "100", number="B-2015-7") == []
    [problem] = invoiced(aftercare, assignment, "100", number=other)
    assert problem["field"] == "data.number"
    assert "B-2015-7 of 2015-06-30" in problem["reason"]


def test_a_number_that_is_only_alike_is_paid_and_shown_as_alike(assignment: str, aftercare: RunningService) -> None:
    for number in ("B-2015-7", "B2015/007", "B-2015-71"):
        assert invoiced(aftercare, assignment, "100", number=number) == []
    found = [*pages(aftercare, year="2015", partner="exodus", limit="1")]
    assert {each["number"]: each["alike"] for each in found} == {
        "B-2015-7": ["B2015/007"],
        "B2015/007": ["B-2015-7"],
        "B-2015-71": [],
    }


def test_of_many_numbers_that_are_alike_the_first_are_shown() -> None:
    numbers = [InvoiceNumber("exodus", f"B-{'0' * zeros}7") for zeros in range(1000)]
    likes = alike_numbers([*numbers, InvoiceNumber("werkshop", "B-7")])
    invoice = AcceptedInvoice(
        entry_id=uuid4(), partner="exodus", number="B-07", invoiced_on=date(2015, 6, 30), amount=Decimal(1)
    )
    shown = ("B-7", *(f"B-{'0' * zeros}7" for zeros in range(2, 21)))
    assert alike(invoice, likes) == shown
    assert max(map(len, likes.values())) == len(shown) + 1


def test_a_cursor_is_an_invoice(aftercare: RunningService) -> None:
    assert aftercare.get("/v1/invoices", year="2015", cursor=str(uuid4())).status == 422


def test_a_number_counts_anew_in_the_next_year(assignment: str, aftercare: RunningService) -> None:
    assert invoiced(aftercare, assignment, "100", number="71") == []
    assert invoiced(aftercare, assignment, "100", number="71", invoicedOn="2016-01-04") == []
    assert invoiced(aftercare, assignment, "100", number="71", invoicedOn="2016-01-05") != []


def test_the_right_invoice_comes_under_the_number_of_one_that_was_corrected(
    assignment: str, aftercare: RunningService, book: BookInYear
) -> None:
    assert invoiced(aftercare, assignment, "1000") == []
    [paid] = aftercare.get("/v1/ledger-entries", kind="spending").body["items"]
    assert book("correction", f"/v1/ledger-entries/{paid['entryId']}", bookedOn="2015-07-01").status == 201
    assert [*pages(aftercare, year="2015")] == []
    assert invoiced(aftercare, assignment, "100") == []
    assert commitments(aftercare) == [("900.00", "100.00")]


@pytest.mark.parametrize("day", ["2014-12-31", "2016-07-01"])
def test_an_invoice_outside_its_year_and_the_accrual_window_is_refused(
    assignment: str, aftercare: RunningService, day: str
) -> None:
    [problem] = invoiced(aftercare, assignment, "100", invoicedOn=day)
    assert problem["field"] == "data.invoicedOn"
    assert commitments(aftercare) == [("1000.00", "0.00")]


def test_a_closed_year_pays_nothing(assignment: str, aftercare: RunningService) -> None:
    assert invoiced(aftercare, assignment, "1000") == []
    assert aftercare.post(f"{YEAR}/closing", BOOKED | {"bookedOn": INVOICED_ON}, "manager").status == 204
    [problem] = invoiced(aftercare, assignment, "1", number="F-2")
    assert problem["field"] == "data.assignmentId"
    assert "nothing left" in problem["reason"]
