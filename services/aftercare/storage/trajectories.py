"""Trajectories with their needs, stages and transports."""

from collections.abc import Mapping
from datetime import date
from typing import Any
from uuid import UUID

from services.aftercare.domain.trajectories import Result, StageReached, Trajectory
from shared.postgres import Store, as_row

ANY_TRAJECTORY: Mapping[str, Any] = {
    "trajectory_id": None,
    "case_id": None,
    "provider": None,
    "kind": None,
    "municipality": None,
    "year": None,
    "running_on": None,
    "after": None,
    "limit": None,
}


class TrajectoryStore(Store):
    """The queries of trajectories.sql."""

    def lock_trajectories(self, case_id: UUID) -> None:
        self.execute("lock_trajectories", {"case_id": case_id})

    def detention_of_case(self, house: str, case_id: UUID, detention_id: UUID | None) -> dict[str, Any] | None:
        which = {"house": house, "case_id": case_id, "detention_id": detention_id}
        return self.fetch_one("detention_of_case", which)

    def trajectories(self, house: str, **wanted: Any) -> list[Trajectory]:
        """wanted: case_id, provider, kind, municipality, year (of the start), running_on, limit, after (the last of the
        page before).
        """
        rows = self.fetch_all("trajectories", {**ANY_TRAJECTORY, "house": house, **wanted})
        return [_trajectory(row) for row in rows]

    def trajectory(self, house: str, trajectory_id: UUID) -> Trajectory | None:
        found = self.trajectories(house, trajectory_id=trajectory_id)
        return found[0] if found else None

    def trajectory_to_change(self, house: str, trajectory_id: UUID) -> Trajectory | None:
        """Locked until the transaction ends, and read after that: what another has just added must be seen."""
        self.execute("lock_trajectory", {"house": house, "trajectory_id": trajectory_id})
        return self.trajectory(house, trajectory_id)

    def add_trajectory(self, trajectory: Trajectory) -> None:
        row = as_row(trajectory) | {"needs": list(trajectory.needs)}
        self.execute("add_trajectory", row)
        self.execute("add_trajectory_needs", row)

    def add_trajectory_stage(self, trajectory: Trajectory, reached: StageReached) -> None:
        self.execute("add_trajectory_stage", {"trajectory_id": trajectory.trajectory_id} | as_row(reached))
        self.change_trajectory(trajectory)

    def add_trajectory_transport(self, trajectory: Trajectory, on: date) -> None:
        self.execute("add_trajectory_transport", {"trajectory_id": trajectory.trajectory_id, "on": on})
        self.change_trajectory(trajectory)

    def change_trajectory(self, trajectory: Trajectory) -> None:
        self.execute("change_trajectory", as_row(trajectory))


def _trajectory(row: dict[str, Any]) -> Trajectory:
    reached = zip(row["stages"], row.pop("reached_on"), strict=True)
    parts = {
        "needs": tuple(row["needs"]),
        "stages": tuple(StageReached(stage=stage, on=on) for stage, on in reached),
        "transports": tuple(row["transports"]),
        "result": row["result"] and Result(row["result"]),
    }
    return Trajectory(**row | parts)
