"""Stays in a transition house: from the waiting list to a place of one's own, and out again.

A stay takes its place from the day that it begins up to, not including, the day that it ends: the place may be given
again on the day that somebody leaves.
"""

from collections.abc import Iterable, Set
from dataclasses import dataclass, field, replace
from datetime import date
from enum import StrEnum
from uuid import UUID

from services.aftercare.house import House
from services.aftercare.records.rules import NothingToCorrect
from shared.rules import BrokenRule, UnknownObject


class UnknownStay(UnknownObject):
    field = "stayId"
    reason = "is not a stay of this house"


class UnknownTransitionHouse(BrokenRule):
    field = "transitionHouse"
    reason = "is not a transition house of this region"


class AlreadyAsked(BrokenRule):
    field = "askedOn"
    reason = "is not the day of the stay that is waited for, or running, in this transition house"


class BeforeAsked(BrokenRule):
    field = "on"
    reason = "is before the stay was asked for"


class AlreadyBegan(BrokenRule):
    field = "on"
    reason = "is too late: the stay has begun"


class AlreadyWithdrawn(BrokenRule):
    field = "on"
    reason = "is too late: nobody waits for this stay any more"


class NotBegun(BrokenRule):
    field = "on"
    reason = "is too early: the stay has not begun"


class BeforeStay(BrokenRule):
    field = "on"
    reason = "is before the stay began"


class AlreadyLeft(BrokenRule):
    field = "on"
    reason = "differs from the end that is recorded already"


class AfterEnd(BrokenRule):
    field = "on"
    reason = "is after the stay ended"


class EndStands(BrokenRule):
    field = "on"
    reason = "must stay while the end stands: withdraw the end first"


class WaitsAgain(BrokenRule):
    field = "on"
    reason = "must stay: the person waits for this transition house again, or lives there"


class LivesElsewhere(BrokenRule):
    field = "on"
    reason = "is before the end of another stay: nobody lives in two places"


class UnknownPlace(BrokenRule):
    field = "place"
    reason = "is not a place of this transition house"


class PlaceTaken(BrokenRule):
    field = "place"
    reason = "is taken, on that day or later"


class NoPlaceFree(BrokenRule):
    field = "on"
    reason = "is a day on which no place is free from then on"


class StayState(StrEnum):
    """How far a stay is; `waiting` is on the waiting list."""

    WAITING = "waiting"
    RUNNING = "running"
    ENDED = "ended"
    WITHDRAWN = "withdrawn"


OPEN = frozenset({StayState.WAITING, StayState.RUNNING})


@dataclass(frozen=True, slots=True, kw_only=True)
class Stay:
    """One stay of one subject, asked for, and perhaps begun and ended, or withdrawn before it began.

    A place is free again on the day `endedOn`.
    """

    stay_id: UUID
    house: str
    transition_house: str
    case_id: UUID
    state: StayState = field(init=False)
    asked_on: date
    place: int | None = None
    began_on: date | None = None
    ended_on: date | None = None
    withdrawn_on: date | None = None

    def __post_init__(self) -> None:
        object.__setattr__(self, "state", _state(self))

    def takes_a_place_from(self, day: date) -> bool:
        """Whether the stay takes its place on this day or on any day after it."""
        if self.began_on is None or self.began_on == self.ended_on:
            return False
        return self.ended_on is None or self.ended_on > day


def _state(stay: Stay) -> StayState:
    if stay.withdrawn_on:
        return StayState.WITHDRAWN
    if stay.ended_on:
        return StayState.ENDED
    return StayState.RUNNING if stay.began_on else StayState.WAITING


def ask(stay: Stay, open_stays: Iterable[Stay], house: House) -> Stay:
    """The stay that is waited for, or the one that stands if the same is asked for again.

    open_stays: the subject's stays in the same transition house that are waited for or running.
    """
    _check_transition_house(stay, house)
    for other in open_stays:
        if other.asked_on != stay.asked_on:
            raise AlreadyAsked
        return other
    return stay


def begin(stay: Stay, on: date, place: int | None, others: Iterable[Stay], house: House) -> Stay:
    """The stay with its place, the lowest that is free unless one is asked for; the same again changes nothing.

    others: all other stays in transition houses of the region.
    """
    _check_transition_house(stay, house)
    if stay.began_on == on and place in (None, stay.place):
        return stay
    if stay.began_on:
        raise AlreadyBegan
    if stay.withdrawn_on:
        raise AlreadyWithdrawn
    if on < stay.asked_on:
        raise BeforeAsked
    in_the_way = [other for other in others if other.takes_a_place_from(on)]
    if any(other.case_id == stay.case_id for other in in_the_way):
        raise LivesElsewhere
    taken = {other.place for other in in_the_way if other.transition_house == stay.transition_house}
    places = house.transition_houses[stay.transition_house].places
    return replace(stay, began_on=on, place=_place(place, taken, places))


def end(stay: Stay, on: date) -> Stay:
    """The stay with its end; the same end again changes nothing."""
    if stay.ended_on == on:
        return stay
    if stay.began_on is None:
        raise NotBegun
    if stay.ended_on:
        raise AlreadyLeft
    if on < stay.began_on:
        raise BeforeStay
    return replace(stay, ended_on=on)


def move(stay: Stay, on: date, place: int | None, others: Iterable[Stay], house: House) -> Stay:
    """The stay with the right beginning in place of a slip; without a place it keeps the one that it has."""
    if stay.began_on is None:
        raise NothingToCorrect("on")
    moved = replace(stay, began_on=on, place=place or stay.place)
    if moved == stay:
        return stay
    if on < stay.asked_on:
        raise BeforeAsked
    if stay.ended_on and on > stay.ended_on:
        raise AfterEnd
    if not 1 <= (moved.place or 0) <= house.transition_houses[stay.transition_house].places:
        raise UnknownPlace
    _check_free(moved, others)
    return moved


def end_anew(stay: Stay, on: date, others: Iterable[Stay]) -> Stay:
    """The stay with the right end in place of a slip; the same end again changes nothing."""
    if stay.ended_on is None or stay.began_on is None:
        raise NothingToCorrect("on")
    if stay.ended_on == on:
        return stay
    if on < stay.began_on:
        raise BeforeStay
    ended = replace(stay, ended_on=on)
    _check_free(ended, others)
    return ended


def without_end(stay: Stay, others: Iterable[Stay], open_stays: Iterable[Stay]) -> Stay:
    """The stay that runs again: its end was a slip. open_stays: as for `ask`."""
    if stay.ended_on is None:
        raise NothingToCorrect("on")
    if list(open_stays):
        raise WaitsAgain
    running = replace(stay, ended_on=None)
    _check_free(running, others)
    return running


def without_beginning(stay: Stay) -> Stay:
    """The stay that is waited for again: its beginning was a slip."""
    if stay.began_on is None:
        raise NothingToCorrect("on")
    if stay.ended_on:
        raise EndStands
    return replace(stay, began_on=None, place=None)


def withdraw(stay: Stay, on: date) -> Stay:
    """The stay that is no longer waited for; the same again changes nothing."""
    if stay.withdrawn_on == on:
        return stay
    if stay.withdrawn_on:
        raise AlreadyWithdrawn
    if stay.began_on:
        raise AlreadyBegan
    if on < stay.asked_on:
        raise BeforeAsked
    return replace(stay, withdrawn_on=on)


def _check_transition_house(stay: Stay, house: House) -> None:
    if stay.transition_house not in house.transition_houses:
        raise UnknownTransitionHouse(known=house.transition_houses)


def _place(wanted: int | None, taken: Set[int | None], places: int) -> int:
    """wanted: the number of a place, None for the lowest that is free. places: how many the transition house has."""
    if wanted is None:
        free = next((place for place in range(1, places + 1) if place not in taken), None)
        if free is None:
            raise NoPlaceFree
        return free
    if not 1 <= wanted <= places:
        raise UnknownPlace
    if wanted in taken:
        raise PlaceTaken
    return wanted


def _check_free(stay: Stay, others: Iterable[Stay]) -> None:
    """On each of its days a stay has its place to itself, and its subject lives nowhere else."""
    for other in others:
        if not _overlap(stay, other):
            continue
        if other.case_id == stay.case_id:
            raise LivesElsewhere
        if (other.transition_house, other.place) == (stay.transition_house, stay.place):
            raise PlaceTaken


def _overlap(one: Stay, other: Stay) -> bool:
    if one.began_on is None or other.began_on is None:
        return False
    ends = one.ended_on or date.max, other.ended_on or date.max
    return max(one.began_on, other.began_on) < min(ends)
