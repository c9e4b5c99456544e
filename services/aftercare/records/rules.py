"""What is known of each recorded fact. A slip is withdrawn: the fact stays, and figures and duties leave it out."""

from dataclasses import dataclass
from datetime import date, datetime

from shared.rules import BrokenRule


class NothingToCorrect(BrokenRule):
    reason = "names no fact that stands: nothing was recorded, or it was withdrawn"


@dataclass(frozen=True, kw_only=True)
class Recorded:
    """Who recorded a fact and when. `withdrawn_by`, `withdrawn_at`, `withdrawn_because`: null while the fact stands.

    `recorded_by` and `recorded_at` are null for facts from before they were kept.
    """

    recorded_by: str | None = None
    recorded_at: datetime | None = None
    withdrawn_by: str | None = None
    withdrawn_at: datetime | None = None
    withdrawn_because: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class RecordedStep(Recorded):
    """A step of a trajectory or stay, standing or withdrawn, and the day on which it was taken."""

    step: str
    taken_on: date
