import pytest

from services.aftercare.config import AftercareSettings
from services.aftercare.service import Aftercare
from services.aftercare.tests.integration.given import CALLERS, Detainee
from shared.testing.service import RunningService, ServiceStarter


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
