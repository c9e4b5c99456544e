"""May a process be restarted now? No restart loses a message: the question is who notices, and whether it helps."""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum


class Kind(StrEnum):
    WORKER = "worker"
    RELAY = "relay"
    DESK = "desk"
    BROKER = "broker"


class Answer(StrEnum):
    """yes: at any time. wait: it would not help, or more would stand still than need be."""

    YES = "yes"
    WAIT = "wait"


class Why(StrEnum):
    """What happens at a restart, or what to do before it."""

    DOES_NOT_ANSWER = "does_not_answer"
    OTHERS_TAKE_OVER = "others_take_over"
    PEOPLE_WAIT = "people_wait"
    EVENTS_WAIT = "events_wait"
    NO_PAGES = "no_pages"
    ALL_WAIT = "all_wait"
    DATABASE_FIRST = "database_first"
    BROKER_FIRST = "broker_first"
    ANOTHER_IS_AWAY = "another_is_away"


@dataclass(frozen=True, slots=True, kw_only=True)
class ProcessState:
    """A worker, a relay, the desk or a node of the broker. answers: whether it lives. problems: why it is not ready."""

    name: str
    address: str
    kind: Kind
    service: str
    answers: bool
    problems: Sequence[str]


@dataclass(frozen=True, slots=True, kw_only=True)
class Surroundings:
    """What a process needs. database_works: of its service. broker_works: whether it answers and takes messages."""

    database_works: bool
    broker_works: bool


@dataclass(frozen=True, slots=True)
class Restart:
    answer: Answer
    why: Why


ALONE = {Kind.WORKER: Why.PEOPLE_WAIT, Kind.RELAY: Why.EVENTS_WAIT, Kind.DESK: Why.NO_PAGES, Kind.BROKER: Why.ALL_WAIT}


def restart(process: ProcessState, replicas: Sequence[ProcessState], around: Surroundings) -> Restart:
    """replicas: all processes of this name, this one too."""
    if not process.answers:
        return Restart(Answer.YES, Why.DOES_NOT_ANSWER)
    if not around.broker_works:
        return Restart(Answer.WAIT, Why.BROKER_FIRST)
    if not around.database_works:
        return Restart(Answer.WAIT, Why.DATABASE_FIRST)
    others = [each for each in replicas if each.address != process.address]
    if not all(each.answers and not each.problems for each in others):
        return Restart(Answer.WAIT, Why.ANOTHER_IS_AWAY)
    return Restart(Answer.YES, Why.OTHERS_TAKE_OVER if others else ALONE[process.kind])
