"""Trajectories: started, a stage further, ended, and looked up."""

from typing import Any
from uuid import UUID

from services.aftercare.dependencies import Unit
from services.aftercare.domain.trajectories import Outcome, Trajectory
from services.aftercare.handlers import trajectories as handlers
from services.aftercare.messages.trajectories import (
    EndingSchema,
    OutcomesWanted,
    OutcomeView,
    StageSchema,
    TrajectoriesWanted,
    TrajectoryPage,
    TrajectoryView,
    TrajectoryWanted,
    TransportSchema,
)
from services.aftercare.storage import AftercareStore
from services.aftercare.views import trajectories as views
from shared.messaging.units import Units
from shared.web import Call
from shared.web.old_endpoint import command, endpoint

COORDINATOR = {"aftercare_coordinator"}


class TrajectoryEndpoints:
    """Mixed into the service class."""

    units: Units

    @endpoint(
        "GET",
        "/v1/trajectories",
        summary="Trajectories, longest ago first",
        roles=COORDINATOR,
        query=TrajectoriesWanted(),
        gives=TrajectoryPage(),
    )
    def trajectories(self, call: Call) -> dict[str, Any]:
        call.require_house(call.query["house"])
        with self.units.read() as connection:
            return views.trajectories(call.query, AftercareStore(connection))

    @endpoint(
        "GET",
        "/v1/trajectory-outcomes",
        summary="How the trajectories that started in a year went, by kind and stage",
        roles=COORDINATOR | {"chain_manager"},
        query=OutcomesWanted(),
        gives=OutcomeView(),
        many=True,
    )
    def trajectory_outcomes(self, call: Call) -> list[Outcome]:
        call.require_house(call.query["house"])
        with self.units.begin(call) as unit:
            return views.outcomes(call.query, unit)

    @endpoint(
        "GET",
        "/v1/trajectories/<uuid:trajectory_id>",
        summary="One trajectory, with its needs, stages and transports",
        roles=COORDINATOR,
        gives=TrajectoryView(),
    )
    def trajectory(self, call: Call, trajectory_id: UUID) -> Trajectory:
        with self.units.read() as connection:
            return views.trajectory(call.caller.house, trajectory_id, AftercareStore(connection))

    @command(
        "POST",
        "/v1/trajectories",
        summary="Start a trajectory, and give its provider the assignment",
        roles=COORDINATOR,
        takes=TrajectoryWanted(),
        gives=TrajectoryView(),
        status=201,
    )
    def start_trajectory(self, call: Call, unit: Unit) -> Trajectory:
        return handlers.start_trajectory(call.caller.house, call.body, unit)

    @command(
        "POST",
        "/v1/trajectories/<uuid:trajectory_id>/stages",
        summary="Record a stage that was reached",
        roles=COORDINATOR,
        takes=StageSchema(),
        gives=TrajectoryView(),
        status=201,
        versioned=True,
    )
    def reach_stage(self, call: Call, unit: Unit, trajectory_id: UUID) -> Trajectory:
        return handlers.reach_stage(call.caller.house, trajectory_id, call.body, unit, call.version)

    @command(
        "POST",
        "/v1/trajectories/<uuid:trajectory_id>/ending",
        summary="Record how a trajectory ended",
        roles=COORDINATOR,
        takes=EndingSchema(),
        gives=TrajectoryView(),
        status=201,
        versioned=True,
    )
    def end_trajectory(self, call: Call, unit: Unit, trajectory_id: UUID) -> Trajectory:
        return handlers.end_trajectory(
            call.caller.house, trajectory_id, **call.body, unit=unit, expected_version=call.version
        )

    @command(
        "POST",
        "/v1/trajectories/<uuid:trajectory_id>/transports",
        summary="Record that a volunteer fetched somebody from prison",
        roles=COORDINATOR,
        takes=TransportSchema(),
        gives=TrajectoryView(),
        status=201,
        versioned=True,
    )
    def record_transport(self, call: Call, unit: Unit, trajectory_id: UUID) -> Trajectory:
        return handlers.record_transport(
            call.caller.house, trajectory_id, **call.body, unit=unit, expected_version=call.version
        )
