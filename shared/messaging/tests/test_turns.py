"""A sender whose messages are dear waits for itself only."""

from types import SimpleNamespace
from typing import Any

import pytest

from shared.messaging.entrypoint import BATCH_SIZE
from shared.messaging.event import Delivery
from shared.messaging.raw_consumer import Arrival
from shared.messaging.stint import MOST_BYTES, MOST_CPU_SECONDS, Stint
from shared.messaging.turns import EVENTS_A_SECOND, FREE_EVENTS, Turns

CHANNEL: Any = SimpleNamespace(is_open=True)
CHEAP, DEAR = 0.0005, 0.1


def arrivals(queue: str, *tags: int) -> list[Arrival]:
    return [Arrival(Delivery(queue=queue, body=b"%d" % tag), CHANNEL, tag) for tag in tags]


ROWS = 1000
"""Events of a dear message."""


class Clock:
    now = 0.0

    def __call__(self) -> float:
        return self.now


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def turns(clock: Clock) -> Turns:
    return Turns(clock)


def add(turns: Turns, *added: Arrival) -> None:
    for arrival in added:
        turns.add(arrival)


def take(turns: Turns, **cost: float) -> list[Arrival]:
    """A batch that costs what its messages cost."""
    batch, stint = turns.next(BATCH_SIZE), Stint()
    for arrival in batch:
        stint.cpu[arrival.delivery.queue] += cost[arrival.delivery.queue]  # type: ignore[assignment]
    turns.charge(batch, stint)
    return batch


def take_announcing(turns: Turns, most: int = BATCH_SIZE, **events: int) -> list[Arrival]:
    """A batch whose messages cost nothing and announce so many events each."""
    batch, stint = turns.next(most), Stint()
    for arrival in batch:
        stint.cpu[arrival.delivery.queue] += 0
        stint.announced_for(arrival.delivery.queue, events[arrival.delivery.queue])
    turns.charge(batch, stint)
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


def test_large_messages_come_few_at_a_time(turns: Turns) -> None:
    large = bytes(MOST_BYTES // 4)
    add(turns, *(Arrival(Delivery(queue="large", body=large), CHANNEL, tag) for tag in range(1, 21)))
    assert [len(turns.next(BATCH_SIZE)) for _ in range(4)] == [4, 4, 4, 4]
    add(turns, *arrivals("small", 21, 22))
    assert sorted(arrival.tag for arrival in turns.next(BATCH_SIZE)) == [17, 18, 19, 20, 21, 22]


def test_a_queue_rests_after_a_message_that_announced_much_and_others_go_on(turns: Turns, clock: Clock) -> None:
    add(turns, *arrivals("lists", 1))
    take_announcing(turns, lists=ROWS)
    add(turns, *arrivals("lists", *range(2, 12)), *arrivals("other", 12, 13))
    assert queues(take_announcing(turns, other=3)) == ["other", "other"]
    assert (len(turns), turns.next(BATCH_SIZE)) == (0, [])
    clock.now += turns.rest()
    assert turns.rest() == 0
    assert [arrival.tag for arrival in take_announcing(turns, lists=ROWS)] == [2]


def test_all_queues_together_announce_a_bounded_number_a_second(turns: Turns, clock: Clock) -> None:
    flooders = {f"lists{number}": ROWS for number in range(5)}
    for number, queue in enumerate(flooders):
        add(turns, *arrivals(queue, *range(100 * number, 100 * number + 100)))
    took = 0
    while clock.now < 60:
        took += len(take_announcing(turns, 1, **flooders))
        clock.now += 0.1
    assert 0.9 < took / (60 * EVENTS_A_SECOND / ROWS) < 1.4


def test_cheap_messages_between_dear_ones_buy_no_further_dear_ones(turns: Turns, clock: Clock) -> None:
    add(turns, *arrivals("mixed", *range(100)))
    for number in range(100):
        [arrival] = take_announcing(turns, 1, mixed=1 if number % 5 else ROWS)
        assert arrival.tag == number
        clock.now += turns.rest() if len(turns) == 0 and number < 99 else 0
    assert clock.now > 19 * (ROWS - FREE_EVENTS) / EVENTS_A_SECOND


def test_a_queue_of_ordinary_messages_never_rests(turns: Turns) -> None:
    for round in range(20):
        add(turns, *arrivals("busy", *range(400 * round, 400 * round + 200)))
        assert len(take_announcing(turns, busy=FREE_EVENTS)) == BATCH_SIZE
