"""Trajectories that people look up."""

from collections.abc import Mapping
from functools import partial
from operator import attrgetter
from typing import Any
from uuid import UUID

from services.aftercare.dependencies import Unit
from services.aftercare.domain import trajectories as trajectories_domain
from services.aftercare.domain.trajectories import Outcome, Trajectory
from services.aftercare.storage import AftercareStore
from shared.messaging import NotFound, Problem
from shared.web.old_paging import check_cursor, page_of

FILTERS = ("case_id", "provider", "kind", "municipality", "running_on")


def trajectories(wanted: Mapping[str, Any], store: AftercareStore) -> dict[str, Any]:
    """A page of a house's trajectories, longest ago first. Raises Rejected when the cursor is none of them."""
    house, after, limit = wanted["house"], wanted["cursor"], wanted["limit"]
    check_cursor(after, partial(store.trajectory, house))
    filters = {name: wanted[name] for name in FILTERS}
    found = store.trajectories(house, **filters, after=after, limit=limit + 1)
    return page_of(found, limit, attrgetter("trajectory_id"))


def outcomes(wanted: Mapping[str, Any], unit: Unit) -> list[Outcome]:
    """How those that started in a year went, by kind."""
    started = unit.store.trajectories(wanted["house"], year=wanted["year"])
    return trajectories_domain.outcomes(started, unit.profile(wanted["house"]).trajectory_kinds)


def trajectory(house: str, trajectory_id: UUID, store: AftercareStore) -> Trajectory:
    """Raises NotFound."""
    found = store.trajectory(house, trajectory_id)
    if not found:
        raise NotFound(Problem("trajectoryId", "is not a trajectory of this house"))
    return found
