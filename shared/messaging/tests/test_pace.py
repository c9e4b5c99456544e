"""The holds of cases, and the time until a relay takes a new connection."""

from dataclasses import dataclass, field
from itertools import pairwise
from uuid import UUID, uuid4

from shared.messaging.pace import (
    FORGET_SECONDS,
    HOLD_SECONDS,
    LONGEST_HOLD_SECONDS,
    LONGEST_REFUSING_SECONDS,
    REFUSING_SECONDS,
    Pace,
)

CASE = uuid4()


@dataclass
class Clocked:
    """A pace with a clock that the test moves."""

    now: float = 1000.0
    pace: Pace = field(init=False)

    def __post_init__(self) -> None:
        self.pace = Pace(clock=lambda: self.now)

    def seconds_held(self, case: UUID, first: float = HOLD_SECONDS) -> float:
        """Hold the case once more, and return the length of the hold."""
        self.pace.hold(case, first)
        start = self.now
        while case in self.pace.held_cases():
            self.now += 0.5
        return self.now - start

    def connections_given_up(self, seconds: float, every: float) -> list[float]:
        """The times of nacks that led to a new connection, in seconds from the first nack."""
        start, given_up = self.now, []
        while self.now < start + seconds:
            if self.pace.nacked():
                given_up.append(self.now - start)
            self.now += every
        return given_up


def test_a_case_that_fails_again_is_left_alone_for_longer_each_time() -> None:
    clocked = Clocked()
    assert [clocked.seconds_held(CASE) for _ in range(7)] == [2, 4, 8, 16, 32, 60, 60]


def test_a_case_that_went_through_is_held_for_a_short_time_again() -> None:
    clocked = Clocked()
    clocked.seconds_held(CASE)
    clocked.pace.release(CASE)
    assert clocked.seconds_held(CASE) == HOLD_SECONDS


def test_a_case_that_the_channel_was_closed_for_is_held_for_long_at_once() -> None:
    clocked = Clocked()
    assert [clocked.seconds_held(CASE, first=30) for _ in range(2)] == [30, 60]


def test_a_case_that_never_comes_back_is_forgotten() -> None:
    clocked = Clocked()
    clocked.pace.hold(CASE, 30)
    clocked.now += 30 + FORGET_SECONDS
    clocked.pace.held_cases()
    assert clocked.seconds_held(CASE) == HOLD_SECONDS


def test_nacks_for_some_time_cost_the_connection() -> None:
    assert Clocked().connections_given_up(seconds=REFUSING_SECONDS + 2, every=1) == [REFUSING_SECONDS + 1]


def test_a_nack_hours_after_another_costs_no_connection() -> None:
    assert not Clocked().connections_given_up(seconds=36_000, every=3600)


def test_a_queue_that_stays_full_costs_fewer_connections_as_time_goes_by() -> None:
    given_up = Clocked().connections_given_up(seconds=7200, every=1)
    between = [later - earlier for earlier, later in pairwise(given_up)]
    assert between[:3] == [21, 41, 81]
    assert between[-1] == LONGEST_REFUSING_SECONDS + 1


def test_a_queue_that_is_asked_as_seldom_as_can_be_still_gets_a_new_connection() -> None:
    assert Clocked().connections_given_up(seconds=600, every=LONGEST_HOLD_SECONDS)


def test_after_a_quiet_time_the_first_connection_is_given_up_as_soon_as_before() -> None:
    clocked = Clocked()
    clocked.connections_given_up(seconds=3600, every=1)
    clocked.now += 3600
    assert clocked.connections_given_up(seconds=REFUSING_SECONDS + 2, every=1) == [REFUSING_SECONDS + 1]
