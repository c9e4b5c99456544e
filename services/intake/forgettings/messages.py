"""What people ask and see of those who are forgotten on request."""

from dataclasses import dataclass
from datetime import datetime
from typing import Annotated
from uuid import UUID

from services.intake.forgettings.rules import ForgettingDecision, Ground
from shared.bounds import Length

MOST_LISTED = 200


@dataclass(frozen=True, slots=True, kw_only=True)
class AskForgetting:
    """`ground`: which of the law's somebody has to be forgotten on."""

    subject_id: UUID
    ground: Ground


@dataclass(frozen=True, slots=True, kw_only=True)
class DecideForgetting:
    """`decision`: `forget`, by another person than who asked, or `keep`."""

    decision: ForgettingDecision


@dataclass(frozen=True, slots=True, kw_only=True)
class AskedForgetting:
    """A request that was recorded."""

    forgetting_id: UUID


@dataclass(frozen=True, slots=True, kw_only=True)
class WaitingForgetting:
    """A request that waits for a second person, without the name. `caseId`: of whom it is about. `ground`: of the law.
    `askedBy`, `askedAt`: who asked, and when.
    """

    forgetting_id: UUID
    subject_id: UUID
    case_id: UUID
    ground: Ground
    asked_by: str
    asked_at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class DecidedForgetting:
    """A request that was decided on, not whom it was about. `ground`: of the law. `askedBy`, `askedAt`: who asked, and
    when. `decidedBy`, `decidedAt`: who decided, and when.
    """

    forgetting_id: UUID
    ground: Ground
    asked_by: str
    asked_at: datetime
    decision: ForgettingDecision
    decided_by: str
    decided_at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class ForgettingList:
    """`waiting`: the oldest first. `decided`: the latest first."""

    waiting: Annotated[tuple[WaitingForgetting, ...], Length(most=MOST_LISTED)]
    decided: Annotated[tuple[DecidedForgetting, ...], Length(most=MOST_LISTED)]
