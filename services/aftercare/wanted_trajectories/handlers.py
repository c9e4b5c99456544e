"""The weighing team wants a trajectory, and its owner reports on it or the decision is taken back."""

from services.aftercare.house import House
from services.aftercare.wanted_trajectories.messages import TrajectoryNeedClosed, TrajectoryNeedRaised
from services.aftercare.wanted_trajectories.store import WantedStore
from shared.messaging import Event
from shared.unit import Unit


def hear_need(event: Event[TrajectoryNeedRaised], unit: Unit[House]) -> None:
    """Store what the weighing team wants, for who starts trajectories."""
    unit.store(WantedStore).add(event.house, event.required_case_id(), event.data)


def hear_closed_need(event: Event[TrajectoryNeedClosed], unit: Unit[House]) -> None:
    """Store what came of it. A trajectory that has started runs on, also if the decision was taken back."""
    unit.store(WantedStore).close(event.house, event.data)
