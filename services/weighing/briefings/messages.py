"""The commands that change the calendar of the briefings, and the briefings as people see them."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Annotated
from uuid import UUID

from services.weighing.calendar.rules import Briefing, Change, State
from shared.bounds import Length, Text
from shared.days import PlannedDay
from shared.web import MOST_ITEMS

MOST_PAST_BRIEFINGS = 26
"""Briefings that were held in a list: half a year of a weekly briefing."""
MOST_CHOSEN = 200


@dataclass(frozen=True, slots=True, kw_only=True)
class PlanExtraBriefing:
    """A briefing beside those of the weekday. `referralIds`: those that are chosen for it; it has no other items."""

    sub_region: str
    on: PlannedDay
    referral_ids: Annotated[tuple[UUID, ...], Length(1, MOST_CHOSEN)]
    because: Text


@dataclass(frozen=True, slots=True, kw_only=True)
class MoveBriefing:
    """`to`: the new day. `because`: stays in weighing."""

    sub_region: str
    to: PlannedDay
    because: Text


@dataclass(frozen=True, slots=True, kw_only=True)
class PrepareBriefing:
    """Fixes the agenda. `referralIds`: what comes first, in order; the others follow in order of receipt."""

    sub_region: str
    referral_ids: Annotated[tuple[UUID, ...], Length(most=MOST_CHOSEN)] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class AdvanceBriefing:
    """Holds a briefing, or settles it."""

    sub_region: str


@dataclass(frozen=True, slots=True, kw_only=True)
class CarryOver:
    """Moves referrals of a briefing that is held to the next one. `because`: stays in weighing."""

    sub_region: str
    referral_ids: Annotated[tuple[UUID, ...], Length(1, MOST_CHOSEN)]
    because: Text


@dataclass(frozen=True, slots=True, kw_only=True)
class ChangeBriefing:
    """Cancels a briefing, or takes back what was recorded of it last. `because`: stays in weighing."""

    sub_region: str
    because: Text


@dataclass(frozen=True, slots=True, kw_only=True)
class BriefingView:
    """`waiting`: how many referrals come on the table on that date, those left from earlier briefings included.

    `byWeekday`: the day that the weekday of the sub-region gives; null for an extra briefing, whose items were chosen.
    `partners`: those that sit there, as far as it is written down.
    """

    on: date
    by_weekday: date | None
    state: State
    waiting: int
    partners: tuple[str, ...]


class Progress(StrEnum):
    """`moved`: to another briefing, or withdrawn from this one."""

    WAITING = "waiting"
    DECIDED = "decided"
    MOVED = "moved"


@dataclass(frozen=True, slots=True, kw_only=True)
class BriefingItem:
    """A referral on the agenda as it was fixed. `partners`: who was there when the team came to it, by the seats.
    `lacksFollowUp`: the decision on it says not who does what, and the house asks that of it.
    """

    referral_id: UUID
    case_id: UUID
    subject_id: UUID
    number: int
    progress: Progress
    partners: tuple[str, ...]
    lacks_follow_up: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class BriefingInDetail(BriefingView):
    """A briefing with all that was recorded of it, the first entry first.

    `items`: the agenda as it was fixed when the briefing was prepared or held, so that it stays readable afterwards.
    What is `waiting` or lacks a follow-up is missing for settling it.
    """

    sub_region: str
    items: Annotated[tuple[BriefingItem, ...], Length(most=MOST_ITEMS)]
    changes: tuple[Change, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class HeldBriefing:
    """`decided`: how many decisions of that briefing stand. `state`: `planned` if nobody recorded that it was held."""

    on: date
    decided: int
    state: State


@dataclass(frozen=True, slots=True, kw_only=True)
class BriefingList:
    """`items`: coming briefings, the earliest first, and those that were cancelled. `past`: the last briefings at which
    the team decided, the latest first.
    """

    items: Annotated[tuple[BriefingView, ...], Length(most=MOST_ITEMS)]
    past: Annotated[tuple[HeldBriefing, ...], Length(most=MOST_PAST_BRIEFINGS)]


def briefing_view(briefing: Briefing, waiting: Mapping[date, int], partners: tuple[str, ...]) -> BriefingView:
    """waiting: how many referrals come on the table, by day. partners: those that sit there."""
    return BriefingView(
        on=briefing.on,
        by_weekday=briefing.by_rule,
        state=briefing.state,
        waiting=0 if briefing.state is State.CANCELLED else waiting.get(briefing.on, 0),
        partners=partners,
    )
