"""Methods that a timer calls."""

from collections.abc import Callable, Iterator
from contextlib import ExitStack
from operator import itemgetter

import eventlet
import pytest
from nameko.containers import ServiceContainer

from shared.testing.waiting import wait_until
from shared.timer import Tick, timer

Run = Callable[[float], None]
TICKS: list[Tick] = []


class Ticking:
    name = "ticking"

    @timer(itemgetter("seconds"))
    def tick(self, tick: Tick) -> None:
        TICKS.append(tick)
        if len(TICKS) == 1:
            raise RuntimeError("the first one fails")


@pytest.fixture
def run() -> Iterator[Run]:
    TICKS.clear()
    with ExitStack() as running:

        def running_every(seconds: float) -> None:
            container = ServiceContainer(Ticking, {"settings": {"seconds": seconds}})
            container.start()
            running.callback(container.stop)

        yield running_every


def test_it_is_called_at_the_start_and_again_also_after_it_failed(run: Run) -> None:
    run(0.05)
    assert wait_until(lambda: len(TICKS) >= 3, 5, interval=0.01)
    assert len({tick.correlation_id for tick in TICKS}) == len(TICKS)


def test_it_is_called_once_at_the_start_if_the_next_time_is_far_away(run: Run) -> None:
    run(3600)
    assert wait_until(lambda: len(TICKS) == 1, 5, interval=0.01)


def test_it_is_never_called_when_that_is_how_often_it_should_be(run: Run) -> None:
    run(0)
    eventlet.sleep(0.2)
    assert TICKS == []
