"""What providers report, what people record and look up, and what is announced of a trajectory."""

from dataclasses import dataclass
from datetime import date
from typing import Annotated
from uuid import UUID

from services.aftercare.house import Code
from services.aftercare.judgements.messages import PartnerMessage
from services.aftercare.records.messages import Correction
from services.aftercare.records.rules import RecordedStep
from services.aftercare.trajectories.rules import Result, Trajectory
from shared.bounds import Length, Line, Range
from shared.days import HouseDay, PlannedDay
from shared.web import PageQuery

MOST_RUNNING = 50
ENDED = "ended"
"""A step of a provider's report that is no stage: the trajectory has ended, with the result of the same report."""


@dataclass(frozen=True, slots=True, kw_only=True)
class TrajectoryProgressReported(PartnerMessage):
    """`trajectory-progress.reported.v1` of intake: a provider's report. `step` is a stage, or `ended`."""

    assignment_id: UUID
    on: date
    step: str
    result: Result | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class StartTrajectory:
    """`needs` are the life domains of the needs that the trajectory answers, each once."""

    case_id: UUID
    detention_id: UUID | None = None
    municipality: Line
    provider: Code
    kind: Code
    needs: Annotated[tuple[Code, ...], Length(1, 20)]
    starts_on: PlannedDay


@dataclass(frozen=True, slots=True, kw_only=True)
class EndTrajectory:
    """The day on which a trajectory ended, and how."""

    on: HouseDay
    result: Result


@dataclass(frozen=True, slots=True, kw_only=True)
class CorrectStage(Correction):
    """The right day of the last stage, or the stage that was meant in its place."""

    wrong_stage: Code
    stage: Code
    on: HouseDay


@dataclass(frozen=True, slots=True, kw_only=True)
class WithdrawStage(Correction):
    """The last stage, which was a slip."""

    stage: Code


@dataclass(frozen=True, slots=True, kw_only=True)
class CorrectEnding(EndTrajectory, Correction):
    """The right end, in place of the end that stands."""


@dataclass(frozen=True, slots=True, kw_only=True)
class WithdrawEnding(Correction):
    """Why the end is withdrawn: the trajectory runs on."""


@dataclass(frozen=True, slots=True, kw_only=True)
class RecordTransport:
    """The day on which a volunteer fetched somebody from prison."""

    on: HouseDay


@dataclass(frozen=True, slots=True, kw_only=True)
class CorrectTransport(RecordTransport, Correction):
    """The right day of a ride, in place of `wrongOn`."""

    wrong_on: HouseDay


@dataclass(frozen=True, slots=True, kw_only=True)
class WithdrawTransport(RecordTransport, Correction):
    """`on`: the day of a ride that was a slip."""


@dataclass(frozen=True, slots=True, kw_only=True)
class TrajectoryInDetail(Trajectory):
    """With each step in the order in which they were recorded, also those that were withdrawn."""

    steps: tuple[RecordedStep, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class TrajectoriesQuery(PageQuery):
    """`runningOn`: the trajectories that had started by that day and had not ended."""

    case_id: UUID | None = None
    provider: str | None = None
    kind: str | None = None
    municipality: str | None = None
    running_on: date | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class RunningTrajectory:
    """A trajectory that runs now, as far as whoever answers a caller may know it."""

    trajectory_id: UUID
    kind: str
    provider: str
    starts_on: date


@dataclass(frozen=True, slots=True, kw_only=True)
class RunningTrajectories:
    """Longest ago first; 50 at most."""

    items: Annotated[tuple[RunningTrajectory, ...], Length(most=MOST_RUNNING)]


@dataclass(frozen=True, slots=True, kw_only=True)
class TrajectoryOutcomesQuery:
    """`year`: in which the trajectories started."""

    year: Annotated[int, Range(1900, 9998)]


@dataclass(frozen=True, slots=True, kw_only=True)
class TrajectoryStep:
    """What each event of a trajectory says: which trajectory. `needs` are the life domains of its needs."""

    trajectory_id: UUID
    detention_id: UUID | None = None
    municipality: str
    provider: str
    kind: str
    needs: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class TrajectoryStarted(TrajectoryStep):
    """`trajectories.started.v1`: a trajectory with a provider started."""

    starts_on: date


@dataclass(frozen=True, slots=True, kw_only=True)
class TrajectoryProgressed(TrajectoryStep):
    """`trajectories.progressed.v1`: a trajectory reached a stage."""

    stage: str
    reached_on: date


@dataclass(frozen=True, slots=True, kw_only=True)
class TrajectoryEnded(TrajectoryStep):
    """`trajectories.ended.v1`: a trajectory ended. `stage` is the last stage that the person reached."""

    starts_on: date
    ended_on: date
    stage: str | None = None
    result: Result


@dataclass(frozen=True, slots=True, kw_only=True)
class TrajectoryStepWithdrawn:
    """`trajectory-steps.withdrawn.v1`: a stage, or the end (`ended`), was a slip."""

    trajectory_id: UUID
    step: str
    withdrawn_on: date
