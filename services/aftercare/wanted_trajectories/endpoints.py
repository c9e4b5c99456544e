"""Trajectories that the weighing team wants, over HTTP."""

from uuid import UUID

from services.aftercare.access import EXPLAIN_TRAJECTORY
from services.aftercare.house import House
from services.aftercare.wanted_trajectories import handlers
from services.aftercare.wanted_trajectories.messages import ExplainTrajectory
from shared.unit import Unit
from shared.web import Call, command


@command(action=EXPLAIN_TRAJECTORY, takes=ExplainTrajectory, gives=ExplainTrajectory, status=201)
def explain_trajectory(call: Call[ExplainTrajectory], unit: Unit[House], follow_up_id: UUID) -> ExplainTrajectory:
    """Say why no trajectory started though its owner reports that it is done; what is said last counts."""
    handlers.explain(call.house, follow_up_id, call.input.none_because, call.caller.name, unit)
    return call.input
