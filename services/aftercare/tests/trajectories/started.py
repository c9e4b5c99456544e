"""Trajectories that have started, and what callers do with them."""

from collections.abc import Callable
from typing import Any
from uuid import UUID, uuid4

from shared.testing.service import Answer, RunningService

Start = Callable[..., dict[str, Any]]


def wanted(**differently: Any) -> dict[str, Any]:
    usual = {
        "caseId": str(uuid4()),
        "municipality": "Gouda",
        "provider": "leger-des-heils",
        "kind": "work_training",
        "needs": ["income_work", "housing"],
        "startsOn": "2015-03-02",
    }
    return usual | differently


def path(trajectory: dict[str, Any]) -> str:
    return f"/v1/trajectories/{trajectory['trajectoryId']}"


def standing(aftercare: RunningService, trajectory: dict[str, Any]) -> dict[str, Any]:
    """The trajectory as it stands, without how it came about."""
    found: dict[str, Any] = aftercare.get(path(trajectory)).body
    del found["steps"]
    return found


def change(
    aftercare: RunningService,
    trajectory: dict[str, Any],
    step: str,
    body: dict[str, Any],
    version: int = 1,
    key: UUID | None = None,
) -> Answer:
    """Change it as whoever has seen that version."""
    return aftercare.post(f"{path(trajectory)}/{step}", body, version=version, key=key)
