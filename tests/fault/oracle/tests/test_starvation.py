from dataclasses import replace

import pytest

from tests.fault.oracle.starvation import STARVES_SECONDS, starved
from tests.fault.oracle.witness import Heard, Sent, Witness

SENT = Sent(id="1", user="house.dji", type="detention-notices.submitted.v1", confirmed_at=100.0)


def witness_of(sent: Sent, answered_at: float, type: str = "messages.accepted.v1") -> Witness:
    answer = Heard(
        user=sent.user, id="2", type=type, case_id=None, sequence=1, data={"messageId": sent.id}, at=answered_at
    )
    again = replace(answer, id="3", at=answered_at + 100)
    return Witness(house="house", year=2015, sent=(sent,), heard=(answer, again), done=(), failed=())


@pytest.mark.parametrize(("seconds", "is_starved"), [(STARVES_SECONDS - 1, False), (STARVES_SECONDS + 1, True)])
def test_who_waits_too_long_for_the_first_receipt_is_starved(seconds: float, is_starved: bool) -> None:
    assert bool([*starved(witness_of(SENT, SENT.confirmed_at + seconds))]) is is_starved


def test_the_complaint_names_the_message_and_how_long_it_waited() -> None:
    assert [*starved(witness_of(SENT, 142.0))] == ["starved: message 1 of house.dji waited 42 s for its receipt"]


def test_nobody_is_starved_by_the_refusal_of_a_wrong_message() -> None:
    assert not [*starved(witness_of(replace(SENT, wrong="not JSON"), 200.0, "messages.refused.v1"))]
