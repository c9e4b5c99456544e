"""What people see of referrals that were held back, and say."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Annotated
from uuid import UUID

from shared.bounds import Length, Text

MOST_LISTED = 200


@dataclass(frozen=True, slots=True, kw_only=True)
class SayWorrying:
    """`worrying`: whether a briefing weighs the referral. Who has said no may say yes later.

    `version`: of the referral as its texts were read; it is refused if there is a newer text, and null goes with any.
    """

    worrying: bool
    version: int | None = None
    because: Text | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class HeldBack:
    """A referral that is weighed only if it is worrying. `worrying`: null until somebody has said so or not.
    `decided_by`, `decided_at`: also of a no that was said before its sender told it otherwise.

    `contribution_ids`: of the texts that may have come with it. `version`: goes up when its sender tells it with a
    newer text; who says whether it is worrying names the one that was read.
    """

    referral_id: UUID
    contribution_ids: tuple[UUID, ...]
    case_id: UUID
    subject_id: UUID
    kind: str
    referrer: str
    received_on: date
    municipality: str
    since: datetime
    worrying: bool | None
    decided_by: str | None
    decided_at: datetime | None
    version: int


@dataclass(frozen=True, slots=True, kw_only=True)
class HeldBackList:
    """`waiting`: the oldest first. `not_worrying`: what is not weighed, said last first."""

    waiting: Annotated[tuple[HeldBack, ...], Length(most=MOST_LISTED)]
    not_worrying: Annotated[tuple[HeldBack, ...], Length(most=MOST_LISTED)]
