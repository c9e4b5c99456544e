import pytest

from services.aftercare.service import Aftercare
from shared.testing.service import RunningService, ServiceStarter

HOUSE = "hollands-midden"
CALLERS = {
    "coordinator": {"house": HOUSE, "roles": ["aftercare_coordinator"]},
    "elsewhere": {"house": "elsewhere", "roles": ["aftercare_coordinator"]},
    "manager": {"house": HOUSE, "roles": ["chain_manager"]},
    "director": {"house": HOUSE, "roles": ["process_director"]},
}


@pytest.fixture(scope="module")
def service(start_service: ServiceStarter) -> RunningService:
    return start_service(Aftercare, CALLERS)


@pytest.fixture
def aftercare(service: RunningService) -> RunningService:
    """The service with nothing in its tables."""
    service.forget()
    return service
