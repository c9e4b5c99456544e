"""Whether a process may be restarted now, and what happens then."""

import pytest

from services.reporting.processes.rules import Answer, Kind, ProcessState, Restart, Surroundings, Why, restart

ALL_WELL = Surroundings(database_works=True, broker_works=True)


def process(number: int = 1, kind: Kind = Kind.WORKER, *, answers: bool = True, problem: str = "") -> ProcessState:
    problems = [problem] if problem else []
    return ProcessState(
        name="intake",
        address=f"10.0.0.{number}:8000",
        kind=kind,
        service="intake",
        answers=answers,
        problems=problems,
    )


def may_restart(*replicas: ProcessState, around: Surroundings = ALL_WELL) -> Restart:
    """Whether the first of the replicas may be."""
    return restart(replicas[0], replicas, around)


@pytest.mark.parametrize(
    ("kind", "why"),
    [
        (Kind.WORKER, Why.PEOPLE_WAIT),
        (Kind.RELAY, Why.EVENTS_WAIT),
        (Kind.DESK, Why.NO_PAGES),
        (Kind.BROKER, Why.ALL_WAIT),
    ],
)
def test_the_only_one_may_be_restarted_and_something_waits_meanwhile(kind: Kind, why: Why) -> None:
    assert may_restart(process(kind=kind)) == Restart(Answer.YES, why)


def test_one_of_several_is_not_missed() -> None:
    assert may_restart(process(1), process(2)) == Restart(Answer.YES, Why.OTHERS_TAKE_OVER)


@pytest.mark.parametrize("other", [process(2, answers=False), process(2, problem="the broker does not answer")])
def test_one_of_several_waits_until_the_others_can_take_over(other: ProcessState) -> None:
    assert may_restart(process(1), other, process(3)) == Restart(Answer.WAIT, Why.ANOTHER_IS_AWAY)


def test_a_process_that_does_not_answer_is_restarted_whatever_else_is_wrong() -> None:
    broken = Surroundings(database_works=False, broker_works=False)
    assert may_restart(process(1, answers=False), around=broken) == Restart(Answer.YES, Why.DOES_NOT_ANSWER)


def test_a_restart_mends_neither_the_database_nor_the_broker() -> None:
    for around, why in (
        (Surroundings(database_works=False, broker_works=True), Why.DATABASE_FIRST),
        (Surroundings(database_works=True, broker_works=False), Why.BROKER_FIRST),
    ):
        assert may_restart(process(), around=around) == Restart(Answer.WAIT, why)
