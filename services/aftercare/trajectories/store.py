"""Trajectories with their needs, stages and transports."""

from datetime import date
from pathlib import Path
from typing import Any
from uuid import UUID

from services.aftercare.records.rules import RecordedStep
from services.aftercare.trajectories.messages import ENDED, TrajectoriesQuery
from services.aftercare.trajectories.rules import Result, StageReached, Trajectory, UnknownTrajectory
from shared.postgres import as_row, load_queries
from shared.sealed_texts import StoreWithTexts

ANY_TRAJECTORY = dict.fromkeys(
    (
        "trajectory_id",
        "case_id",
        "provider",
        "kind",
        "municipality",
        "year",
        "running_on",
        "after",
        "limit",
    )
)
"""The parameters of the query, each of which may be left open."""


class TrajectoryStore(StoreWithTexts):
    queries = load_queries(Path(__file__).with_name("queries.sql"))
    sealed_columns = ("because", "withdrawn_because")

    def lock_trajectories(self, case_id: UUID) -> None:
        """Hold back whoever else would start a trajectory in the case, until the transaction ends."""
        self.execute("lock_trajectories", {"case_id": case_id})

    def trajectories(self, house: str, query: TrajectoriesQuery) -> list[Trajectory]:
        """A page, longest ago first; one more than the page holds, if there is a next page."""
        return self._found(house, **as_row(query) | {"after": query.cursor, "limit": query.limit + 1})

    def trajectories_of_kind(self, house: str, case_id: UUID, provider: str, kind: str) -> list[Trajectory]:
        """All trajectories of a kind that the subject of a case has or had with a provider."""
        return self._found(house, case_id=case_id, provider=provider, kind=kind)

    def trajectories_of_year(self, house: str, year: int) -> list[Trajectory]:
        """All trajectories that started in the year."""
        return self._found(house, year=year)

    def trajectory(self, house: str, trajectory_id: UUID) -> Trajectory | None:
        found = self._found(house, trajectory_id=trajectory_id)
        return found[0] if found else None

    def trajectory_to_change(self, house: str, trajectory_id: UUID, id_field: str = "trajectoryId") -> Trajectory:
        """Lock the trajectory, then read it, so that a change by a concurrent transaction is seen.

        Raises UnknownTrajectory. id_field: the name of the id's field in the input, to blame.
        """
        self.execute("lock_trajectory", {"house": house, "trajectory_id": trajectory_id})
        trajectory = self.trajectory(house, trajectory_id)
        if not trajectory:
            raise UnknownTrajectory(id_field)
        return trajectory

    def steps(self, trajectory_id: UUID) -> list[RecordedStep]:
        """Each step of a trajectory, withdrawn or not, in the order in which they were recorded."""
        return self.fetch_all("steps", {"trajectory_id": trajectory_id}, RecordedStep)

    def add_trajectory(self, trajectory: Trajectory, by: str) -> None:
        parameters = as_row(trajectory) | {"needs": list(trajectory.needs), "by": by}
        self.execute("add_trajectory", parameters)
        self.execute("add_trajectory_needs", parameters)

    def add_trajectory_stage(self, trajectory: Trajectory, reached: StageReached, by: str) -> None:
        about = {"trajectory_id": trajectory.trajectory_id, "by": by}
        self.execute("add_trajectory_stage", about | as_row(reached))
        self.change_trajectory(trajectory)

    def add_trajectory_end(self, trajectory: Trajectory, by: str) -> None:
        self.execute("add_trajectory_end", as_row(trajectory) | {"by": by})
        self.change_trajectory(trajectory)

    def withdraw_trajectory_step(self, trajectory: Trajectory, step: str, because: str, by: str) -> None:
        """Mark a stage or the end as a slip; `change_trajectory` or the right step then changes the trajectory."""
        about = {"trajectory_id": trajectory.trajectory_id, "stage": step, "because": because, "by": by}
        query = "withdraw_trajectory_end" if step == ENDED else "withdraw_trajectory_stage"
        self.execute(query, self._sealed(trajectory, about))

    def add_trajectory_transport(self, trajectory: Trajectory, on: date, by: str) -> None:
        about = {"trajectory_id": trajectory.trajectory_id, "on": on, "by": by}
        self.execute("add_trajectory_transport", about)
        self.change_trajectory(trajectory)

    def withdraw_trajectory_transport(self, trajectory: Trajectory, on: date, because: str, by: str) -> None:
        about = {"trajectory_id": trajectory.trajectory_id, "on": on, "because": because, "by": by}
        self.execute("withdraw_trajectory_transport", self._sealed(trajectory, about))
        self.change_trajectory(trajectory)

    def change_trajectory(self, trajectory: Trajectory) -> None:
        """Record the trajectory's version, and its end once it has one."""
        self.execute("change_trajectory", as_row(trajectory))

    def _found(self, house: str, **wanted: object) -> list[Trajectory]:
        return self.fetch_all("trajectories", ANY_TRAJECTORY | {"house": house} | wanted, _trajectory)


def _trajectory(
    *,
    needs: list[str],
    stages: list[str],
    reached_on: list[date],
    transports: list[date],
    result: str | None,
    **columns: Any,
) -> Trajectory:
    reached = zip(stages, reached_on, strict=True)
    return Trajectory(
        **columns,
        needs=tuple(needs),
        stages=tuple(StageReached(stage=stage, on=on) for stage, on in reached),
        transports=tuple(transports),
        result=Result(result) if result else None,
    )
