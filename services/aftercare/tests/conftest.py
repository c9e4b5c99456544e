from typing import Any

import pytest

from services.aftercare.service import Aftercare
from services.aftercare.settings import AftercareSettings
from services.aftercare.tests.given import BOOKED, CALLERS, OUTFLOW, YEAR, BookInYear, Detainee, euros
from shared.testing.service import Answer, RunningService, ServiceStarter


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
        managers = what in ("allotments", "budgets", "contributions", "closing", "correction")
        return aftercare.post(f"{path}/{what}", BOOKED | details, caller or ("manager" if managers else ""))

    return booked


@pytest.fixture
def line(book: BookInYear) -> None:
    """€ 10,000 for trajectories, and enough co-financing for all of it."""
    assert book("allotments", outflow=OUTFLOW).status == 201
    assert book("contributions", municipality="Gouda", amount="2500").status == 201
    assert book("budgets", line="trajectories", amount="10000").status == 201
