"""A sender whose messages are dear waits for itself only."""

from types import SimpleNamespace
from typing import Any

import pytest

from shared.messaging.entrypoint import BATCH_SIZE
from shared.messaging.event import Delivery
from shared.messaging.raw_consumer import Arrival
from shared.messaging.stint import MOST_CPU_SECONDS
from shared.messaging.turns import Turns

CHANNEL: Any = SimpleNamespace(is_open=True)
CHEAP, DEAR = 0.0005, 0.1


def arrivals(queue: str, *tags: int) -> list[Arrival]:
    return [Arrival(Delivery(queue=queue, body=b"%d" % tag), CHANNEL, tag) for tag in tags]


@pytest.fixture
def turns() -> Turns:
    return Turns()


def add(turns: Turns, *added: Arrival) -> None:
    for arrival in added:
        turns.add(arrival)


def take(turns: Turns, **cost: float) -> list[Arrival]:
    """A batch that costs what its messages cost."""
    batch = turns.next(BATCH_SIZE)
    cpu = dict[str, float]()
    for arrival in batch:
        cpu[arrival.delivery.queue] = cpu.get(arrival.delivery.queue, 0.0) + cost[arrival.delivery.queue]
    turns.charge(batch, cpu)
    return batch


def queues(batch: list[Arrival]) -> list[str]:
    return [arrival.delivery.queue for arrival in batch]


def test_what_fits_in_a_batch_is_taken_in_the_order_of_arrival(turns: Turns) -> None:
    add(turns, *arrivals("a", 1, 3), *arrivals("b", 2, 4))
    assert [arrival.tag for arrival in turns.next(BATCH_SIZE)] == [1, 2, 3, 4]
    assert (len(turns), turns.next(BATCH_SIZE)) == (0, [])


def test_queues_take_turns_and_each_keeps_its_order(turns: Turns) -> None:
    add(turns, *arrivals("flood", *range(1, 401)), *arrivals("other", *range(401, 411)))
    batch = take(turns, flood=CHEAP, other=CHEAP)
    assert len(batch) == BATCH_SIZE
    assert queues(batch)[:20].count("other") == 10
    for queue in ("flood", "other"):
        tags = [arrival.tag for arrival in batch if arrival.delivery.queue == queue]
        assert tags == sorted(tags)


def test_dear_messages_come_few_at_a_time_and_behind_those_of_others(turns: Turns) -> None:
    add(turns, *arrivals("dear", *range(1, 401)))
    for _ in range(5):
        take(turns, dear=DEAR)
    for number in range(20):
        add(turns, *arrivals(f"other{number}", 1000 + number))
    batch = take(turns, dear=DEAR, **{f"other{number}": CHEAP for number in range(20)})
    assert queues(batch)[:20].count("dear") == 0
    assert queues(batch).count("dear") <= MOST_CPU_SECONDS / DEAR + 1


def test_a_queue_that_was_silent_has_saved_nothing_up(turns: Turns) -> None:
    add(turns, *arrivals("busy", *range(1, 1001)))
    for _ in range(3):
        take(turns, busy=CHEAP)
    add(turns, *arrivals("silent", *range(1001, 2001)))
    took = [queues(take(turns, busy=CHEAP, silent=CHEAP)).count("busy") for _ in range(3)]
    assert 60 < min(took[1:]) <= max(took[1:]) < 140


def test_a_queue_that_worked_alone_does_not_owe_for_it(turns: Turns) -> None:
    for round in range(20):
        add(turns, *arrivals("busy", *range(400 * round, 400 * round + 200)))
        take(turns, busy=CHEAP)
    add(turns, *arrivals("new", *range(10_000, 10_400)), *arrivals("busy", *range(20_000, 20_400)))
    took = [queues(take(turns, busy=CHEAP, new=CHEAP)).count("busy") for _ in range(2)]
    assert took[1] > 60


def test_messages_that_were_left_come_first_again(turns: Turns) -> None:
    add(turns, *arrivals("a", 1, 2, 3), *arrivals("b", 4, 5))
    batch = turns.next(BATCH_SIZE)
    turns.give_back(batch[1:])
    assert turns.first_tag() == 2
    add(turns, *arrivals("a", 6))
    assert [arrival.tag for arrival in turns.next(BATCH_SIZE)] == [2, 3, 4, 5, 6]
