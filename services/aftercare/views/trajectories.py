"""Trajectories that people look up."""

from collections.abc import Mapping
from functools import partial
from operator import attrgetter
from typing import Any
from uuid import UUID

from services.aftercare.domain.trajectories import Trajectory
from services.aftercare.storage import AftercareStore
from shared.messaging import NotFound, Problem
from shared.web.paging import check_cursor, page_of

FILTERS = ("case_id", "provider", "kind", "municipality", "running_on")


def trajectories(wanted: Mapping[str, Any], store: AftercareStore) -> dict[str, Any]:
    """A page of a house's trajectories, longest ago first. Raises Rejected when the cursor is none of them."""
    house, after, limit = wanted["house"], wanted["cursor"], wanted["limit"]
    check_cursor(after, partial(store.trajectory, house))
    filters = {name: wanted[name] for name in FILTERS}
    found = store.trajectories(house, **filters, after=after, limit=limit + 1)
    return page_of(found, limit, attrgetter("trajectory_id"))


def trajectory(house: str, trajectory_id: UUID, store: AftercareStore) -> Trajectory:
    """Raises NotFound."""
    found = store.trajectory(house, trajectory_id)
    if not found:
        raise NotFound(Problem("trajectoryId", "is not a trajectory of this house"))
    return found
