"""The outcomes of broken rules."""

import pytest

from shared.messaging.outcomes import Conflict, NotFound, Problem, Rejected, outcome_of
from shared.rules import BrokenRule, Contradiction, UnknownHouse, UnknownObject


class UnknownPlan(UnknownObject):
    field = "planId"
    reason = "is not a plan of this house"


class AlreadyClosed(Contradiction):
    field = "planId"
    reason = "is closed already"


class NothingAgreed(BrokenRule):
    field = "agreements"
    reason = "holds nothing"


@pytest.mark.parametrize(
    ("error", "outcome", "problem"),
    [
        (UnknownPlan(), NotFound, Problem("planId", "is not a plan of this house", "unknown_plan")),
        (UnknownHouse(), NotFound, Problem("house", "is not a house of this installation", "unknown_house")),
        (AlreadyClosed("planIds[2]"), Conflict, Problem("planIds[2]", "is closed already", "already_closed")),
        (
            NothingAgreed(reason="holds nothing yet"),
            Rejected,
            Problem("agreements", "holds nothing yet", "nothing_agreed"),
        ),
    ],
)
def test_a_broken_rule_says_by_its_base_what_it_means(
    error: BrokenRule, outcome: type[Rejected], problem: Problem
) -> None:
    found = outcome_of(error)
    assert type(found) is outcome
    assert found and found.problems == (problem,)


def test_any_other_error_is_a_bug() -> None:
    assert outcome_of(KeyError("x")) is None
