"""A trajectory that the weighing team wants, as weighing tells it and people look it up."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Annotated
from uuid import UUID

from shared.bounds import Length, Text


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
    `noneBecause`, `explainedBy`, `explainedAt`: why none started though it is reported done, if somebody has said so.
    """

    case_id: UUID
    end: str | None
    closed_on: date | None
    trajectory_id: UUID | None
    none_because: str | None
    explained_by: str | None
    explained_at: datetime | None


@dataclass(frozen=True, slots=True, kw_only=True)
class ToStart:
    """A wanted trajectory that did not start, and for which nobody said why. end: `done` or None."""

    follow_up_id: UUID
    case_id: UUID
    municipality: str
    agreed_on: date
    due_on: date
    end: str | None
    closed_on: date | None


@dataclass(frozen=True, slots=True, kw_only=True)
class ExplainTrajectory:
    """`noneBecause`: why no trajectory started though its owner says that it is done; stays in aftercare."""

    none_because: Text
