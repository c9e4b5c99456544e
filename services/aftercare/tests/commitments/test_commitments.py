"""What is promised to providers on a line, paid and given back, over HTTP."""

from typing import Any
from uuid import uuid4

import pytest

from services.aftercare.tests.bookings import commitment, conversation, standing, trajectory
from services.aftercare.tests.given import BOOKED, SUPPORT_YEAR, YEAR, BookInYear, euros
from shared.testing.service import RunningService


@pytest.mark.usefixtures("line")
def test_a_line_is_committed_spent_and_released(aftercare: RunningService, book: BookInYear) -> None:
    path = f"/v1/commitments/{commitment(book).body['about']}"
    assert book("spendings", path, amount="400.50").status == 201
    assert book("releases", path, amount="99.50").status == 201
    amounts = {
        "budget": "10000.00",
        "available": "9099.50",
        "committed": "500.00",
        "spent": "400.50",
        "advances": "0.00",
        "carriedOver": "0.00",
    }
    assert standing(aftercare) == amounts
    [listed] = aftercare.get("/v1/commitments", line="trajectories").body["items"]
    assert (listed["remaining"], listed["spent"]) == (euros("500.00"), euros("400.50"))
    assert listed["needs"] == ["housing", "care"]


@pytest.mark.parametrize("amount", ["0", "-5", "0.001", "1e3", "1,50", "99999999999", ""])
@pytest.mark.usefixtures("line")
def test_only_euros_and_cents_above_zero_are_booked(aftercare: RunningService, book: BookInYear, amount: str) -> None:
    answer = commitment(book, amount)
    assert (answer.status, answer.wrong_fields) == (400, ["amount.amount"])
    assert standing(aftercare)["available"] == "10000.00"


@pytest.mark.usefixtures("line")
def test_another_currency_and_a_number_are_refused(book: BookInYear) -> None:
    assert commitment(book, amount={"amount": "5", "currency": "USD"}).wrong_fields == ["amount.currency"]  # type: ignore[arg-type]
    assert commitment(book, amount={"amount": 5.1, "currency": "EUR"}).wrong_fields == ["amount.amount"]  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("differently", "field"),
    [
        ({"provider": "nobody"}, "provider"),
        ({"line": "nothing"}, "line"),
        ({"municipality": "Utrecht"}, "municipality"),
        ({"needs": ["housing", "leisure"]}, "needs[1]"),
        ({"needs": ["housing", "housing"]}, "needs[1]"),
        ({"amount": "10000.01"}, "amount"),
        ({"assignmentId": str(uuid4())}, "assignmentId"),
        ({"bookedOn": "2001-03-04"}, "bookedOn"),
        ({"bookedOn": "2016-07-01"}, "bookedOn"),
        ({"bookedOn": "2199-01-01"}, "bookedOn"),
    ],
)
@pytest.mark.usefixtures("line")
def test_a_commitment_that_cannot_be_is_refused_and_nothing_half_done(
    aftercare: RunningService, book: BookInYear, differently: dict[str, Any], field: str
) -> None:
    answer = commitment(book, **differently)
    assert (answer.status, answer.wrong_fields) == (422, [field])
    assert standing(aftercare)["available"] == "10000.00"
    assert aftercare.get("/v1/commitments").body["items"] == []


@pytest.mark.usefixtures("line")
def test_nothing_is_spent_beyond_the_commitment(book: BookInYear) -> None:
    path = f"/v1/commitments/{commitment(book).body['about']}"
    refused = book("spendings", path, amount="1000.01")
    assert (refused.status, refused.wrong_fields) == (422, ["amount"])
    assert "€ 0.01 more than is left of the commitment" in refused.text


@pytest.mark.usefixtures("line")
def test_the_same_command_with_its_key_moves_money_once(aftercare: RunningService) -> None:
    body = BOOKED | {"line": "trajectories", "provider": "exodus", "amount": euros("1000")}
    key = uuid4()
    first, again = (aftercare.post(f"{YEAR}/commitments", body, key=key) for _ in range(2))
    assert (first.status, first.body) == (again.status, again.body)
    assert standing(aftercare)["committed"] == "1000.00"


@pytest.mark.parametrize(
    ("differently", "field", "reason"),
    [
        ({"provider": "werkshop"}, "provider", "is not the provider of the assignment: exodus"),
        ({"municipality": "Leiden"}, "municipality", "is not the municipality of the assignment: Gouda"),
        ({"municipality": None}, "municipality", "is not the municipality of the assignment: Gouda"),
        ({"line": "conversations"}, "line", "is for conversation, and the assignment is trajectory"),
        ({"line": "work_training"}, "line", "is for work_training, and the assignment is trajectory"),
    ],
)
@pytest.mark.usefixtures("line")
def test_a_commitment_is_for_the_provider_municipality_and_kind_of_its_assignment(
    aftercare: RunningService, book: BookInYear, differently: dict[str, Any], field: str, reason: str
) -> None:
    book("budgets", line="trajectories", amount="1")
    answer = commitment(book, assignmentId=trajectory(aftercare), **differently)
    assert (answer.status, answer.wrong_fields) == (422, [field])
    assert reason in answer.text


def test_a_line_pays_the_kind_of_assignment_that_it_is_for(aftercare: RunningService, book: BookInYear) -> None:
    book("allotments", outflow={"Gouda": 100})
    for line in ("conversations", "work_training"):
        book("budgets", line=line, amount="1000")
    asked = conversation(aftercare)
    assert commitment(book, line="conversations", assignmentId=asked, municipality="Gouda").status == 201
    training = trajectory(aftercare, kind="work_training")
    assert commitment(book, line="work_training", assignmentId=training).status == 201


@pytest.mark.usefixtures("advances_line")
def test_a_line_for_advances_takes_no_commitment(book: BookInYear) -> None:
    assert commitment(lambda what, **body: book(what, SUPPORT_YEAR, **body), line="advances").wrong_fields == ["line"]
