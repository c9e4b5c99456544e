"""The service watches the day that it is, as often as it is told."""

import pytest

from services.aftercare.service import Aftercare
from services.aftercare.settings import AftercareSettings
from services.aftercare.tests.given import CALLERS, Detainee
from shared.testing.service import RunningService, ServiceStarter
from shared.testing.waiting import wait_until


@pytest.fixture(scope="module")
def service(start_service: ServiceStarter) -> RunningService:
    return start_service(Aftercare, CALLERS, AftercareSettings, watch_seconds=0.2)


@pytest.fixture
def aftercare(service: RunningService) -> RunningService:
    """As it started: its tables can't be emptied while it looks at them."""
    return service


def test_whoever_was_released_is_seen_without_anybody_asking_and_once(
    detainee: Detainee, aftercare: RunningService
) -> None:
    detainee.detained()
    assert wait_until(lambda: len(aftercare.announced("releases.unprepared.v1")) == 1, 10)
    Detainee(aftercare).detained(expectedReleaseOn="2015-07-02")
    assert wait_until(lambda: len(aftercare.announced("releases.unprepared.v1")) == 2, 10)
    assert aftercare.metric("aftercare_released_without_plan", house=aftercare.house) == 2
