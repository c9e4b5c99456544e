import pytest

from services.meetings.service import Meetings
from services.meetings.tests.treatment import Subject
from shared.testing.service import RunningService, ServiceStarter

HOUSE = "hollands-midden"
CALLERS = {
    "director": {"house": HOUSE, "roles": ["process_director"]},
    "elsewhere": {"house": "elsewhere", "roles": ["process_director"]},
    "coordinator": {"house": HOUSE, "roles": ["aftercare_coordinator"]},
}


@pytest.fixture(scope="module")
def service(start_service: ServiceStarter) -> RunningService:
    return start_service(Meetings, CALLERS)


@pytest.fixture
def meetings(service: RunningService) -> RunningService:
    """The service with nothing in its tables."""
    service.forget()
    return service


@pytest.fixture
def subject(meetings: RunningService) -> Subject:
    return Subject(meetings)
