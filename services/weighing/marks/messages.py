"""What is noted about the items of an agenda."""

from dataclasses import dataclass
from datetime import date
from typing import Annotated
from uuid import UUID

from shared.bounds import Length, Text
from shared.web import MOST_ITEMS

MOST_LINKED = 50


@dataclass(frozen=True, slots=True, kw_only=True)
class SetMark:
    """All that is noted about a referral: what was noted before and is not told any more is gone.

    `settledBeforehand`: why no briefing is needed, because all is arranged already; stays sealed in weighing.
    """

    urgent: bool = False
    linked_with: Annotated[tuple[UUID, ...], Length(most=MOST_LINKED)] = ()
    settled_beforehand: Text | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class MarksQuery:
    """Of which agenda. `on`: the date of the briefing."""

    sub_region: str
    on: date


@dataclass(frozen=True, slots=True, kw_only=True)
class MarkView:
    """What is noted about one referral."""

    referral_id: UUID
    urgent: bool
    linked_with: tuple[UUID, ...]
    settled_beforehand: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class MarkList:
    """Of the items of an agenda about which something is noted."""

    items: Annotated[tuple[MarkView, ...], Length(most=MOST_ITEMS)]
