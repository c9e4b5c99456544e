"""A trajectory that the weighing team wants and that nobody starts needs a reason."""

from typing import NamedTuple
from uuid import UUID

from shared.rules import Contradiction, UnknownObject


class UnknownNeed(UnknownObject):
    field = "followUpId"
    reason = "is not a voluntary trajectory that the weighing team of this house decided on"


class NotReportedDone(Contradiction):
    field = "followUpId"
    reason = "is not reported done: start a trajectory, or have its owner report"


class Need(NamedTuple):
    """A wanted trajectory. end: as in `WantedTrajectory`."""

    house: str
    case_id: UUID
    end: str | None


def check_done(need: Need) -> None:
    """Raises NotReportedDone unless the owner says that it is done."""
    if need.end != "done":
        raise NotReportedDone
