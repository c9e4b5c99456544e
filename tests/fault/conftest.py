from collections.abc import Iterator

import pytest

from tests.fault.arena import Arena
from tests.fault.rounds import Ending, Strike, digest_of_report, play
from tests.fault.traffic.cast import MOST_ROUNDS


class Rounds:
    """The rounds of a session, all on one arena."""

    def __init__(self, arena: Arena) -> None:
        self._arena = arena
        self._numbers = iter(range(MOST_ROUNDS))
        self.played: list[Ending] = []

    def play(self, strike: Strike) -> Ending:
        """Plays another one."""
        ending = play(self._arena, next(self._numbers), strike)
        self.played.append(ending)
        return ending

    def digest_now(self, ending: Ending) -> str:
        return digest_of_report(self._arena, self._arena.house, ending.year)


@pytest.fixture(scope="session")
def arena(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Arena]:
    """One platform for all faults, one after another."""
    with Arena(tmp_path_factory.mktemp("arena")) as arena:
        yield arena


@pytest.fixture(scope="session")
def rounds(arena: Arena) -> Rounds:
    return Rounds(arena)


@pytest.fixture(scope="session")
def undisturbed(rounds: Rounds) -> Ending:
    """How a round ends when nothing strikes."""
    return rounds.play(lambda arena: None)
