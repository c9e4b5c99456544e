"""How old the oldest message of a queue can be, by what came in and what is gone."""

from services.reporting.counters.ages import MOST_MARKS, OldestMessages

QUEUE = "partner.some-house.ggd.out"
HOUR = 3600.0


def age(oldest: OldestMessages, now: float, waits: int, gone: int) -> float:
    return oldest.observe(QUEUE, now, waits=waits, gone=gone, waited_seconds=None)


def test_a_queue_that_is_not_fetched_from_ages() -> None:
    oldest = OldestMessages()
    for minute in range(0, 121):
        seen = age(oldest, 60.0 * minute, waits=1 + minute, gone=0)
    assert seen == 2 * HOUR


def test_a_message_that_is_gone_makes_the_oldest_younger_within_a_minute_or_so() -> None:
    oldest = OldestMessages()
    for minute in range(0, 121):
        age(oldest, 60.0 * minute, waits=10 * (1 + minute), gone=0)
    assert age(oldest, 2 * HOUR, waits=600, gone=610) == 2 * HOUR
    assert HOUR <= age(oldest, 2 * HOUR + 20, waits=600, gone=610) <= HOUR + 120


def test_a_broker_that_tells_of_its_figures_one_after_the_other_makes_nothing_younger() -> None:
    oldest = OldestMessages()
    for moment in range(0, 7200, 5):
        came_in, late = moment, (5 if moment % 10 else 0)
        seen = age(oldest, float(moment), waits=came_in - late + 1, gone=late)
    assert seen == 7195


def test_what_was_known_before_this_process_started_goes_on() -> None:
    oldest = OldestMessages()
    assert age(oldest, 998 + 2 * HOUR, waits=3, gone=0) == 0
    oldest.remember({QUEUE: 1000.0, "another": 1.0})
    assert age(oldest, 1000 + 2 * HOUR, waits=3, gone=0) == 2 * HOUR
    assert oldest.since() == {QUEUE: 1000.0}
    assert age(oldest, 1002 + 2 * HOUR, waits=0, gone=3) == 0
    oldest.remember({QUEUE: 1000.0})
    assert age(oldest, 1004 + 2 * HOUR, waits=1, gone=3) == 2


def test_a_partner_that_never_fetches_takes_no_more_memory_over_time() -> None:
    oldest = OldestMessages()
    for minute in range(0, 20 * MOST_MARKS):
        seen = age(oldest, 60.0 * minute, waits=1 + minute, gone=0)
    assert seen == 60.0 * (20 * MOST_MARKS - 1)
    assert len(oldest._queues[QUEUE].marks) <= MOST_MARKS + 1
