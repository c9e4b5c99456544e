"""What people ask of transition houses and look up, and what is announced of a stay."""

from dataclasses import dataclass
from datetime import date
from functools import partial
from typing import Annotated
from uuid import UUID

from marshmallow import fields

from services.aftercare.house import Code
from services.aftercare.records.messages import Correction
from services.aftercare.records.rules import RecordedStep
from services.aftercare.stays.rules import Stay, StayState
from shared.days import HouseDay
from shared.web import PageQuery


@dataclass(frozen=True, slots=True, kw_only=True)
class AskForStay:
    """For whom a place is asked, in which transition house, and when."""

    case_id: UUID
    transition_house: Code
    asked_on: HouseDay


@dataclass(frozen=True, slots=True, kw_only=True)
class BeginStay:
    """`place` is a place's number; without one it is the lowest that is free."""

    on: HouseDay
    place: Annotated[int | None, partial(fields.Integer, strict=True)] = None


@dataclass(frozen=True, slots=True, kw_only=True)
class EndStay:
    """The day on which somebody left: the place is free again on that day."""

    on: HouseDay


@dataclass(frozen=True, slots=True, kw_only=True)
class CorrectBeginning(BeginStay, Correction):
    """The right beginning, in place of the one that stands. Without `place` the stay keeps its place."""


@dataclass(frozen=True, slots=True, kw_only=True)
class CorrectEnd(EndStay, Correction):
    """The right end, in place of the one that stands."""


@dataclass(frozen=True, slots=True, kw_only=True)
class WithdrawStep(Correction):
    """Why the beginning or the end is withdrawn: the person waits again, or lives there still."""


@dataclass(frozen=True, slots=True, kw_only=True)
class WithdrawStay:
    """The day from which nobody waits for the stay any more."""

    on: HouseDay


@dataclass(frozen=True, slots=True, kw_only=True)
class StaysQuery(PageQuery):
    """`waiting` stays are the waiting list, the first of them first in turn."""

    case_id: UUID | None = None
    transition_house: str | None = None
    state: StayState | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class StayInDetail(Stay):
    """With each step in the order in which they were recorded, also those that were withdrawn."""

    steps: tuple[RecordedStep, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class TransitionHousesQuery:
    """`on`: the day for which the transition houses are shown."""

    on: date


@dataclass(frozen=True, slots=True, kw_only=True)
class Occupancy:
    """How many people live, wait, came and left in a transition house; see `OccupiedTransitionHouse`."""

    occupied: int = 0
    waiting: int = 0
    moved_in: int = 0
    moved_out: int = 0
    mean_stay_days: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class OccupiedTransitionHouse(Occupancy):
    """A transition house as it stands on a day.

    `movedIn`, `movedOut`, `meanStayDays`: from the first day of the year up to that day. `meanStayDays` is the mean of
    the people who moved out, rounded; null when nobody did.
    """

    code: str
    name: str
    municipality: str
    places: int


@dataclass(frozen=True, slots=True, kw_only=True)
class StayBegan:
    """`stays.began.v1`: a person moved into a transition house."""

    stay_id: UUID
    transition_house: str
    asked_on: date
    began_on: date


@dataclass(frozen=True, slots=True, kw_only=True)
class StayEnded:
    """`stays.ended.v1`: a person left a transition house."""

    stay_id: UUID
    transition_house: str
    began_on: date
    ended_on: date


@dataclass(frozen=True, slots=True, kw_only=True)
class StayStepWithdrawn:
    """`stay-steps.withdrawn.v1`: the beginning (`began`) or the end (`ended`) of a stay was a slip."""

    stay_id: UUID
    transition_house: str
    step: str
    withdrawn_on: date
