from typing import Any

import pytest

from services.aftercare.tests.given import known_case
from services.aftercare.tests.trajectories.started import Start, wanted
from shared.testing.service import RunningService


@pytest.fixture
def start(aftercare: RunningService) -> Start:
    def started(**differently: Any) -> dict[str, Any]:
        answer = aftercare.post("/v1/trajectories", wanted(**{"caseId": known_case(aftercare)} | differently))
        assert answer.status == 201, answer.text
        body: dict[str, Any] = answer.body
        return body

    return started
