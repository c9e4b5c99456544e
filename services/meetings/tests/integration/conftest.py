from collections.abc import Iterator
from pathlib import Path

import pytest

from services.meetings.service import Meetings
from services.meetings.tests.integration.running import RunningService, running
from shared.testing.databases import Databases
from shared.testing.setup import RunningBroker

HOUSES = Path(__file__).resolve().parents[4] / "houses"
HOUSE = "hollands-midden"
CALLERS = {
    "director": {"house": HOUSE, "roles": ["process_director"]},
    "elsewhere": {"house": "elsewhere", "roles": ["process_director"]},
    "coordinator": {"house": HOUSE, "roles": ["aftercare_coordinator"]},
}


@pytest.fixture(scope="module")
def service(
    databases: Databases, broker: RunningBroker, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[RunningService]:
    """One for all tests of a module: starting and stopping takes seconds."""
    broker.purge()
    with (
        databases.migrated("meetings") as database,
        running(
            Meetings,
            database=database,
            broker=broker,
            houses=HOUSES,
            house=HOUSE,
            callers=CALLERS,
            directory=tmp_path_factory.mktemp("meetings"),
        ) as service,
    ):
        yield service


@pytest.fixture
def meetings(service: RunningService) -> RunningService:
    """The service with nothing in its tables."""
    service.forget()
    return service
