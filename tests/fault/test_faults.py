"""Whatever strikes: nothing is lost, nothing takes effect twice, and each case's order is kept."""

import pytest

from tests.fault.conftest import Play
from tests.fault.faults import FAULTS
from tests.fault.rounds import Ending


def test_without_a_fault_the_oracle_has_nothing_to_complain_of(undisturbed_round: Ending) -> None:
    assert undisturbed_round.complaints == ()


@pytest.mark.timeout(600)
@pytest.mark.parametrize("name", FAULTS)
def test_nothing_is_lost_doubled_or_out_of_order_when(name: str, play_round: Play, undisturbed_round: Ending) -> None:
    ending = play_round(FAULTS[name], seed=name)
    assert ending.complaints == ()
    assert ending.digest == undisturbed_round.digest
