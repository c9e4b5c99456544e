from collections.abc import Callable
from dataclasses import replace
from datetime import date
from typing import Any
from uuid import UUID

import pytest

from services.aftercare.stays.rules import (
    AlreadyAsked,
    AlreadyBegan,
    AlreadyLeft,
    AlreadyWithdrawn,
    BeforeAsked,
    BeforeStay,
    LivesElsewhere,
    NoPlaceFree,
    NotBegun,
    PlaceTaken,
    Stay,
    StayState,
    UnknownPlace,
    UnknownTransitionHouse,
    ask,
    begin,
    end,
    withdraw,
)
from services.aftercare.tests.cases import HOUSE
from shared.rules import BrokenRule

WAITING = Stay(
    stay_id=UUID(int=1), house="house", transition_house="linde", case_id=UUID(int=1), asked_on=date(2015, 3, 2)
)
RUNNING = replace(WAITING, place=1, began_on=date(2015, 3, 10))
ENDED = replace(RUNNING, ended_on=date(2015, 3, 20))
WITHDRAWN = replace(WAITING, withdrawn_on=date(2015, 3, 10))


def march(day: int) -> date:
    return date(2015, 3, day)


def somebody_else(number: int = 2, **differently: Any) -> Stay:
    return replace(RUNNING, stay_id=UUID(int=number), case_id=UUID(int=number), **differently)


@pytest.mark.parametrize(
    ("stay", "state"),
    [
        (WAITING, StayState.WAITING),
        (RUNNING, StayState.RUNNING),
        (ENDED, StayState.ENDED),
        (WITHDRAWN, StayState.WITHDRAWN),
    ],
)
def test_a_stay_tells_its_state(stay: Stay, state: StayState) -> None:
    assert stay.state is state


def test_somebody_waits_once_for_a_transition_house() -> None:
    again = replace(WAITING, stay_id=UUID(int=9))
    assert ask(again, [], HOUSE) is again
    assert ask(again, [WAITING], HOUSE) is WAITING
    with pytest.raises(AlreadyAsked):
        ask(replace(again, asked_on=march(3)), [WAITING], HOUSE)
    with pytest.raises(UnknownTransitionHouse):
        ask(replace(again, transition_house="hotel"), [], HOUSE)


def test_the_lowest_place_that_is_free_is_given() -> None:
    assert begin(WAITING, march(10), None, [], HOUSE).place == 1
    assert begin(WAITING, march(10), None, [somebody_else()], HOUSE).place == 2
    assert begin(WAITING, march(10), 2, [], HOUSE).place == 2


def test_a_place_is_free_again_on_the_day_that_somebody_leaves_and_not_before() -> None:
    left = somebody_else(ended_on=march(20))
    assert begin(WAITING, march(20), 1, [left], HOUSE).place == 1
    with pytest.raises(PlaceTaken):
        begin(WAITING, march(19), 1, [left], HOUSE)


def test_a_place_that_is_given_from_a_later_day_is_not_free_before_it() -> None:
    with pytest.raises(PlaceTaken):
        begin(WAITING, march(5), 1, [somebody_else()], HOUSE)


def test_who_left_on_the_day_of_coming_took_no_place() -> None:
    assert begin(WAITING, march(9), 1, [somebody_else(ended_on=march(10))], HOUSE).place == 1


def test_a_full_house_takes_nobody_though_another_has_room() -> None:
    full = [somebody_else(), somebody_else(3, place=2)]
    with pytest.raises(NoPlaceFree):
        begin(WAITING, march(10), None, full, HOUSE)
    assert begin(replace(WAITING, transition_house="eik"), march(10), None, full, HOUSE).place == 1


def test_nobody_lives_in_two_places_in_whatever_houses() -> None:
    elsewhere = replace(RUNNING, stay_id=UUID(int=9), transition_house="eik")
    with pytest.raises(LivesElsewhere):
        begin(WAITING, march(15), None, [elsewhere], HOUSE)
    assert begin(WAITING, march(15), None, [replace(elsewhere, ended_on=march(15))], HOUSE).place == 1


def test_the_same_again_changes_nothing() -> None:
    assert begin(RUNNING, march(10), None, [], HOUSE) is RUNNING
    assert begin(ENDED, march(10), 1, [], HOUSE) is ENDED
    assert end(ENDED, march(20)) is ENDED
    assert withdraw(WITHDRAWN, march(10)) is WITHDRAWN


@pytest.mark.parametrize(
    ("wrong", "rule"),
    [
        (lambda: begin(WAITING, march(1), None, [], HOUSE), BeforeAsked),
        (lambda: begin(WAITING, march(10), 0, [], HOUSE), UnknownPlace),
        (lambda: begin(WAITING, march(10), 3, [], HOUSE), UnknownPlace),
        (lambda: begin(RUNNING, march(11), None, [], HOUSE), AlreadyBegan),
        (lambda: begin(RUNNING, march(10), 2, [], HOUSE), AlreadyBegan),
        (lambda: begin(WITHDRAWN, march(10), None, [], HOUSE), AlreadyWithdrawn),
        (lambda: begin(replace(WAITING, transition_house="hotel"), march(10), 1, [], HOUSE), UnknownTransitionHouse),
        (lambda: end(WAITING, march(20)), NotBegun),
        (lambda: end(WITHDRAWN, march(20)), NotBegun),
        (lambda: end(RUNNING, march(9)), BeforeStay),
        (lambda: end(ENDED, march(21)), AlreadyLeft),
        (lambda: withdraw(WAITING, march(1)), BeforeAsked),
        (lambda: withdraw(RUNNING, march(12)), AlreadyBegan),
        (lambda: withdraw(WITHDRAWN, march(11)), AlreadyWithdrawn),
    ],
)
def test_what_can_not_be_is_refused(wrong: Callable[[], Stay], rule: type[BrokenRule]) -> None:
    with pytest.raises(rule):
        wrong()
