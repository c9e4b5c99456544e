"""The weighing team wants a trajectory, and its owner reports on it or the decision is taken back."""

from uuid import UUID

from services.aftercare.house import House
from services.aftercare.wanted_trajectories.messages import TrajectoryNeedClosed, TrajectoryNeedRaised
from services.aftercare.wanted_trajectories.rules import check_done
from services.aftercare.wanted_trajectories.store import WantedStore
from shared.messaging import Event
from shared.unit import Unit


def hear_need(event: Event[TrajectoryNeedRaised], unit: Unit[House]) -> None:
    """Store what the weighing team wants, for who starts trajectories."""
    unit.store(WantedStore).add(event.house, event.required_case_id(), event.data)


def hear_closed_need(event: Event[TrajectoryNeedClosed], unit: Unit[House]) -> None:
    """Store what came of it. A trajectory that has started runs on, also if the decision was taken back."""
    unit.store(WantedStore).close(event.house, event.data)


def explain(house: str, follow_up_id: UUID, because: str, by: str, unit: Unit[House]) -> None:
    """Record why no trajectory started. by: who says so. Raises UnknownNeed, NotReportedDone."""
    store = unit.store(WantedStore)
    need = store.to_explain(house, follow_up_id)
    check_done(need)
    unit.concerns_case(need.case_id)
    store.explain(need, follow_up_id, because, by)
