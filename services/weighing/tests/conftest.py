import pytest

from services.weighing.service import Weighing
from services.weighing.tests.briefing import HOUSE, Briefing
from shared.testing.service import RunningService, ServiceStarter

CALLERS = {
    "team": {"house": HOUSE, "roles": ["weighing_team"]},
    "elsewhere": {"house": "elsewhere", "roles": ["weighing_team"]},
    "coordinator": {"house": HOUSE, "roles": ["information_coordinator"]},
    "coordinator elsewhere": {"house": "elsewhere", "roles": ["information_coordinator"]},
    "director": {"house": HOUSE, "roles": ["process_director"]},
    "manager": {"house": HOUSE, "roles": ["chain_manager"]},
    "operator": {"house": HOUSE, "roles": ["operator"]},
}


@pytest.fixture(scope="module")
def service(start_service: ServiceStarter) -> RunningService:
    return start_service(Weighing, CALLERS)


@pytest.fixture
def weighing(service: RunningService) -> RunningService:
    """The service with nothing in its tables."""
    service.forget()
    return service


@pytest.fixture
def briefing(weighing: RunningService) -> Briefing:
    return Briefing(weighing)
