"""What people look up of what was written about somebody."""

from dataclasses import dataclass
from datetime import datetime
from typing import Annotated
from uuid import UUID

from marshmallow import ValidationError

from services.intake.house import TextKind
from services.intake.subjects.messages import Purpose
from shared.bounds import Length
from shared.validation import Reason

MOST_TOGETHER = 200
"""Ids in one look-up: the texts of a whole briefing."""
NOT_SO_MANY = Reason(f"names with caseIds 1 to {MOST_TOGETHER} ids", "wrong_length")
Ids = Annotated[tuple[UUID, ...], Length(most=MOST_TOGETHER)]


@dataclass(frozen=True, slots=True, kw_only=True)
class ContributionsQuery:
    """`contributionIds`: texts; the text that came with a referral has the id of the referral. `caseIds`: all texts of
    these cases. `purpose`: one of the caller's role; for people of a partner `own`, to read what it wrote itself, or
    `late_information`, to read what came late of a case that it holds, by `contributionIds` alone.
    """

    contribution_ids: Ids = ()
    case_ids: Ids = ()
    purpose: Purpose

    def __post_init__(self) -> None:
        """Raises ValidationError."""
        if not 1 <= len(self.contribution_ids) + len(self.case_ids) <= MOST_TOGETHER:
            raise ValidationError({"contributionIds": [NOT_SO_MANY]})


@dataclass(frozen=True, slots=True, kw_only=True)
class ContributionVersion:
    """`text`: as it was written. `writtenAt`: as the sender says."""

    text: str
    written_at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class ContributionView:
    """A text about somebody. `contributionId`: of a text that came with a referral, the id of the referral.
    `organisation`: who wrote it. `versions`: the oldest first; the last one stands.
    """

    contribution_id: UUID
    case_id: UUID
    kind: TextKind
    organisation: str
    versions: tuple[ContributionVersion, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class ContributionList:
    """Left out: what the house does not know, or has erased, and what the caller is not told for the purpose."""

    items: tuple[ContributionView, ...]
