"""A trajectory that the weighing team wants, as weighing tells it and people look it up."""

from dataclasses import dataclass
from datetime import date
from typing import Annotated
from uuid import UUID

from shared.bounds import Length


@dataclass(frozen=True, slots=True, kw_only=True)
class TrajectoryNeedRaised:
    """`trajectory-needs.raised.v1` of weighing: the team decided on a voluntary trajectory."""

    follow_up_id: UUID
    municipality: str
    needs: Annotated[tuple[str, ...], Length(1, 20)]
    owner: str
    agreed_on: date
    due_on: date


@dataclass(frozen=True, slots=True, kw_only=True)
class TrajectoryNeedClosed:
    """`trajectory-needs.closed.v1` of weighing: the owner reported on it, or the decision was taken back."""

    follow_up_id: UUID
    end: str
    closed_on: date


@dataclass(frozen=True, slots=True, kw_only=True)
class WantedTrajectory(TrajectoryNeedRaised):
    """With what came of it. `end`: `done` or `not_done` as the owner reported, `lapsed` if the decision was taken back;
    null before. `trajectoryId`: the first trajectory of the same person since that day; it stays if the need lapses.
    """

    case_id: UUID
    end: str | None
    closed_on: date | None
    trajectory_id: UUID | None
