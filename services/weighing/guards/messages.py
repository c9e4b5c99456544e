"""What the team overrides, and what people see of the guards of a referral."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from services.weighing.guards.rules import Guard
from shared.bounds import Text


@dataclass(frozen=True, slots=True, kw_only=True)
class OverrideGuard:
    """`because`: why the case goes to a table of the house all the same."""

    because: Text


@dataclass(frozen=True, slots=True, kw_only=True)
class Override:
    """`because`: why; null once the text is erased. `overridden_by`, `overridden_at`: who recorded that, and when."""

    referral_id: UUID
    guard: str
    because: str | None
    overridden_by: str
    overridden_at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class GuardView(Guard):
    """A guard as it stands for one referral.

    `effect`: what the guard does. `check`: what the platform said; null with `route_to`. `saidBefore`: of which other
    referral on the same person; null if of this one. `destination`: where such referrals go. `overridden`: the team
    goes on all the same. `because`, `overridden_by`, `overridden_at`: why, who recorded that, and when.
    """

    because: str | None = None
    overridden_by: str | None = None
    overridden_at: datetime | None = None
