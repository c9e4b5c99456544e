"""Trajectories, over HTTP: started, a stage further, ended, and looked up."""

from uuid import UUID

from services.aftercare.access import (
    END_TRAJECTORY,
    REACH_STAGE,
    RECORD_TRANSPORT,
    SEE_TRAJECTORIES,
    SEE_TRAJECTORY_OUTCOMES,
    SEE_WHO_GUIDES,
    START_TRAJECTORY,
)
from services.aftercare.house import House
from services.aftercare.trajectories import handlers, lookups
from services.aftercare.trajectories.messages import (
    CorrectEnding,
    CorrectStage,
    CorrectTransport,
    EndTrajectory,
    RecordTransport,
    RunningTrajectories,
    StartTrajectory,
    TrajectoriesQuery,
    TrajectoryInDetail,
    TrajectoryOutcomesQuery,
    WithdrawEnding,
    WithdrawStage,
    WithdrawTransport,
)
from services.aftercare.trajectories.rules import StageReached, Trajectory, TrajectoryOutcome
from shared.unit import Lookup, Unit
from shared.web import Call, Page, command, lookup, recorded_lookup


@lookup(action=SEE_TRAJECTORIES, query=TrajectoriesQuery, gives=Trajectory, paged=True)
def trajectories(call: Call[TrajectoriesQuery], unit: Lookup[House]) -> Page[Trajectory]:
    """Trajectories, longest ago first."""
    return lookups.trajectories(call.house, call.input, unit)


@lookup(action=SEE_TRAJECTORY_OUTCOMES, query=TrajectoryOutcomesQuery, gives=TrajectoryOutcome, many=True)
def trajectory_outcomes(call: Call[TrajectoryOutcomesQuery], unit: Lookup[House]) -> list[TrajectoryOutcome]:
    """Results of the trajectories that started in a year, by kind and stage."""
    return lookups.trajectory_outcomes(call.house, call.input.year, unit)


@lookup(action=SEE_TRAJECTORIES, gives=TrajectoryInDetail)
def trajectory(call: Call[None], unit: Lookup[House], trajectory_id: UUID) -> TrajectoryInDetail:
    """One trajectory, with its needs, stages and transports, and who recorded each step."""
    return lookups.trajectory(call.house, trajectory_id, unit)


@recorded_lookup(action=SEE_WHO_GUIDES, gives=RunningTrajectories)
def show_who_guides(call: Call[None], unit: Unit[House], case_id: UUID) -> RunningTrajectories:
    """Which trajectories of the person of a case run now, and with whom; that the caller has seen it is logged."""
    unit.concerns_case(case_id)
    return lookups.running(call.house, case_id, unit)


@command(action=START_TRAJECTORY, takes=StartTrajectory, gives=Trajectory, status=201)
def start_trajectory(call: Call[StartTrajectory], unit: Unit[House]) -> Trajectory:
    """Start a trajectory, and send the provider the assignment."""
    started = handlers.start_trajectory(call.house, call.input, call.caller.name, unit)
    unit.concerns("trajectories", started.trajectory_id, started.case_id)
    return started


@command(action=REACH_STAGE, takes=StageReached, gives=Trajectory, status=201, versioned=True)
def reach_stage(call: Call[StageReached], unit: Unit[House], trajectory_id: UUID) -> Trajectory:
    """Record that the person reached a stage."""
    return handlers.reach_stage(call.house, trajectory_id, call.input, call.caller.name, unit, call.version)


@command(action=END_TRAJECTORY, takes=EndTrajectory, gives=Trajectory, status=201, versioned=True)
def end_trajectory(call: Call[EndTrajectory], unit: Unit[House], trajectory_id: UUID) -> Trajectory:
    """Record how a trajectory ended."""
    return handlers.end_trajectory(call.house, trajectory_id, call.input, call.caller.name, unit, call.version)


@command(action=REACH_STAGE, takes=CorrectStage, gives=Trajectory, status=201, versioned=True)
def correct_stage(call: Call[CorrectStage], unit: Unit[House], trajectory_id: UUID) -> Trajectory:
    """Correct the last stage: record the right one in place of a slip."""
    return handlers.correct_stage(call.house, trajectory_id, call.input, call.caller.name, unit, call.version)


@command(action=REACH_STAGE, takes=WithdrawStage, gives=Trajectory, status=201, versioned=True)
def withdraw_stage(call: Call[WithdrawStage], unit: Unit[House], trajectory_id: UUID) -> Trajectory:
    """Withdraw the last stage, which was a slip."""
    return handlers.withdraw_stage(call.house, trajectory_id, call.input, call.caller.name, unit, call.version)


@command(action=END_TRAJECTORY, takes=CorrectEnding, gives=Trajectory, status=201, versioned=True)
def correct_ending(call: Call[CorrectEnding], unit: Unit[House], trajectory_id: UUID) -> Trajectory:
    """Correct the end: record the right one in place of a slip."""
    return handlers.correct_ending(call.house, trajectory_id, call.input, call.caller.name, unit, call.version)


@command(action=END_TRAJECTORY, takes=WithdrawEnding, gives=Trajectory, status=201, versioned=True)
def withdraw_ending(call: Call[WithdrawEnding], unit: Unit[House], trajectory_id: UUID) -> Trajectory:
    """Withdraw the end, which was a slip: the trajectory runs on."""
    return handlers.withdraw_ending(call.house, trajectory_id, call.input, call.caller.name, unit, call.version)


@command(action=RECORD_TRANSPORT, takes=RecordTransport, gives=Trajectory, status=201, versioned=True)
def record_transport(call: Call[RecordTransport], unit: Unit[House], trajectory_id: UUID) -> Trajectory:
    """Record that a volunteer fetched a person from prison."""
    on, by = call.input.on, call.caller.name
    return handlers.record_transport(call.house, trajectory_id, on, by, unit, call.version)


@command(action=RECORD_TRANSPORT, takes=CorrectTransport, gives=Trajectory, status=201, versioned=True)
def correct_transport(call: Call[CorrectTransport], unit: Unit[House], trajectory_id: UUID) -> Trajectory:
    """Correct the day of a ride: record the right one in place of a slip."""
    return handlers.correct_transport(call.house, trajectory_id, call.input, call.caller.name, unit, call.version)


@command(action=RECORD_TRANSPORT, takes=WithdrawTransport, gives=Trajectory, status=201, versioned=True)
def withdraw_transport(call: Call[WithdrawTransport], unit: Unit[House], trajectory_id: UUID) -> Trajectory:
    """Withdraw a ride, which was a slip."""
    return handlers.withdraw_transport(call.house, trajectory_id, call.input, call.caller.name, unit, call.version)
