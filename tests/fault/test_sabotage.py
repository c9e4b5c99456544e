"""The oracle notices when the core breaks a promise: each is taken away on purpose, in real processes."""

import pytest

from tests.fault.arena import Arena
from tests.fault.conftest import Rounds
from tests.fault.faults.registry import freeze, see
from tests.fault.rounds import Strike
from tests.fault.sabotage import BOOKING_NOT_ANSWERED, REFERRAL_NOT_COMMITTED

pytestmark = pytest.mark.separable
UNDER_WAY = ("queues are not empty", "are left")


def nothing(arena: Arena) -> None:
    """The traffic by itself is enough: it sends some messages twice."""


def intake_killed_before_commit(arena: Arena) -> None:
    arena.order_crash("intake", REFERRAL_NOT_COMMITTED)
    see(lambda: arena.has_crashed("intake"), "intake to pass a referral")
    arena.wait_until_ready("intake")


def aftercare_killed_before_its_answer(arena: Arena) -> None:
    arena.order_crash("aftercare", BOOKING_NOT_ANSWERED)
    see(lambda: arena.has_crashed("aftercare"), "aftercare to pass a booking")
    arena.wait_until_ready("aftercare")


def relay_of_intake_frozen(arena: Arena) -> None:
    freeze(arena, "intake-relay")


@pytest.mark.parametrize(
    ("process", "sabotage", "strike", "complaint"),
    [
        ("intake", "skip_the_inbox", nothing, "unexpected is there without a cause"),
        ("intake", "ack_before_commit", intake_killed_before_commit, "has none"),
        ("intake", "publish_before_commit", intake_killed_before_commit, "is there without a cause"),
        ("intake-relay", "forget_the_delete_bound", relay_of_intake_frozen, "is missing"),
        ("aftercare", "forget_the_keys", aftercare_killed_before_its_answer, "sums: ledger"),
        ("intake-relay", "send_the_newest_first", relay_of_intake_frozen, "order: "),
    ],
)
def test_the_oracle_notices_a_core_that(
    process: str, sabotage: str, strike: Strike, complaint: str, arena: Arena, rounds: Rounds
) -> None:
    with arena.sabotaged(process, sabotage):
        ending = rounds.play(strike)
    assert any(complaint in each for each in ending.complaints), ending.complaints
    assert not any(word in each for each in ending.complaints for word in UNDER_WAY), "it was asked too early"
