from collections.abc import Callable, Iterator
from random import Random
from typing import Any

import pytest

from tests.fault.arena import Arena
from tests.fault.faults import Fault
from tests.fault.rounds import Ending, play

Play = Callable[..., Ending]


@pytest.fixture(scope="session")
def arena(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Arena]:
    """One platform for all faults, one after another."""
    with Arena(tmp_path_factory.mktemp("arena")) as arena:
        yield arena


@pytest.fixture(scope="session")
def play_round(arena: Arena) -> Play:
    """Plays another round on the arena, struck by a fault."""
    numbers = iter(range(100))

    def play_next(fault: Fault, seed: str = "", **settings: Any) -> Ending:
        return play(arena, next(numbers), lambda arena: fault(arena, Random(seed)), **settings)

    return play_next


@pytest.fixture(scope="session")
def undisturbed_round(play_round: Play) -> Ending:
    """How a round ends when nothing strikes."""
    return play_round(lambda arena, random: None)
