"""The trajectories of a house, and how they went."""

from functools import partial
from operator import attrgetter
from uuid import UUID

from services.aftercare.house import House
from services.aftercare.trajectories import rules
from services.aftercare.trajectories.messages import (
    MOST_RUNNING,
    RunningTrajectories,
    RunningTrajectory,
    TrajectoriesQuery,
    TrajectoryInDetail,
)
from services.aftercare.trajectories.rules import Trajectory, TrajectoryOutcome, UnknownTrajectory
from services.aftercare.trajectories.store import TrajectoryStore
from shared.postgres import as_row
from shared.unit import Lookup
from shared.web import Page, check_cursor, page_of


def trajectories(house: str, query: TrajectoriesQuery, lookup: Lookup[House]) -> Page[Trajectory]:
    """A page of them, longest ago first. Raises Rejected if the cursor is no trajectory of this house."""
    store = lookup.store(TrajectoryStore)
    check_cursor(query.cursor, partial(store.trajectory, house))
    return page_of(store.trajectories(house, query), query.limit, attrgetter("trajectory_id"))


def running(house: str, case_id: UUID, lookup: Lookup[House]) -> RunningTrajectories:
    """Those of the person of the case that have started and not ended."""
    query = TrajectoriesQuery(case_id=case_id, running_on=lookup.today, limit=MOST_RUNNING)
    found = lookup.store(TrajectoryStore).trajectories(house, query)[:MOST_RUNNING]
    told = (
        RunningTrajectory(
            trajectory_id=each.trajectory_id, kind=each.kind, provider=each.provider, starts_on=each.starts_on
        )
        for each in found
    )
    return RunningTrajectories(items=tuple(told))


def trajectory_outcomes(house: str, year: int, lookup: Lookup[House]) -> list[TrajectoryOutcome]:
    """How the trajectories that started in a year went, by kind."""
    started = lookup.store(TrajectoryStore).trajectories_of_year(house, year)
    return rules.outcomes(started, lookup.profile(house).trajectory_kinds)


def trajectory(house: str, trajectory_id: UUID, lookup: Lookup[House]) -> TrajectoryInDetail:
    """Raises UnknownTrajectory."""
    found = lookup.store(TrajectoryStore).trajectory(house, trajectory_id)
    if not found:
        raise UnknownTrajectory
    stated = {name: value for name, value in as_row(found).items() if name != "stage"}
    return TrajectoryInDetail(**stated, steps=tuple(lookup.store(TrajectoryStore).steps(trajectory_id)))
