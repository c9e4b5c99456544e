"""A year of a fund over HTTP, from the allotment to the closing."""

from typing import Any
from uuid import uuid4

import pytest

from services.aftercare.tests.integration.given import BOOKED, OUTFLOW, YEAR, Book, euros
from shared.testing.service import Answer, RunningService


def commitment(book: Book, amount: str = "1000", **differently: Any) -> Answer:
    promised = {"line": "trajectories", "provider": "exodus", "municipality": "Gouda", "needs": ["housing", "care"]}
    return book("commitments", amount=amount, **promised | differently)


def standing(aftercare: RunningService) -> dict[str, str]:
    """How the line for trajectories stands."""
    [found] = [each for each in aftercare.get(YEAR).body["lines"] if each["line"] == "trajectories"]
    return {name: amount["amount"] for name, amount in found.items() if name != "line"}


@pytest.mark.usefixtures("line")
def test_a_line_is_committed_spent_and_released(aftercare: RunningService, book: Book) -> None:
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
    [listed] = aftercare.get("/v1/commitments", house=aftercare.house, line="trajectories").body["items"]
    assert (listed["remaining"], listed["spent"]) == (euros("500.00"), euros("400.50"))
    assert listed["needs"] == ["housing", "care"]


def test_what_the_fund_allots_follows_the_outflow(aftercare: RunningService, book: Book) -> None:
    answer = book("allotments", outflow=OUTFLOW, single=["Leiden"])
    assert answer.status == 201
    year = aftercare.get(YEAR).body
    assert (year["granted"], year["unassigned"]) == (euros("10000.20"), euros("10000.20"))
    assert year["allotments"] == [
        {"municipality": "Gouda", "outflow": 120, "amount": euros("8571.60"), "applies": "house"},
        {"municipality": "Leiden", "outflow": 160, "amount": euros("11428.80"), "applies": "municipality"},
        {"municipality": "Lisse", "outflow": 20, "amount": euros("1428.60"), "applies": "house"},
    ]


@pytest.mark.parametrize(
    ("outflow", "single", "field"),
    [
        (OUTFLOW, ["Lisse"], "single"),
        (OUTFLOW, ["Utrecht"], "single"),
        (OUTFLOW | {"Utrecht": 3}, [], "outflow"),
        ({"Lisse": 0}, [], "outflow"),
    ],
)
def test_an_allotment_that_cannot_be_is_refused(
    aftercare: RunningService, book: Book, outflow: dict[str, int], single: list[str], field: str
) -> None:
    answer = book("allotments", outflow=outflow, single=single)
    assert (answer.status, answer.wrong_fields) == (422, [field])
    assert aftercare.get(YEAR).body["granted"] == euros("0.00")


@pytest.mark.parametrize("amount", ["0", "-5", "0.001", "1e3", "1,50", "99999999999", ""])
@pytest.mark.usefixtures("line")
def test_only_euros_and_cents_above_zero_are_booked(aftercare: RunningService, book: Book, amount: str) -> None:
    answer = commitment(book, amount)
    assert (answer.status, answer.wrong_fields) == (400, ["amount.amount"])
    assert standing(aftercare)["available"] == "10000.00"


@pytest.mark.usefixtures("line")
def test_another_currency_and_a_number_are_refused(book: Book) -> None:
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
    aftercare: RunningService, book: Book, differently: dict[str, Any], field: str
) -> None:
    answer = commitment(book, **differently)
    assert (answer.status, answer.wrong_fields) == (422, [field])
    assert standing(aftercare)["available"] == "10000.00"
    assert aftercare.get("/v1/commitments", house=aftercare.house).body["items"] == []


@pytest.mark.usefixtures("line")
def test_nothing_is_spent_beyond_the_commitment(book: Book) -> None:
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


@pytest.mark.usefixtures("line")
def test_an_advance_is_paid_back_by_instalments(aftercare: RunningService, book: Book) -> None:
    plan = [{"dueOn": f"2015-0{month}-01", "amount": euros("50.00")} for month in (5, 6, 7)]
    case_id = str(uuid4())
    lent = {"line": "trajectories", "caseId": case_id, "municipality": "Gouda", "amount": "150", "instalments": plan}
    path = f"/v1/advances/{book('advances', **lent).body['about']}"
    assert book("repayments", path, amount="60").status == 201
    assert book("repayments", path, amount="90.01").wrong_fields == ["amount"]
    query = {"house": aftercare.house, "caseId": case_id}
    [found] = aftercare.get("/v1/advances", **query, on="2015-06-15").body["items"]
    assert (found["outstanding"], found["overdue"]) == (euros("90.00"), euros("40.00"))
    assert found["instalments"] == plan
    assert standing(aftercare)["advances"] == "90.00"


@pytest.mark.usefixtures("line")
def test_instalments_must_add_up_to_the_advance(book: Book) -> None:
    plan = [{"dueOn": "2015-05-01", "amount": euros("50")}]
    lent = {
        "line": "trajectories",
        "caseId": str(uuid4()),
        "municipality": "Gouda",
        "amount": "51",
        "instalments": plan,
    }
    assert book("advances", **lent).wrong_fields == ["instalments"]


@pytest.mark.usefixtures("line")
def test_an_entry_is_undone_once_by_its_counter_entry(aftercare: RunningService, book: Book) -> None:
    made = commitment(book).body
    path = f"/v1/ledger-entries/{made['entryId']}"
    undone = book("correction", path)
    assert (undone.status, undone.body["corrects"]) == (201, made["entryId"])
    assert standing(aftercare)["available"] == "10000.00"
    assert book("correction", path).wrong_fields == ["entryId"]
    entries = aftercare.get("/v1/ledger-entries", house=aftercare.house, about=made["about"]).body["items"]
    assert [each["kind"] for each in entries] == ["commitment", "correction"]
    assert entries[0]["correctedBy"] == undone.body["entryId"]
    assert (entries[0]["bookedBy"], entries[0]["decision"]) == ("coordinator", "B-2015-01")


@pytest.mark.usefixtures("line")
def test_a_shortfall_of_co_financing_is_told_once_in_advance(aftercare: RunningService, book: Book) -> None:
    assert book("contributions", municipality="Gouda", amount="1").status == 201
    assert book("budgets", line="trajectories", amount="5000").status == 201
    commitment(book, "10004")
    assert aftercare.announced("co-financing-shortfalls.foreseen.v1") == []
    made = commitment(book, "0.01")
    commitment(book, "100")
    [told] = aftercare.announced("co-financing-shortfalls.foreseen.v1")
    year = {"fund": "van_der_staaij", "year": 2015, "bookedOn": "2015-03-04"}
    assert told["data"] == year | {"entryId": made.body["entryId"], "short": "0.01"}
    assert aftercare.get(YEAR).body["coFinancing"] == {
        "percent": "25",
        "needed": euros("2526.01"),
        "broughtIn": euros("2501.00"),
        "short": euros("25.01"),
    }


@pytest.mark.usefixtures("line")
def test_a_year_is_closed_when_all_is_settled_and_takes_no_entry_then(aftercare: RunningService, book: Book) -> None:
    path = f"/v1/commitments/{commitment(book).body['about']}"
    still = book("closing")
    assert (still.status, still.wrong_fields) == (422, ["year"])
    assert "€ 1000.00 committed" in still.text
    book("spendings", path, amount="1000")
    assert book("closing").status == 204
    assert book("closing").status == 204
    assert aftercare.get(YEAR).body["closedOn"] == "2015-03-04"
    assert commitment(book).wrong_fields == ["year"]


def test_a_year_short_of_co_financing_is_not_closed(book: Book) -> None:
    book("allotments", outflow=OUTFLOW)
    book("budgets", line="trajectories", amount="1000")
    path = f"/v1/commitments/{commitment(book).body['about']}"
    book("spendings", path, amount="1000")
    assert "€ 250.00 short of co-financing" in book("closing").text


def test_each_entry_is_announced(aftercare: RunningService, book: Book) -> None:
    entry_id = book("contributions", municipality="Gouda", amount="12.30").body["entryId"]
    [told] = aftercare.announced("ledger-entries.booked.v1")
    assert told["subject"] == told["data"]["entryId"] == entry_id
    assert told["data"]["postings"] == [
        {"kind": "contribution", "municipality": "Gouda", "amount": "-12.30"},
        {"kind": "unassigned", "amount": "12.30"},
    ]


def test_who_may_not_does_not(aftercare: RunningService, book: Book) -> None:
    assert book("contributions", caller="coordinator", municipality="Gouda", amount="5").status == 403
    assert book("commitments", caller="manager", line="trajectories", provider="exodus", amount="5").status == 403
    assert aftercare.get(YEAR, "director").status == 403
    assert aftercare.get("/v1/funds/van_der_staaij/1999").status == 404
    assert book("spendings", f"/v1/commitments/{uuid4()}", amount="5").status == 404
