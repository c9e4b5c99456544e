from typing import Any

import pytest

from services.aftercare.service import Aftercare
from services.aftercare.settings import AftercareSettings
from services.aftercare.tests.given import BOOKED, CALLERS, OUTFLOW, SUPPORT_YEAR, YEAR, BookInYear, Detainee, euros
from shared.testing.service import Answer, RunningService, ServiceStarter

REASONED = ("correction", "allotments/correction", "write-offs")
"""Commands that say why."""


@pytest.fixture(scope="module")
def service(start_service: ServiceStarter) -> RunningService:
    return start_service(Aftercare, CALLERS, AftercareSettings, watch_seconds=0.0)


@pytest.fixture
def aftercare(service: RunningService) -> RunningService:
    """The service with nothing in its tables."""
    service.forget()
    return service


@pytest.fixture
def detainee(aftercare: RunningService) -> Detainee:
    return Detainee(aftercare)


@pytest.fixture
def book(aftercare: RunningService) -> BookInYear:
    """Books something in the year of the fund, as the one who may."""

    def booked(what: str, path: str = YEAR, caller: str = "", **details: Any) -> Answer:
        if "amount" in details and isinstance(details["amount"], str):
            details["amount"] = euros(details["amount"])
        reason = {"because": "verkeerd overgenomen"} if what in REASONED else {}
        managers = what in ("allotments", "budgets", "contributions", "closing", *REASONED)
        return aftercare.post(f"{path}/{what}", BOOKED | reason | details, caller or ("manager" if managers else ""))

    return booked


@pytest.fixture
def advances_line(book: BookInYear) -> None:
    """€ 1,000 to lend."""
    assert book("contributions", SUPPORT_YEAR, municipality="Gouda", amount="1000").status == 201
    assert book("budgets", SUPPORT_YEAR, line="advances", amount="1000").status == 201


@pytest.fixture
def line(book: BookInYear) -> None:
    """€ 10,000 for trajectories, and enough co-financing for all of it."""
    assert book("allotments", outflow=OUTFLOW).status == 201
    assert book("contributions", municipality="Gouda", amount="2500").status == 201
    assert book("budgets", line="trajectories", amount="10000").status == 201
