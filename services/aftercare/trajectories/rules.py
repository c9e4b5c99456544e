"""A trajectory: a provider helps somebody with one or more needs, stage by stage, until it ends with a result."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from enum import StrEnum
from uuid import UUID

from services.aftercare.assignments.rules import UnknownProvider
from services.aftercare.house import Code, House
from services.aftercare.needs.rules import in_order
from services.aftercare.records.rules import NothingToCorrect
from shared.days import HouseDay
from shared.rules import BrokenRule, UnknownObject


class UnknownTrajectory(UnknownObject):
    field = "trajectoryId"
    reason = "is not a trajectory of this house"


class UnknownKind(BrokenRule):
    field = "kind"
    reason = "is not a kind of trajectory of this house"


class UnknownMunicipality(BrokenRule):
    field = "municipality"
    reason = "is not a municipality of this house"


class NotTheirDetention(BrokenRule):
    field = "detentionId"
    reason = "is not a detention of this case"


class StillRunning(BrokenRule):
    field = "startsOn"
    reason = "is before the end of another trajectory of this kind with this provider"


class UnknownStage(BrokenRule):
    field = "stage"
    reason = "is not a stage of this kind of trajectory"


class StageBehind(BrokenRule):
    field = "stage"
    reason = "is not after the stage that was reached"


class BeforeStart(BrokenRule):
    field = "on"
    reason = "is before the trajectory started"


class BeforeStage(BrokenRule):
    field = "on"
    reason = "is before the last stage was reached"


class TrajectoryOver(BrokenRule):
    field = "on"
    reason = "is after the trajectory ended"


class AlreadyEnded(BrokenRule):
    field = "on"
    reason = "differs from the end that is recorded already"


class ResultMissing(BrokenRule):
    field = "result"
    reason = "is required of a trajectory that ended"


class LaterStageReached(BrokenRule):
    field = "stage"
    reason = "is not the last stage: withdraw the later stages first, the last one first"


class NextOneStarted(BrokenRule):
    field = "on"
    reason = "must stay: another trajectory of this kind with this provider started since"


class Result(StrEnum):
    """How a trajectory ended."""

    COMPLETED = "completed"
    DROPPED_OUT = "dropped_out"
    ENDED_EARLY = "ended_early"


@dataclass(frozen=True, slots=True, kw_only=True)
class StageReached:
    """A stage of the kind of trajectory, and the day on which it was reached."""

    stage: Code
    on: HouseDay


@dataclass(frozen=True, slots=True, kw_only=True)
class Trajectory:
    """One trajectory of one subject. `needs`: a life domain each, in the order of the house's profile.

    `stages` in the order in which they were reached, `stage` the furthest. `transports`: the days on which a volunteer
    fetched somebody from prison. `version` goes up with each change.
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
    stage: str | None = field(init=False)
    ended_on: date | None = None
    result: Result | None = None
    transports: tuple[date, ...] = ()
    version: int = 1

    def __post_init__(self) -> None:
        object.__setattr__(self, "stage", self.stages[-1].stage if self.stages else None)


@dataclass(frozen=True, slots=True, kw_only=True)
class StageOutcome:
    """Of how many the `stage` was reached, and with how many it was the last before they dropped out."""

    stage: str
    reached: int
    dropped_out: int


@dataclass(frozen=True, slots=True, kw_only=True)
class TrajectoryOutcome:
    """How the trajectories of a kind went. `running`: those without an end; `results`: how many ended in each way.

    `stages`: all stages of the kind, in their order.
    """

    kind: str
    started: int
    running: int
    results: Mapping[Result, int]
    stages: tuple[StageOutcome, ...]


def outcomes(trajectories: Iterable[Trajectory], kinds: Mapping[str, Sequence[str]]) -> list[TrajectoryOutcome]:
    """The outcome of each kind, in the order of the kinds. kinds: the stages of each, in order."""
    by_kind: dict[str, list[Trajectory]] = {kind: [] for kind in kinds}
    for trajectory in trajectories:
        by_kind.setdefault(trajectory.kind, []).append(trajectory)
    return [_outcome(kind, group, kinds.get(kind, ())) for kind, group in by_kind.items()]


def _outcome(kind: str, group: Sequence[Trajectory], stages: Iterable[str]) -> TrajectoryOutcome:
    results = Counter(trajectory.result for trajectory in group if trajectory.result)
    reached = Counter(reached.stage for trajectory in group for reached in trajectory.stages)
    dropped_out = Counter(trajectory.stage for trajectory in group if trajectory.result is Result.DROPPED_OUT)
    return TrajectoryOutcome(
        kind=kind,
        started=len(group),
        running=len(group) - results.total(),
        results={result: results[result] for result in Result},
        stages=tuple(
            StageOutcome(stage=stage, reached=reached[stage], dropped_out=dropped_out[stage]) for stage in stages
        ),
    )


def start(trajectory: Trajectory, others: Iterable[Trajectory], house: House) -> Trajectory:
    """The trajectory that starts, or the one that stands if the same is started again.

    others: the trajectories of the same kind with the same provider that the subject had before.
    """
    if trajectory.provider not in house.providers:
        raise UnknownProvider(known=house.providers)
    if trajectory.kind not in house.trajectory_kinds:
        raise UnknownKind(known=house.trajectory_kinds)
    check_municipality(trajectory.municipality, house)
    trajectory = replace(trajectory, needs=in_order(trajectory.needs, house))
    for other in others:
        if _is_same(other, trajectory):
            return other
        if other.ended_on is None or trajectory.starts_on < other.ended_on:
            raise StillRunning
    return trajectory


def check_municipality(municipality: str, house: House) -> None:
    """Raises UnknownMunicipality unless the municipality belongs to the house's region."""
    if municipality not in house.municipalities:
        raise UnknownMunicipality


def reach(
    trajectory: Trajectory, reached: StageReached, stages: Sequence[str], stage_field: str = "stage"
) -> Trajectory:
    """The trajectory a stage further; the same stage on the same day again changes nothing.

    stages: the stages of its kind, in order. Some may be passed over: who finds work needs no diploma first.
    stage_field: the name of the stage's field in the input, to blame.
    """
    if reached in trajectory.stages:
        return trajectory
    if reached.stage not in stages:
        raise UnknownStage(stage_field, known=stages)
    behind = max((stages.index(earlier.stage) for earlier in trajectory.stages if earlier.stage in stages), default=-1)
    if stages.index(reached.stage) <= behind:
        raise StageBehind(stage_field)
    _check_day(trajectory, reached.on)
    return replace(trajectory, version=trajectory.version + 1, stages=(*trajectory.stages, reached))


def end(trajectory: Trajectory, on: date, result: Result) -> Trajectory:
    """The trajectory with its end; the same end again changes nothing."""
    if (trajectory.ended_on, trajectory.result) == (on, result):
        return trajectory
    if trajectory.ended_on:
        raise AlreadyEnded
    _check_day(trajectory, on)
    return replace(trajectory, version=trajectory.version + 1, ended_on=on, result=result)


def without_stage(trajectory: Trajectory, stage: str) -> Trajectory:
    """The trajectory without its last stage, which was a slip: stages after it would stand on nothing."""
    if stage not in {reached.stage for reached in trajectory.stages}:
        raise NothingToCorrect("stage")
    if trajectory.stage != stage:
        raise LaterStageReached
    return replace(trajectory, version=trajectory.version + 1, stages=trajectory.stages[:-1])


def without_end(trajectory: Trajectory, others: Iterable[Trajectory]) -> Trajectory:
    """The trajectory that runs again: its end was a slip.

    others: all trajectories of the same kind with the same provider of the subject.
    """
    if trajectory.ended_on is None:
        raise NothingToCorrect("on")
    if any(other.starts_on >= trajectory.ended_on for other in others if other != trajectory):
        raise NextOneStarted
    return replace(trajectory, version=trajectory.version + 1, ended_on=None, result=None)


def record_transport(trajectory: Trajectory, on: date) -> Trajectory:
    """The trajectory with a volunteer's ride, also one before it started: from the gate to the first meeting."""
    if on in trajectory.transports:
        return trajectory
    if trajectory.ended_on and on > trajectory.ended_on:
        raise TrajectoryOver
    transports = tuple(sorted((*trajectory.transports, on)))
    return replace(trajectory, version=trajectory.version + 1, transports=transports)


def without_transport(trajectory: Trajectory, on: date, field: str) -> Trajectory:
    """The trajectory without a ride, which was a slip. field: the name of the day's field in the input, to blame."""
    if on not in trajectory.transports:
        raise NothingToCorrect(field)
    transports = tuple(day for day in trajectory.transports if day != on)
    return replace(trajectory, version=trajectory.version + 1, transports=transports)


def _check_day(trajectory: Trajectory, on: date) -> None:
    """An event of a trajectory lies between the last stage reached and the end. The end may be known already."""
    if on < trajectory.starts_on:
        raise BeforeStart
    if trajectory.ended_on and on > trajectory.ended_on:
        raise TrajectoryOver
    if trajectory.stages and on < trajectory.stages[-1].on:
        raise BeforeStage


def _is_same(one: Trajectory, other: Trajectory) -> bool:
    """Whether two starts ask for the same trajectory of the same subject, kind and provider."""
    return (one.detention_id, one.municipality, one.needs, one.starts_on) == (
        other.detention_id,
        other.municipality,
        other.needs,
        other.starts_on,
    )
