"""Trajectories from start to end, as the coordinator records and providers report them."""

from datetime import date
from uuid import UUID, uuid4

from services.aftercare import metrics
from services.aftercare.assignments.handlers import give
from services.aftercare.assignments.rules import Assignment
from services.aftercare.cases.store import CaseStore
from services.aftercare.detentions.rules import institution_on
from services.aftercare.detentions.store import DetentionStore
from services.aftercare.house import House
from services.aftercare.records.messages import Correction
from services.aftercare.trajectories import rules
from services.aftercare.trajectories.messages import (
    ENDED,
    CorrectEnding,
    CorrectStage,
    CorrectTransport,
    EndTrajectory,
    StartTrajectory,
    TrajectoryEnded,
    TrajectoryProgressed,
    TrajectoryProgressReported,
    TrajectoryStarted,
    TrajectoryStepWithdrawn,
    WithdrawEnding,
    WithdrawStage,
    WithdrawTransport,
)
from services.aftercare.trajectories.rules import (
    NextOneStarted,
    NotTheirDetention,
    Result,
    ResultMissing,
    StageReached,
    Trajectory,
)
from services.aftercare.trajectories.store import TrajectoryStore
from shared.aliases.store import AliasStore
from shared.messaging import Event, check_version
from shared.unit import Unit


def start_trajectory(house: str, wanted: StartTrajectory, by: str, unit: Unit[House]) -> Trajectory:
    """Record the trajectory that starts, and give its provider the assignment. The same start again changes nothing."""
    store = unit.store(TrajectoryStore)
    store.lock_trajectories(unit.store(AliasStore).person(wanted.case_id))
    institution = _institution(house, wanted, unit)
    before = store.trajectories_of_kind(house, wanted.case_id, wanted.provider, wanted.kind)
    started = rules.start(_new_trajectory(house, wanted), before, unit.profile(house))
    if started in before:
        return started
    store.add_trajectory(started, by)
    unit.announce_on(started.starts_on, _started(started), started)
    _count("started", started)
    give(_assignment(started, institution), unit)
    return started


def reach_stage(
    house: str, trajectory_id: UUID, reached: StageReached, by: str, unit: Unit[House], version: int | None = None
) -> Trajectory:
    """Record that the trajectory is a stage further. The same stage again changes nothing."""
    trajectory = _trajectory_to_change(house, trajectory_id, unit, version)
    further = rules.reach(trajectory, reached, _stages(trajectory, unit))
    _keep_stage(trajectory, further, by, unit)
    return further


def correct_stage(
    house: str, trajectory_id: UUID, right: CorrectStage, by: str, unit: Unit[House], version: int | None
) -> Trajectory:
    """Record the right stage in place of the last one, which was a slip. The same again changes nothing."""
    trajectory = _trajectory_to_change(house, trajectory_id, unit, None)
    reached = StageReached(stage=right.stage, on=right.on)
    if trajectory.stages and trajectory.stages[-1] == reached:
        return trajectory
    _check(version, trajectory)
    without = _withdraw(rules.without_stage(trajectory, right.wrong_stage), right.wrong_stage, right, by, unit)
    further = rules.reach(without, reached, _stages(without, unit))
    _keep_stage(without, further, by, unit)
    return further


def withdraw_stage(
    house: str, trajectory_id: UUID, slip: WithdrawStage, by: str, unit: Unit[House], version: int | None
) -> Trajectory:
    """Withdraw the last stage, which was a slip."""
    trajectory = _trajectory_to_change(house, trajectory_id, unit, version)
    without = _withdraw(rules.without_stage(trajectory, slip.stage), slip.stage, slip, by, unit)
    unit.store(TrajectoryStore).change_trajectory(without)
    return without


def end_trajectory(
    house: str, trajectory_id: UUID, ending: EndTrajectory, by: str, unit: Unit[House], version: int | None = None
) -> Trajectory:
    """Record how the trajectory ended. The same end again changes nothing."""
    trajectory = _trajectory_to_change(house, trajectory_id, unit, version)
    ended = rules.end(trajectory, ending.on, ending.result)
    _keep_end(trajectory, ended, by, unit)
    return ended


def correct_ending(
    house: str, trajectory_id: UUID, right: CorrectEnding, by: str, unit: Unit[House], version: int | None
) -> Trajectory:
    """Record the right end in place of the one that stands, which was a slip. The same end again changes nothing."""
    trajectory = _trajectory_to_change(house, trajectory_id, unit, None)
    if (trajectory.ended_on, trajectory.result) == (right.on, right.result):
        return trajectory
    _check(version, trajectory)
    if any(other.starts_on < right.on for other in _later(trajectory, unit)):
        raise NextOneStarted
    running = _withdraw(rules.without_end(trajectory, ()), ENDED, right, by, unit)
    ended = rules.end(running, right.on, right.result)
    _keep_end(running, ended, by, unit)
    return ended


def withdraw_ending(
    house: str, trajectory_id: UUID, slip: WithdrawEnding, by: str, unit: Unit[House], version: int | None
) -> Trajectory:
    """Withdraw the end, which was a slip: the trajectory runs on."""
    trajectory = _trajectory_to_change(house, trajectory_id, unit, version)
    running = _withdraw(rules.without_end(trajectory, _later(trajectory, unit)), ENDED, slip, by, unit)
    unit.store(TrajectoryStore).change_trajectory(running)
    return running


def record_transport(
    house: str, trajectory_id: UUID, on: date, by: str, unit: Unit[House], expected_version: int | None = None
) -> Trajectory:
    """Record a volunteer's ride from prison. It is not announced: no other service needs to know."""
    trajectory = _trajectory_to_change(house, trajectory_id, unit, expected_version)
    changed = rules.record_transport(trajectory, on)
    if changed is not trajectory:
        unit.store(TrajectoryStore).add_trajectory_transport(changed, on, by)
        _count("transported", changed)
    return changed


def correct_transport(
    house: str, trajectory_id: UUID, right: CorrectTransport, by: str, unit: Unit[House], version: int | None
) -> Trajectory:
    """Record the right day of a ride in place of a wrong one. The same again changes nothing."""
    trajectory = _trajectory_to_change(house, trajectory_id, unit, None)
    if right.on in trajectory.transports and right.wrong_on not in trajectory.transports:
        return trajectory
    _check(version, trajectory)
    without = rules.without_transport(trajectory, right.wrong_on, "wrongOn")
    unit.store(TrajectoryStore).withdraw_trajectory_transport(without, right.wrong_on, right.because, by)
    changed = rules.record_transport(without, right.on)
    if changed is not without:
        unit.store(TrajectoryStore).add_trajectory_transport(changed, right.on, by)
    return changed


def withdraw_transport(
    house: str, trajectory_id: UUID, slip: WithdrawTransport, by: str, unit: Unit[House], version: int | None
) -> Trajectory:
    """Withdraw a ride, which was a slip."""
    trajectory = _trajectory_to_change(house, trajectory_id, unit, version)
    without = rules.without_transport(trajectory, slip.on, "on")
    unit.store(TrajectoryStore).withdraw_trajectory_transport(without, slip.on, slip.because, by)
    _count("taken_back", without)
    return without


def progress_reported(event: Event[TrajectoryProgressReported], unit: Unit[House]) -> None:
    """Record the stage or the end that a provider reports. A report with one wrong field has no effect at all."""
    report = event.data
    trajectory = unit.store(TrajectoryStore).trajectory_to_change(event.house, report.assignment_id, "assignmentId")
    further = _further(trajectory, report, unit)
    ended = rules.end(further, report.on, report.result) if report.result else further
    _keep_stage(trajectory, further, report.partner, unit)
    _keep_end(further, ended, report.partner, unit)


def _further(trajectory: Trajectory, report: TrajectoryProgressReported, unit: Unit[House]) -> Trajectory:
    """The trajectory with the stage that is reported, if any."""
    if report.step != ENDED:
        reached = StageReached(stage=report.step, on=report.on)
        return rules.reach(trajectory, reached, _stages(trajectory, unit), stage_field="step")
    if not report.result:
        raise ResultMissing
    return trajectory


def _stages(trajectory: Trajectory, unit: Unit[House]) -> tuple[str, ...]:
    return unit.profile(trajectory.house).trajectory_kinds.get(trajectory.kind, ())


def _trajectory_to_change(
    house: str, trajectory_id: UUID, unit: Unit[House], expected_version: int | None
) -> Trajectory:
    trajectory = unit.store(TrajectoryStore).trajectory_to_change(house, trajectory_id)
    _check(expected_version, trajectory)
    return trajectory


def _check(version: int | None, trajectory: Trajectory) -> None:
    """version: the version that the caller saw; None for a caller that sees none, such as a partner."""
    if version is not None:
        check_version(version, trajectory.version)


def _later(trajectory: Trajectory, unit: Unit[House]) -> list[Trajectory]:
    """The trajectories of the same kind with the same provider that started after the end of this one."""
    store = unit.store(TrajectoryStore)
    store.lock_trajectories(unit.store(AliasStore).person(trajectory.case_id))
    same = store.trajectories_of_kind(trajectory.house, trajectory.case_id, trajectory.provider, trajectory.kind)
    return [other for other in same if trajectory.ended_on and other.starts_on >= trajectory.ended_on]


def _withdraw(without: Trajectory, step: str, slip: Correction, by: str, unit: Unit[House]) -> Trajectory:
    """Store and announce that a stage or the end was a slip. without: the trajectory without that step."""
    unit.store(TrajectoryStore).withdraw_trajectory_step(without, step, slip.because, by)
    message = TrajectoryStepWithdrawn(trajectory_id=without.trajectory_id, step=step, withdrawn_on=unit.today)
    unit.announce_on(unit.today, message, without)
    _count("taken_back", without)
    return without


def _keep_stage(before: Trajectory, after: Trajectory, by: str, unit: Unit[House]) -> None:
    """Store and announce the stage that was reached, unless it was recorded before."""
    if after is before:
        return
    reached = after.stages[-1]
    unit.store(TrajectoryStore).add_trajectory_stage(after, reached, by)
    unit.announce_on(reached.on, _progressed(after, reached), after)
    _count("progressed", after)


def _keep_end(before: Trajectory, after: Trajectory, by: str, unit: Unit[House]) -> None:
    """Store and announce the end, unless it was recorded before."""
    if after is before or not after.ended_on or not after.result:
        return
    unit.store(TrajectoryStore).add_trajectory_end(after, by)
    unit.announce_on(after.ended_on, _ended(after, after.ended_on, after.result), after)
    _count("ended", after)


def _started(trajectory: Trajectory) -> TrajectoryStarted:
    return TrajectoryStarted(
        trajectory_id=trajectory.trajectory_id,
        detention_id=trajectory.detention_id,
        municipality=trajectory.municipality,
        provider=trajectory.provider,
        kind=trajectory.kind,
        needs=trajectory.needs,
        starts_on=trajectory.starts_on,
    )


def _progressed(trajectory: Trajectory, reached: StageReached) -> TrajectoryProgressed:
    return TrajectoryProgressed(
        trajectory_id=trajectory.trajectory_id,
        detention_id=trajectory.detention_id,
        municipality=trajectory.municipality,
        provider=trajectory.provider,
        kind=trajectory.kind,
        needs=trajectory.needs,
        stage=reached.stage,
        reached_on=reached.on,
    )


def _ended(trajectory: Trajectory, on: date, result: Result) -> TrajectoryEnded:
    return TrajectoryEnded(
        trajectory_id=trajectory.trajectory_id,
        detention_id=trajectory.detention_id,
        municipality=trajectory.municipality,
        provider=trajectory.provider,
        kind=trajectory.kind,
        needs=trajectory.needs,
        starts_on=trajectory.starts_on,
        ended_on=on,
        stage=trajectory.stage,
        result=result,
    )


def _institution(house: str, wanted: StartTrajectory, unit: Unit[House]) -> str | None:
    """The prison where the trajectory starts. Raises UnknownCase, NotTheirDetention."""
    unit.store(CaseStore).check_case(house, wanted.case_id)
    if not wanted.detention_id:
        return None
    detention = unit.store(DetentionStore).detention(house, wanted.detention_id)
    if not detention or detention.case_id not in unit.store(AliasStore).group(wanted.case_id):
        raise NotTheirDetention
    return institution_on(detention, wanted.starts_on)


def _new_trajectory(house: str, wanted: StartTrajectory) -> Trajectory:
    return Trajectory(
        trajectory_id=uuid4(),
        house=house,
        case_id=wanted.case_id,
        detention_id=wanted.detention_id,
        municipality=wanted.municipality,
        provider=wanted.provider,
        kind=wanted.kind,
        needs=wanted.needs,
        starts_on=wanted.starts_on,
    )


def _assignment(started: Trajectory, institution: str | None) -> Assignment:
    """What the provider is asked to do. institution: the prison, if the trajectory begins there."""
    return Assignment(
        assignment_id=started.trajectory_id,
        house=started.house,
        case_id=started.case_id,
        provider=started.provider,
        kind="trajectory",
        given_on=started.starts_on,
        needs=started.needs,
        institution=institution,
        trajectory_kind=started.kind,
        starts_on=started.starts_on,
    )


def _count(what: str, trajectory: Trajectory) -> None:
    metrics.TRAJECTORIES.labels(trajectory.house, trajectory.kind, what).inc()
