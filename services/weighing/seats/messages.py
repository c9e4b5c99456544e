"""The seats of a briefing, as people set and see them."""

from dataclasses import dataclass
from typing import Annotated

from services.weighing.seats.rules import Seat
from shared.bounds import Length

MOST_SEATS = 60


@dataclass(frozen=True, slots=True, kw_only=True)
class SetSeats:
    """All seats of a briefing; those that were set before and are not named are taken away."""

    sub_region: str
    seats: Annotated[tuple[Seat, ...], Length(most=MOST_SEATS)]


@dataclass(frozen=True, slots=True, kw_only=True)
class SeatView(Seat):
    """`person`: the id of the person, if the person took the seat under the name with which it signed in."""

    person: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class SeatList:
    """Who sits at a briefing. `quorum`: whether those who sit there at its first item are enough to decide."""

    version: int
    seats: Annotated[tuple[SeatView, ...], Length(most=MOST_SEATS)]
    quorum: bool
