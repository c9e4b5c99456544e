"""What is lent to people and paid back, over HTTP."""

import pytest

from services.aftercare.tests.bookings import standing
from services.aftercare.tests.given import BookInYear, euros, known_case
from shared.testing.service import RunningService


@pytest.mark.usefixtures("line")
def test_an_advance_is_paid_back_by_instalments(aftercare: RunningService, book: BookInYear) -> None:
    plan = [{"dueOn": f"2015-0{month}-01", "amount": euros("50.00")} for month in (5, 6, 7)]
    case_id = known_case(aftercare)
    lent = {"line": "trajectories", "caseId": case_id, "municipality": "Gouda", "amount": "150", "instalments": plan}
    path = f"/v1/advances/{book('advances', **lent).body['about']}"
    assert book("repayments", path, amount="60").status == 201
    assert book("repayments", path, amount="90.01").wrong_fields == ["amount"]
    query = {"caseId": case_id}
    [found] = aftercare.get("/v1/advances", **query, on="2015-06-15").body["items"]
    assert (found["outstanding"], found["overdue"]) == (euros("90.00"), euros("40.00"))
    assert found["instalments"] == plan
    assert standing(aftercare)["advances"] == "90.00"


@pytest.mark.usefixtures("line")
def test_instalments_must_add_up_to_the_advance(aftercare: RunningService, book: BookInYear) -> None:
    plan = [{"dueOn": "2015-05-01", "amount": euros("50")}]
    lent = {
        "line": "trajectories",
        "caseId": known_case(aftercare),
        "municipality": "Gouda",
        "amount": "51",
        "instalments": plan,
    }
    assert book("advances", **lent).wrong_fields == ["instalments"]
