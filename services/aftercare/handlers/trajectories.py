"""Trajectories from start to end, as the coordinator and providers tell it: load, decide, store, announce."""

from collections.abc import Mapping
from datetime import date
from typing import Any
from uuid import UUID, uuid4

from services.aftercare import metrics
from services.aftercare.dependencies import Unit
from services.aftercare.domain import trajectories
from services.aftercare.domain.errors import BrokenRule, NotTheirDetention, ResultMissing, UnknownTrajectory
from services.aftercare.domain.trajectories import Result, StageReached, Trajectory
from services.aftercare.handlers.assignments import give_trajectory
from shared.business_dates import noon
from shared.messaging import Event, check_version
from shared.postgres import as_row

ENDED = "ended"
"""A step of a provider's report that is no stage: the trajectory has ended, with the result that goes with it."""

IN_REPORTS = {"trajectoryId": "assignmentId", "stage": "step"}
"""What a provider calls the fields that a broken rule blames."""


def start_trajectory(house: str, wanted: Mapping[str, Any], unit: Unit) -> Trajectory:
    """The trajectory that starts; its provider gets the assignment. wanted: as the command gives it."""
    unit.store.lock_trajectories(wanted["case_id"])
    detention = unit.store.detention_of_case(house, wanted["case_id"], wanted["detention_id"])
    if wanted["detention_id"] and not detention:
        raise NotTheirDetention
    before = unit.store.trajectories(house, case_id=wanted["case_id"], provider=wanted["provider"], kind=wanted["kind"])
    asked = Trajectory(trajectory_id=uuid4(), house=house, **wanted)
    started = trajectories.start(asked, before, unit.profile(house))
    if started in before:
        return started
    unit.store.add_trajectory(started)
    _announce("started", started, started.starts_on, {"starts_on": started.starts_on}, unit)
    give_trajectory(started, detention["institution"] if detention and wanted["detention_id"] else None, unit)
    return started


def reach_stage(
    house: str, trajectory_id: UUID, reached: StageReached, unit: Unit, expected_version: int | None = None
) -> Trajectory:
    """The trajectory a stage further."""
    trajectory = _trajectory_to_change(house, trajectory_id, unit, expected_version)
    changed = _reach(trajectory, reached, unit)
    _keep_stage(trajectory, changed, unit)
    return changed


def end_trajectory(
    house: str, trajectory_id: UUID, on: date, result: Result, unit: Unit, expected_version: int | None = None
) -> Trajectory:
    """The trajectory with its end."""
    trajectory = _trajectory_to_change(house, trajectory_id, unit, expected_version)
    ended = trajectories.end(trajectory, on, result)
    _keep_end(trajectory, ended, on, unit)
    return ended


def record_transport(
    house: str, trajectory_id: UUID, on: date, unit: Unit, expected_version: int | None = None
) -> Trajectory:
    """The trajectory with a volunteer's ride from prison, which is nobody else's business."""
    trajectory = _trajectory_to_change(house, trajectory_id, unit, expected_version)
    changed = trajectories.record_transport(trajectory, on)
    if changed is not trajectory:
        unit.store.add_trajectory_transport(changed, on)
        metrics.TRAJECTORIES.labels(house, changed.kind, "transported").inc()
    return changed


def progress_reported(event: Event, unit: Unit) -> None:
    """A provider reports a stage, the end, or both: all of it counts, or nothing.

    Raises BrokenRule, with the field as the report names it.
    """
    report = event.data
    try:
        trajectory = _trajectory_to_change(event.house, report["assignment_id"], unit)
        further = _further(trajectory, report, unit)
        ended = trajectories.end(further, report["on"], report["result"]) if report["result"] else further
    except BrokenRule as broken:
        broken.field = IN_REPORTS.get(broken.field, broken.field)
        raise
    _keep_stage(trajectory, further, unit)
    _keep_end(further, ended, report["on"], unit)


def _further(trajectory: Trajectory, report: Mapping[str, Any], unit: Unit) -> Trajectory:
    if report["step"] != ENDED:
        return _reach(trajectory, StageReached(stage=report["step"], on=report["on"]), unit)
    if not report["result"]:
        raise ResultMissing
    return trajectory


def _reach(trajectory: Trajectory, reached: StageReached, unit: Unit) -> Trajectory:
    stages = unit.profile(trajectory.house).trajectory_kinds.get(trajectory.kind, ())
    return trajectories.reach(trajectory, reached, stages)


def _keep_stage(before: Trajectory, after: Trajectory, unit: Unit) -> None:
    if after is before:
        return
    reached = after.stages[-1]
    unit.store.add_trajectory_stage(after, reached)
    _announce("progressed", after, reached.on, {"stage": reached.stage, "reached_on": reached.on}, unit)


def _keep_end(before: Trajectory, after: Trajectory, on: date, unit: Unit) -> None:
    if after is before:
        return
    unit.store.change_trajectory(after)
    _announce("ended", after, on, as_row(after) | {"stage": after.stage}, unit)


def _trajectory_to_change(
    house: str, trajectory_id: UUID, unit: Unit, expected_version: int | None = None
) -> Trajectory:
    trajectory = unit.store.trajectory_to_change(house, trajectory_id)
    if not trajectory:
        raise UnknownTrajectory
    if expected_version is not None:
        check_version(expected_version, trajectory.version)
    return trajectory


def _announce(what: str, trajectory: Trajectory, on: date, data: dict[str, Any], unit: Unit) -> None:
    which = {
        "trajectory_id": trajectory.trajectory_id,
        "detention_id": trajectory.detention_id,
        "municipality": trajectory.municipality,
        "provider": trajectory.provider,
        "kind": trajectory.kind,
        "needs": trajectory.needs,
    }
    unit.announce(
        f"trajectories.{what}.v1",
        house=trajectory.house,
        case_id=trajectory.case_id,
        time=noon(on),
        data=which | data,
    )
    metrics.TRAJECTORIES.labels(trajectory.house, trajectory.kind, what).inc()
