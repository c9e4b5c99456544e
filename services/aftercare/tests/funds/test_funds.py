"""A year of a fund over HTTP, from the allotment to the closing."""

from dataclasses import replace
from decimal import Decimal
from uuid import uuid4

import pytest

from services.aftercare.accounts.lookups import account
from services.aftercare.accounts.rules import Account, Dimension
from services.aftercare.funds.lookups import fund_year
from services.aftercare.house import CostKind
from services.aftercare.ledger.rules import FundYearKey
from services.aftercare.tests.bookings import commitment
from services.aftercare.tests.given import HOUSE, OUTFLOW, YEAR, BookInYear, euros
from shared.testing.service import RunningService

ACCOUNT = "/v1/accounts/van_der_staaij/2015"
LINES = ["trajectories", "conversations", "start_up", "work_training"]


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


def test_an_allotment_is_revised_after_money_was_committed(aftercare: RunningService, book: BookInYear) -> None:
    book("allotments", outflow=OUTFLOW)
    book("budgets", line="trajectories", amount="15000")
    book("budgets", line="conversations", amount="5000")
    commitment(book, "9000")
    more = book("allotments/correction", outflow=OUTFLOW | {"Lisse": 30})
    assert (more.status, more.body["kind"], more.body["because"]) == (201, "allotment", "verkeerd overgenomen")
    assert aftercare.get(YEAR).body["granted"] == euros("22143.30")
    less = book("allotments/correction", outflow=OUTFLOW | {"Gouda": 60})
    assert less.status == 201
    year = aftercare.get(YEAR).body
    assert (year["granted"], year["unassigned"]) == (euros("17143.20"), euros("0.00"))
    available = {each["line"]: each["available"]["amount"] for each in year["lines"]}
    assert (available["trajectories"], available["conversations"]) == ("4441.75", "3701.45")
    assert [each["outflow"] for each in year["allotments"]] == [60, 160, 20]


def test_an_allotment_is_not_revised_below_what_is_committed(aftercare: RunningService, book: BookInYear) -> None:
    book("allotments", outflow=OUTFLOW)
    book("budgets", line="trajectories", amount="20000")
    commitment(book, "9000")
    refused = book("allotments/correction", outflow={"Gouda": 100})
    assert (refused.status, refused.wrong_fields) == (422, ["outflow"])
    assert "takes back € 1857.00 that is committed, spent or lent" in refused.text
    assert aftercare.get(YEAR).body["granted"] == euros("21429.00")
    assert book("allotments/correction", outflow=OUTFLOW).wrong_fields == ["outflow"]


def test_a_revised_allotment_is_corrected_from_the_last_revision_back(
    aftercare: RunningService, book: BookInYear
) -> None:
    assert book("allotments/correction", outflow=OUTFLOW).wrong_fields == ["year"]
    first = book("allotments", outflow=OUTFLOW).body["entryId"]
    revision = book("allotments/correction", outflow={"Gouda": 100}).body["entryId"]
    assert book("correction", f"/v1/ledger-entries/{first}").wrong_fields == ["entryId"]
    assert book("correction", f"/v1/ledger-entries/{revision}").status == 201
    assert aftercare.get(YEAR).body["granted"] == euros("21429.00")
    assert len(aftercare.get(YEAR).body["allotments"]) == 3
    assert book("correction", f"/v1/ledger-entries/{first}").status == 201


@pytest.mark.usefixtures("line")
def test_a_year_is_not_closed_before_its_last_entry(book: BookInYear) -> None:
    assert book("closing", bookedOn="2015-03-03").wrong_fields == ["bookedOn"]


@pytest.mark.usefixtures("line")
def test_a_closed_year_keeps_its_account_when_the_profile_changes(aftercare: RunningService, book: BookInYear) -> None:
    path = f"/v1/commitments/{commitment(book).body['about']}"
    book("spendings", path, amount="1000")
    assert seen_without_the_line(aftercare).co_financing_needed == 300
    book("closing")
    before = aftercare.get(ACCOUNT).body, aftercare.get(YEAR).body
    after = seen_without_the_line(aftercare)
    assert after.co_financing_needed == 250
    assert list(after.sums(Dimension.KIND)) == [(CostKind.TRAJECTORY,)]
    assert (aftercare.get(ACCOUNT).body, aftercare.get(YEAR).body) == before
    assert [each["line"] for each in before[1]["lines"]] == LINES


def seen_without_the_line(aftercare: RunningService) -> Account:
    """The account by a profile that asks 30 % and no longer has the line that was spent on."""
    key = FundYearKey(HOUSE, "van_der_staaij", 2015)
    with aftercare.begin() as unit:
        house = unit.profile(HOUSE)
        fund = house.funds[key.fund]
        year = replace(fund.years[key.year], co_financing_percent=Decimal(30))
        changed = replace(fund, lines={"new": CostKind.TRAJECTORY}, years={key.year: year})
        other = replace(unit, houses={HOUSE: replace(house, funds={key.fund: changed})})
        year_view = fund_year(key, other)
        is_closed = year_view.closed_on is not None
        assert [each.line for each in year_view.lines] == (LINES if is_closed else ["new", "trajectories"])
        return account(key, other)
