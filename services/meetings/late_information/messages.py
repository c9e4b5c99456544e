"""What weighing tells of answers that came after its decision."""

from dataclasses import dataclass
from datetime import date
from uuid import UUID


@dataclass(frozen=True, slots=True, kw_only=True)
class LateSupplementReceived:
    """`late-supplements.received.v1` of weighing: a partner told something after the decision on a referral.

    `contribution_ids`: of its texts at intake; None if there are none.
    """

    referral_id: UUID
    subject_id: UUID
    partner: str
    supplemented_on: date
    contribution_ids: tuple[UUID, ...] | None = None
