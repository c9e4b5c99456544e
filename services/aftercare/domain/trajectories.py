"""A trajectory: a provider helps somebody with one or more needs, stage by stage, until it ends with a result."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from enum import StrEnum
from uuid import UUID

from services.aftercare.domain import needs
from services.aftercare.domain.errors import (
    AlreadyEnded,
    BeforeStage,
    BeforeStart,
    StageBehind,
    StillRunning,
    TrajectoryOver,
    UnknownKind,
    UnknownMunicipality,
    UnknownProvider,
    UnknownStage,
)
from services.aftercare.domain.house import House


class Result(StrEnum):
    """How a trajectory ended."""

    COMPLETED = "completed"
    DROPPED_OUT = "dropped_out"
    ENDED_EARLY = "ended_early"


@dataclass(frozen=True, slots=True, kw_only=True)
class StageReached:
    stage: str
    on: date


@dataclass(frozen=True, slots=True, kw_only=True)
class Trajectory:
    """One trajectory of one subject. `needs`: a life domain each, in the order of the house's profile.

    transports: the days on which a volunteer fetched somebody from prison. version: goes up with each change.
    """

    trajectory_id: UUID
    house: str
    case_id: UUID
    detention_id: UUID | None
    municipality: str
    provider: str
    kind: str
    needs: tuple[str, ...]
    starts_on: date
    stages: tuple[StageReached, ...] = ()
    ended_on: date | None = None
    result: Result | None = None
    transports: tuple[date, ...] = ()
    version: int = 1

    @property
    def stage(self) -> str | None:
        """The furthest stage that was reached."""
        return self.stages[-1].stage if self.stages else None


@dataclass(frozen=True, slots=True, kw_only=True)
class StageOutcome:
    """Of how many a stage was reached, and with how many it was the last before they dropped out."""

    stage: str
    reached: int
    dropped_out: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Outcome:
    """How the trajectories of a kind went. running: those without an end. stages: all of the kind, in their order."""

    kind: str
    started: int
    running: int
    results: Mapping[Result, int]
    stages: tuple[StageOutcome, ...]


def outcomes(trajectories: Iterable[Trajectory], kinds: Mapping[str, Sequence[str]]) -> list[Outcome]:
    """The outcome of each kind, in the order of the kinds; each has its stages, in order."""
    of_kind: dict[str, list[Trajectory]] = {kind: [] for kind in kinds}
    for trajectory in trajectories:
        of_kind.setdefault(trajectory.kind, []).append(trajectory)
    return [_outcome(kind, group, kinds.get(kind, ())) for kind, group in of_kind.items()]


def _outcome(kind: str, group: Sequence[Trajectory], stages: Iterable[str]) -> Outcome:
    results = Counter(each.result for each in group if each.result)
    reached = Counter(reached.stage for each in group for reached in each.stages)
    dropped_out = Counter(each.stage for each in group if each.result is Result.DROPPED_OUT)
    return Outcome(
        kind=kind,
        started=len(group),
        running=len(group) - results.total(),
        results={result: results[result] for result in Result},
        stages=tuple(
            StageOutcome(stage=stage, reached=reached[stage], dropped_out=dropped_out[stage]) for stage in stages
        ),
    )


def start(trajectory: Trajectory, others: Iterable[Trajectory], house: House) -> Trajectory:
    """The trajectory that starts; the same one again is the one that stands.

    others: what the subject had before of the same kind with the same provider.
    """
    if trajectory.provider not in house.providers:
        raise UnknownProvider
    if trajectory.kind not in house.trajectory_kinds:
        raise UnknownKind
    if trajectory.municipality not in house.municipalities:
        raise UnknownMunicipality
    trajectory = replace(trajectory, needs=needs.in_order(trajectory.needs, house))
    for other in others:
        if _asked(other) == _asked(trajectory):
            return other
        if other.ended_on is None or trajectory.starts_on < other.ended_on:
            raise StillRunning
    return trajectory


def reach(trajectory: Trajectory, reached: StageReached, stages: Sequence[str]) -> Trajectory:
    """The trajectory a stage further; the same stage on the same day again changes nothing.

    stages: those of its kind, in order. Some may be passed over: who finds work needs no diploma first.
    """
    if reached in trajectory.stages:
        return trajectory
    if reached.stage not in stages:
        raise UnknownStage
    behind = max((stages.index(each.stage) for each in trajectory.stages if each.stage in stages), default=-1)
    if stages.index(reached.stage) <= behind:
        raise StageBehind
    _check_day(trajectory, reached.on)
    return _changed(trajectory, stages=(*trajectory.stages, reached))


def end(trajectory: Trajectory, on: date, result: Result) -> Trajectory:
    """The trajectory with its end; the same end again changes nothing."""
    if (trajectory.ended_on, trajectory.result) == (on, result):
        return trajectory
    if trajectory.ended_on:
        raise AlreadyEnded
    _check_day(trajectory, on)
    return _changed(trajectory, ended_on=on, result=result)


def record_transport(trajectory: Trajectory, on: date) -> Trajectory:
    """The trajectory with a volunteer's ride, also one before it started: from the gate to the first meeting."""
    if on in trajectory.transports:
        return trajectory
    if trajectory.ended_on and on > trajectory.ended_on:
        raise TrajectoryOver
    return _changed(trajectory, transports=tuple(sorted((*trajectory.transports, on))))


def _check_day(trajectory: Trajectory, on: date) -> None:
    """What happens lies between the last that happened and the end. Heard late it may be, after the end is known."""
    if on < trajectory.starts_on:
        raise BeforeStart
    if trajectory.ended_on and on > trajectory.ended_on:
        raise TrajectoryOver
    if trajectory.stages and on < trajectory.stages[-1].on:
        raise BeforeStage


def _asked(trajectory: Trajectory) -> tuple[object, ...]:
    return trajectory.detention_id, trajectory.municipality, trajectory.needs, trajectory.starts_on


def _changed(trajectory: Trajectory, **changes: object) -> Trajectory:
    return replace(trajectory, version=trajectory.version + 1, **changes)  # type: ignore[arg-type]
