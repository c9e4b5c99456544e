"""A year of a fund over HTTP, from the allotment to the closing."""

from uuid import uuid4

import pytest

from services.aftercare.tests.bookings import commitment
from services.aftercare.tests.given import OUTFLOW, YEAR, BookInYear, euros
from shared.testing.service import RunningService


def test_what_the_fund_allots_follows_the_outflow(aftercare: RunningService, book: BookInYear) -> None:
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
    aftercare: RunningService, book: BookInYear, outflow: dict[str, int], single: list[str], field: str
) -> None:
    answer = book("allotments", outflow=outflow, single=single)
    assert (answer.status, answer.wrong_fields) == (422, [field])
    assert aftercare.get(YEAR).body["granted"] == euros("0.00")


@pytest.mark.usefixtures("line")
def test_a_shortfall_of_co_financing_is_told_once_in_advance(aftercare: RunningService, book: BookInYear) -> None:
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
def test_a_year_is_closed_when_all_is_settled_and_takes_no_entry_then(
    aftercare: RunningService, book: BookInYear
) -> None:
    path = f"/v1/commitments/{commitment(book).body['about']}"
    still = book("closing")
    assert (still.status, still.wrong_fields) == (422, ["year"])
    assert "€ 1000.00 committed" in still.text
    book("spendings", path, amount="1000")
    assert book("closing").status == 204
    assert book("closing").status == 204
    assert aftercare.get(YEAR).body["closedOn"] == "2015-03-04"
    assert commitment(book).wrong_fields == ["year"]


def test_a_year_short_of_co_financing_is_not_closed(book: BookInYear) -> None:
    book("allotments", outflow=OUTFLOW)
    book("budgets", line="trajectories", amount="1000")
    path = f"/v1/commitments/{commitment(book).body['about']}"
    book("spendings", path, amount="1000")
    assert "€ 250.00 short of co-financing" in book("closing").text


def test_who_may_not_does_not(aftercare: RunningService, book: BookInYear) -> None:
    assert book("contributions", caller="coordinator", municipality="Gouda", amount="5").status == 403
    assert book("commitments", caller="manager", line="trajectories", provider="exodus", amount="5").status == 403
    assert aftercare.get(YEAR, "director").status == 403
    assert aftercare.get("/v1/funds/van_der_staaij/1999").status == 404
    assert book("spendings", f"/v1/commitments/{uuid4()}", amount="5").status == 404
