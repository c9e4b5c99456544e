"""What weighing tells of answers that came after its decision, and what is left to it."""

from dataclasses import dataclass
from datetime import date
from uuid import UUID


@dataclass(frozen=True, slots=True, kw_only=True)
class LateSupplementReceived:
    """`late-supplements.received.v1` of weighing: a partner told something after the decision on a referral.

    `contribution_ids`: of its texts at intake; None if there are none.
    """

    request_id: UUID
    referral_id: UUID
    subject_id: UUID
    partner: str
    supplemented_on: date
    contribution_ids: tuple[UUID, ...] | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class LateSupplementReturned:
    """`late-supplements.returned.v1`: a partner told something of somebody who is at no table, or whose table case was
    closed before anybody read it. `contribution_ids`: of its texts at intake; left out if there are none.
    """

    request_id: UUID
    referral_id: UUID
    partner: str
    supplemented_on: date
    contribution_ids: tuple[UUID, ...] | None = None
