"""What is lent to people, paid back, written off and carried over to the next year, over HTTP."""

from typing import Any

import pytest

from services.aftercare.tests.bookings import lent, standing
from services.aftercare.tests.given import SUPPORT_YEAR, BookInYear, euros, known_case
from shared.testing.service import RunningService

NEXT_YEAR = "/v1/funds/voluntary_trajectories/2016"
pytestmark = pytest.mark.usefixtures("advances_line")


def advances_of(aftercare: RunningService, year: int) -> dict[str, str]:
    """What the account of the year says of advances, without what is nothing."""
    found = aftercare.get(f"/v1/accounts/voluntary_trajectories/{year}").body["advances"]
    return {name: amount["amount"] for name, amount in found.items() if amount["amount"] != "0.00"}


def test_an_advance_is_paid_back_by_instalments(aftercare: RunningService, book: BookInYear) -> None:
    path = f"/v1/advances/{lent(aftercare, book).body['about']}"
    assert book("repayments", path, amount="60").status == 201
    assert book("repayments", path, amount="90.01").wrong_fields == ["amount"]
    [found] = aftercare.get("/v1/advances", on="2015-06-15").body["items"]
    assert (found["outstanding"], found["overdue"]) == (euros("90.00"), euros("40.00"))
    assert (found["lentOn"], found["instalments"][1]) == (
        "2015-03-04",
        {"dueOn": "2015-06-01", "amount": euros("50.00")},
    )
    assert standing(aftercare, "advances", SUPPORT_YEAR)["advances"] == "90.00"
    assert advances_of(aftercare, 2015) == {"lent": "150.00", "repaid": "60.00", "outstanding": "90.00"}


def test_an_advance_that_is_not_paid_back_is_written_off_with_a_reason(
    aftercare: RunningService, book: BookInYear
) -> None:
    path = f"/v1/advances/{lent(aftercare, book).body['about']}"
    written_off = book("write-offs", path, amount="150", because="Overleden")
    assert (written_off.body["kind"], written_off.body["because"]) == ("write_off", "Overleden")
    account = aftercare.get("/v1/accounts/voluntary_trajectories/2015").body
    assert [(each["kind"], each["amount"]) for each in account["kinds"]] == [("advance", euros("150.00"))]
    assert [(each["municipality"], each["spent"]) for each in account["municipalities"]] == [("Gouda", euros("150.00"))]
    assert advances_of(aftercare, 2015) == {"lent": "150.00", "writtenOff": "150.00"}
    assert book("write-offs", path, caller="coordinator", amount="1").status == 403
    assert book("write-offs", path, amount="1", because=" ").status == 400
    assert book("correction", f"/v1/ledger-entries/{written_off.body['entryId']}").status == 201
    assert advances_of(aftercare, 2015) == {"lent": "150.00", "outstanding": "150.00"}


@pytest.mark.parametrize(
    ("differently", "field"),
    [
        ({"instalments": [{"dueOn": "2015-05-01", "amount": euros("149")}]}, "instalments"),
        ({"instalments": [{"dueOn": "2015-03-03", "amount": euros("150")}]}, "instalments[0].dueOn"),
        ({"instalments": [{"dueOn": "2062-05-01", "amount": euros("150")}]}, "instalments[0].dueOn"),
        ({"line": "support"}, "line"),
    ],
)
def test_an_advance_that_cannot_be_is_refused(
    aftercare: RunningService, book: BookInYear, differently: dict[str, Any], field: str
) -> None:
    answer = lent(aftercare, book, **differently)
    assert (answer.status, answer.wrong_fields) == (422, [field])


def test_nothing_is_repaid_before_it_is_lent(aftercare: RunningService, book: BookInYear) -> None:
    path = f"/v1/advances/{lent(aftercare, book).body['about']}"
    assert book("repayments", path, amount="1", bookedOn="2015-03-03").wrong_fields == ["bookedOn"]


def test_an_advance_outlives_its_year(aftercare: RunningService, book: BookInYear) -> None:
    path = f"/v1/advances/{lent(aftercare, book).body['about']}"
    book("repayments", path, amount="50")
    assert book("closing", SUPPORT_YEAR, bookedOn="2016-02-01").status == 204
    closed = {"lent": "150.00", "repaid": "50.00", "carriedOver": "100.00"}
    assert advances_of(aftercare, 2015) == closed
    assert advances_of(aftercare, 2016) == {"carriedIn": "100.00", "outstanding": "100.00"}
    assert book("repayments", path, amount="30", bookedOn="2016-03-01").status == 201
    assert book("write-offs", path, amount="70", bookedOn="2016-03-02").status == 201
    assert advances_of(aftercare, 2015) == closed
    assert advances_of(aftercare, 2016) == {"carriedIn": "100.00", "repaid": "30.00", "writtenOff": "70.00"}
    [found] = aftercare.get("/v1/advances", on="2016-06-15").body["items"]
    assert (found["year"], found["outstanding"]) == (2016, euros("0.00"))
    assert standing(aftercare, "advances", NEXT_YEAR)["available"] == "30.00"
    carried = [each for each in aftercare.get("/v1/ledger-entries").body["items"] if each["kind"] == "carry_over"]
    assert [each["year"] for each in carried] == [2015, 2016]
    assert book("correction", f"/v1/ledger-entries/{carried[1]['entryId']}").wrong_fields == ["entryId"]


def test_a_year_with_an_advance_is_not_closed_without_a_next_year(aftercare: RunningService, book: BookInYear) -> None:
    assert book("contributions", NEXT_YEAR, municipality="Gouda", amount="100", bookedOn="2016-03-04").status == 201
    assert book("budgets", NEXT_YEAR, line="advances", amount="100", bookedOn="2016-03-04").status == 201
    plan = [{"dueOn": "2016-05-01", "amount": euros("100")}]
    person = {"caseId": known_case(aftercare), "municipality": "Gouda"}
    advance = person | {"line": "advances", "instalments": plan, "bookedOn": "2016-03-04"}
    assert book("advances", NEXT_YEAR, amount="100", **advance).status == 201
    refused = book("closing", NEXT_YEAR, bookedOn="2016-03-04")
    assert refused.wrong_fields == ["year"]
    assert "€ 100.00 lent, and the fund has no open year 2017" in refused.text
