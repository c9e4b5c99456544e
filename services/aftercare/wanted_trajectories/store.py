"""The trajectories that the weighing team wants."""

from pathlib import Path
from typing import Any
from uuid import UUID

from services.aftercare.wanted_trajectories.messages import (
    ToStart,
    TrajectoryNeedClosed,
    TrajectoryNeedRaised,
    WantedTrajectory,
)
from services.aftercare.wanted_trajectories.rules import Need, UnknownNeed
from shared.postgres import as_row, load_queries
from shared.sealed_texts import StoreWithTexts


class WantedStore(StoreWithTexts):
    sealed_columns = ("none_because",)
    queries = load_queries(Path(__file__).with_name("queries.sql"))

    def add(self, house: str, case_id: UUID, need: TrajectoryNeedRaised) -> None:
        self.execute("add", as_row(need) | {"house": house, "case_id": case_id, "needs": list(need.needs)})

    def close(self, house: str, closed: TrajectoryNeedClosed) -> None:
        """What is told last counts."""
        self.execute("close", as_row(closed) | {"house": house})

    def of_case(self, house: str, case_id: UUID, most: int) -> list[WantedTrajectory]:
        """Those of the person of a case, the newest first."""
        return self.fetch_all("of_case", {"house": house, "case_id": case_id, "limit": most}, _wanted)

    def waiting(self, house: str, most: int) -> list[ToStart]:
        """Those of which nothing came yet, what is due first on top."""
        return self.fetch_all("waiting", {"house": house, "limit": most}, ToStart)

    def to_explain(self, house: str, follow_up_id: UUID) -> Need:
        """Locked. Raises UnknownNeed."""
        found: Need | None = self.fetch_one("to_explain", {"house": house, "follow_up_id": follow_up_id}, Need)
        if found is None:
            raise UnknownNeed
        return found

    def explain(self, need: Need, follow_up_id: UUID, because: str, by: str) -> None:
        row = {"follow_up_id": follow_up_id, "none_because": because, "explained_by": by}
        self.execute("explain", self._sealed(need, row))


def _wanted(*, needs: list[str], **columns: Any) -> WantedTrajectory:
    return WantedTrajectory(needs=tuple(needs), **columns)
