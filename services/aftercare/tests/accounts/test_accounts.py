"""The account of a year as it comes out of what was booked."""

from decimal import Decimal
from typing import Any

import pytest

from services.aftercare.tests.bookings import trajectory
from services.aftercare.tests.given import BookInYear, euros
from shared.testing.service import Answer, RunningService

YEAR, ACCOUNT = "/v1/funds/van_der_staaij/2014", "/v1/accounts/van_der_staaij/2014"
BOOKED = {"bookedOn": "2014-12-01", "decision": "B-2014-01"}
NEEDS_2014 = (
    *(("housing", "care", "income_work"),) * 9,
    ("housing", "care", "income_work", "debts"),
    *(("housing", "care", "debts"),) * 2,
    ("care", "income_work", "debts", "identity"),
    ("income_work", "debts"),
    ("debts",),
)
"""Of 15 trajectories with 44 needs: what each was for."""


@pytest.fixture
def book(aftercare: RunningService) -> BookInYear:
    def booked(what: str, path: str = YEAR, caller: str = "manager", **details: Any) -> Answer:
        if "amount" in details:
            details["amount"] = {"amount": str(details["amount"]), "currency": "EUR"}
        answer = aftercare.post(f"{path}/{what}", BOOKED | details, caller)
        assert answer.status == 201, answer.text
        return answer

    booked("allotments", outflow={"Gouda": 500, "Leiden": 500})
    booked("contributions", municipality="Gouda", amount=9000)
    return booked


def paid(book: BookInYear, line: str, amount: Decimal, **promised: Any) -> None:
    """Promises and pays it in two parts."""
    details = {"line": line, "provider": "exodus", **promised}
    path = f"/v1/commitments/{book('commitments', caller='coordinator', amount=amount, **details).body['about']}"
    for part in (Decimal("0.01"), amount - Decimal("0.01")):
        book("spendings", path, caller="coordinator", amount=part)


def test_the_account_of_2014_comes_out_of_what_was_booked(aftercare: RunningService, book: BookInYear) -> None:
    book("budgets", line="trajectories", amount=11950)
    book("budgets", line="start_up", amount=30000)
    for needs in NEEDS_2014:
        each = Decimal("271.60" if "housing" in needs and len(needs) == 4 else "271.59")
        assignment = trajectory(aftercare, needs=needs, startsOn="2014-12-01")
        paid(book, "trajectories", len(needs) * each, municipality="Gouda", assignmentId=assignment, needs=needs)
    for _ in range(2):
        paid(book, "start_up", Decimal("12845.35"))
    account = aftercare.get(ACCOUNT, "manager").body
    by_domain = {each["domain"]: each for each in account["domains"] if each["kind"] == "trajectory"}
    assert {domain: each["amount"]["amount"] for domain, each in by_domain.items()} == {
        "housing": "3259.09",
        "care": "3530.68",
        "income_work": "3259.09",
        "identity": "271.59",
        "debts": "1629.55",
    }
    assert account["total"]["amount"] == euros("37640.70")
    counted = {domain: each["needs"] for domain, each in by_domain.items()}
    assert counted == {"housing": 12, "care": 13, "income_work": 12, "identity": 1, "debts": 6}
    [trajectories] = [each for each in account["kinds"] if each["kind"] == "trajectory"]
    assert trajectories | {"kind": ""} == {"kind": "", "amount": euros("11950.00"), "costs": 15, "needs": 44}
    assert (account["startUp"]["amount"], account["startUp"]["costs"]) == (euros("25690.70"), 2)
    assert (account["coFinancingNeeded"], account["coFinancing"]) == (euros("9410.18"), euros("9000.00"))
    assert account["coFinancingShortfall"] == euros("410.18")


def test_what_is_only_promised_is_no_cost(aftercare: RunningService, book: BookInYear) -> None:
    book("budgets", line="trajectories", amount=100)
    book("commitments", caller="coordinator", line="trajectories", provider="exodus", amount=100)
    assert aftercare.get(ACCOUNT).body["total"] == {"amount": euros("0.00"), "costs": 0, "needs": 0}


def test_an_assignment_that_was_promised_twice_is_one_cost(aftercare: RunningService, book: BookInYear) -> None:
    book("budgets", line="trajectories", amount=100)
    assignment = trajectory(aftercare, needs=["housing", "care"], startsOn="2014-12-01")
    for _ in range(2):
        promised = {"municipality": "Gouda", "assignmentId": assignment, "needs": ["housing", "care"]}
        paid(book, "trajectories", Decimal(50), **promised)
    assert aftercare.get(ACCOUNT).body["total"] == {"amount": euros("100.00"), "costs": 1, "needs": 2}


def test_it_comes_as_a_file_too(aftercare: RunningService, book: BookInYear) -> None:
    book("budgets", line="trajectories", amount=100)
    paid(book, "trajectories", Decimal(100), municipality="Gouda", needs=["housing"])
    file = aftercare.get(f"{ACCOUNT}/csv")
    assert file.headers["Content-Disposition"] == 'attachment; filename="van_der_staaij-2014.csv"'
    assert "Gouda;Exodus;Traject;Huisvesting;1;100,00" in file.text
    assert aftercare.get(f"{ACCOUNT}/workbook").text.startswith("PK")
    assert aftercare.get("/v1/accounts/nothing/2014/csv").status == 404
    assert aftercare.get(ACCOUNT, "director").status == 403
