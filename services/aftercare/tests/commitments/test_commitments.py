"""What is promised to providers on a line, paid and given back, over HTTP."""

from typing import Any
from uuid import uuid4

import pytest

from services.aftercare.tests.bookings import commitment, standing
from services.aftercare.tests.given import BOOKED, YEAR, BookInYear, euros
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
