"""What the privacy officer looks up of who saw what."""

from dataclasses import dataclass
from datetime import datetime
from typing import Annotated
from uuid import UUID

from services.intake.house import TextKind
from shared.web.paging import Limit


@dataclass(frozen=True, slots=True, kw_only=True)
class DisclosuresQuery:
    """A page of the looks at one case."""

    before: Annotated[int | None, {"description": "`next` of the previous page"}] = None
    limit: Limit = 100


@dataclass(frozen=True, slots=True, kw_only=True)
class DisclosureView:
    """One look. `disclosedTo`: the id of the person or program, or a partner's user. `name`, `organisation`: how it was
    called then, and whose it is; null of a partner's system. `purpose`: what it was for. `disclosedAt`: when.
    `contributionId`: the text that was read; null if it was told who the subject is. `kind`: of that text.
    """

    position: Annotated[int, {"description": "the number of the look"}]
    disclosed_to: str
    name: str | None
    organisation: str | None
    purpose: str
    disclosed_at: datetime
    contribution_id: UUID | None
    kind: TextKind | None


@dataclass(frozen=True, slots=True, kw_only=True)
class DisclosureList:
    """Newest first. `next` is null on the last page. `subjectId`: whom the case is about."""

    subject_id: UUID
    items: tuple[DisclosureView, ...]
    next: int | None
