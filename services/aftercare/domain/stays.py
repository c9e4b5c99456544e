"""Stays in a transition house: from the waiting list to a place of one's own, and out again.

A stay takes its place from the day that it begins up to, not including, the day that it ends: the place may be given
again on the day that somebody leaves.
"""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date
from enum import StrEnum
from uuid import UUID

from services.aftercare.domain.errors import (
    AlreadyAsked,
    AlreadyBegan,
    AlreadyEnded,
    AlreadyWithdrawn,
    BeforeAsked,
    BeforeStay,
    LivesElsewhere,
    NoPlaceFree,
    NotBegun,
    PlaceTaken,
    UnknownPlace,
    UnknownTransitionHouse,
)
from services.aftercare.domain.house import House


class StayState(StrEnum):
    WAITING = "waiting"
    RUNNING = "running"
    ENDED = "ended"
    WITHDRAWN = "withdrawn"


@dataclass(frozen=True, slots=True, kw_only=True)
class Stay:
    """One stay of one subject, asked for, and perhaps begun and ended, or withdrawn before it began."""

    stay_id: UUID
    house: str
    transition_house: str
    case_id: UUID
    asked_on: date
    place: int | None = None
    began_on: date | None = None
    ended_on: date | None = None
    withdrawn_on: date | None = None

    @property
    def state(self) -> StayState:
        if self.withdrawn_on:
            return StayState.WITHDRAWN
        if self.ended_on:
            return StayState.ENDED
        return StayState.RUNNING if self.began_on else StayState.WAITING

    def takes_a_place_from(self, day: date) -> bool:
        """Whether it takes its place on this day or on any day after it."""
        if self.began_on is None or self.began_on == self.ended_on:
            return False
        return self.ended_on is None or self.ended_on > day


def ask(stay: Stay, open_stays: Iterable[Stay], house: House) -> Stay:
    """The stay that is waited for; the same one again is the one that stands.

    open_stays: the subject's in the same transition house that are waited for or running.
    """
    if stay.transition_house not in house.transition_houses:
        raise UnknownTransitionHouse
    for other in open_stays:
        if other.asked_on != stay.asked_on:
            raise AlreadyAsked
        return other
    return stay


def begin(stay: Stay, on: date, place: int | None, others: Iterable[Stay], house: House) -> Stay:
    """The stay with its place, the lowest that is free unless one is asked for; the same again changes nothing.

    others: all other stays in transition houses of the region.
    """
    if stay.transition_house not in house.transition_houses:
        raise UnknownTransitionHouse
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
        raise AlreadyEnded
    if on < stay.began_on:
        raise BeforeStay
    return replace(stay, ended_on=on)


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


def _place(wanted: int | None, taken: set[int | None], places: int) -> int:
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
