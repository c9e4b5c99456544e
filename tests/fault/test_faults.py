"""Whatever strikes: nothing is lost, nothing takes effect twice, and each case's order is kept."""

from collections.abc import Iterator, Sequence
from functools import partial
from itertools import chain
from random import Random

import pytest

from deploy.local.stack import HOUSES
from replay.house import load_house
from shared.testing.small_disk import NotPermitted
from tests.fault.arena import Arena
from tests.fault.conftest import Rounds
from tests.fault.faults import ATTACKS, FAULTS
from tests.fault.faults.crashes import AT_RELAYS, AT_WORKERS
from tests.fault.rounds import PEOPLE, Ending
from tests.fault.traffic.cast import brought, cast

pytestmark = pytest.mark.separable
DEEDS = {
    "advise",
    "agree_on_plan",
    "book",
    "call",
    "change_release_date",
    "close",
    "correct",
    "decide",
    "leave_undone",
    "make_plan",
    "merge",
    "seal",
    "separate",
    "start_trajectory",
    "supplement",
    "tell",
    "unseal",
}
PAIRS = [*zip(AT_WORKERS, AT_RELAYS, strict=True)]
"""A crash of workers and one of relays share a round: neither starts a process again that the other has left stuck."""
ROUNDS = [*PAIRS, *((name,) for name in FAULTS if name not in chain.from_iterable(PAIRS))]


@pytest.fixture(scope="module", autouse=True)
def no_effect_comes_late(rounds: Rounds, undisturbed: Ending) -> Iterator[None]:
    """At the end, the reports of all rounds are what they were when each had come to rest."""
    yield
    assert {rounds.digest_now(ending) for ending in rounds.played} == {undisturbed.digest}


def test_without_a_fault_the_oracle_has_nothing_to_complain_of(undisturbed: Ending) -> None:
    assert undisturbed.complaints == ()
    assert undisturbed.starved == ()
    assert undisturbed.done == DEEDS


def test_the_people_of_a_round_bring_all_that_there_is() -> None:
    house = load_house(HOUSES / "hollands-midden.toml")
    brings = [set(brought(person, house)) for person in cast(house, 0)]
    assert set().union(*brings[:PEOPLE]) == set().union(*brings)


def test_every_fault_strikes_in_one_round() -> None:
    assert sorted(chain.from_iterable(ROUNDS)) == sorted(FAULTS)


@pytest.mark.parametrize("names", ROUNDS, ids=" and ".join)
def test_nothing_is_lost_doubled_or_out_of_order_when(
    names: Sequence[str], rounds: Rounds, undisturbed: Ending
) -> None:
    try:
        ending = rounds.play(partial(_strike, names))
    except NotPermitted as error:
        pytest.skip(f"no disk can be mounted here: {error}")
    assert ending.complaints == ()
    assert ending.digest == undisturbed.digest
    if ATTACKS.issuperset(names):
        assert ending.starved == ()


def _strike(names: Sequence[str], arena: Arena) -> None:
    for name in names:
        FAULTS[name](arena, Random(name))
