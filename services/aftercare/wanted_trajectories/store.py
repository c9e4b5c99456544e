"""The trajectories that the weighing team wants."""

from pathlib import Path
from typing import Any
from uuid import UUID

from services.aftercare.wanted_trajectories.messages import (
    TrajectoryNeedClosed,
    TrajectoryNeedRaised,
    WantedTrajectory,
)
from shared.postgres import Store, as_row, load_queries


class WantedStore(Store):
    queries = load_queries(Path(__file__).with_name("queries.sql"))

    def add(self, house: str, case_id: UUID, need: TrajectoryNeedRaised) -> None:
        self.execute("add", as_row(need) | {"house": house, "case_id": case_id, "needs": list(need.needs)})

    def close(self, house: str, closed: TrajectoryNeedClosed) -> None:
        """What is told last counts."""
        self.execute("close", as_row(closed) | {"house": house})

    def of_case(self, house: str, case_id: UUID, most: int) -> list[WantedTrajectory]:
        """Those of the person of a case, the newest first."""
        return self.fetch_all("of_case", {"house": house, "case_id": case_id, "limit": most}, _wanted)

    def waiting(self, house: str, most: int) -> list[WantedTrajectory]:
        """Those of which nothing came yet, what is due first on top."""
        return self.fetch_all("waiting", {"house": house, "limit": most}, _wanted)


def _wanted(*, needs: list[str], **columns: Any) -> WantedTrajectory:
    return WantedTrajectory(needs=tuple(needs), **columns)
