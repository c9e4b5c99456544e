"""What the metrics of all processes say of the platform."""

import pytest

from services.reporting.tests.story import (
    INGRESS,
    OUT,
    Story,
    metrics_of,
    published,
    queue,
    replicas_of,
    service,
    taken,
    waiting,
)
from services.reporting.watch.answers import Sample
from services.reporting.watch.rules import DeskState, Group, Picture


@pytest.fixture
def story() -> Story:
    return Story()


def test_what_came_in_is_what_went_out_and_what_waits(story: Story) -> None:
    seen = queue(story.then(metrics_of(waiting(5), intake=[taken(20), taken(3, outcome="rejected")])))
    assert (seen.came_in, seen.went_out, seen.waits) == (28, 23, 5)


def test_a_postponed_message_has_come_in_and_not_gone_out(story: Story) -> None:
    postponed = Sample("messaging_postponed", {"queue": "intake"}, 2)
    seen = queue(story.then(metrics_of(waiting(0), intake=[taken(20), taken(2, outcome="postponed"), postponed])))
    assert (seen.came_in, seen.went_out, seen.postponed) == (22, 20, 2)


def test_a_restarted_process_takes_nothing_from_the_totals(story: Story) -> None:
    story.then(metrics_of(waiting(0), intake=[taken(20)]))
    story.then(metrics_of(waiting(0), intake=None))
    assert service(story.then(metrics_of(waiting(0), intake=[taken(4)]))).came_in == 24


def test_of_a_partner_s_own_queue_the_broker_tells_what_came_in(story: Story) -> None:
    story.then(metrics_of(waiting(10, OUT), published(10)))
    seen = queue(story.then(metrics_of(waiting(3, OUT), published(2, channel="<2>"))), OUT)
    assert (seen.group, seen.came_in, seen.went_out, seen.waits) == (Group.TO_PARTNER, 12, 9, 3)


def test_queues_are_grouped_by_whose_they_are(story: Story) -> None:
    dead = OUT.replace(".out", ".dead")
    names = ("intake", "intake.2", INGRESS, OUT, "dead-letters", dead)
    picture = story.then(metrics_of(*(waiting(0, name) for name in names)))
    assert {queue.name: queue.group for queue in picture.queues} == {
        "intake": Group.SERVICE,
        "intake.2": Group.SERVICE,
        INGRESS: Group.FROM_PARTNER,
        OUT: Group.TO_PARTNER,
        "dead-letters": Group.DEAD_LETTERS,
        dead: Group.DEAD_LETTERS_OF_PARTNER,
    }


def test_a_service_waits_with_all_its_queues_and_its_outbox(story: Story) -> None:
    outbox = [
        Sample("messaging_outbox_waiting", {}, 7),
        Sample("messaging_outbox_oldest_seconds", {}, 3.5),
        Sample("messaging_published_total", {"exchange": "intake"}, 40),
    ]
    seen = service(story.then(metrics_of(waiting(2), waiting(3, INGRESS), relay=outbox)))
    assert (seen.waits, seen.outbox_waits, seen.oldest_seconds, seen.went_out) == (12, 7, 3.5, 40)


def test_the_oldest_is_younger_than_the_moment_when_the_queue_was_empty(story: Story) -> None:
    story.then(metrics_of(waiting(0), intake=[taken(20)]))
    assert queue(story.then(metrics_of(waiting(4), intake=[taken(20)]), after=10)).oldest_seconds == 10


def test_the_oldest_is_younger_than_the_message_taken_last(story: Story) -> None:
    waited = Sample("messaging_queue_waiting_seconds", {"queue": "intake"}, 3.0)
    story.then(metrics_of(waiting(0), intake=[taken(1), waited]))
    story.then(metrics_of(waiting(9), intake=[taken(2), waited]), after=100)
    assert queue(story.then(metrics_of(waiting(9), intake=[taken(2), waited]))).oldest_seconds == 5.0


def test_throughput_is_what_each_service_took_a_second(story: Story) -> None:
    story.then(metrics_of(waiting(0), intake=[taken(20)]))
    story.then(metrics_of(waiting(0), intake=[taken(60)]), after=4)
    assert story.watch.points_after(0) == [(story.now, 10.0, 0.0, 0.0)]
    assert story.watch.points_after(story.now) == []


def test_all_replicas_of_a_service_are_counted_and_one_that_is_silent_keeps_its_count(story: Story) -> None:
    def told(second: int, third: int | None) -> Picture:
        samples = None if third is None else [taken(third, "intake.2")]
        return story.then(metrics_of(waiting(0)) | replicas_of("intake", [taken(20)], [taken(second)], samples))

    assert service(told(7, third=100)).came_in == 127
    assert service(told(10, third=None)).came_in == 130
    assert service(told(2, third=101)).came_in == 133


def test_relays_share_an_outbox_and_the_oldest_of_all_is_the_oldest(story: Story) -> None:
    relays = [
        [Sample("messaging_outbox_waiting", {}, count), Sample("messaging_outbox_oldest_seconds", {}, age)]
        for count, age in ((7, 3.5), (5, 9.0))
    ]
    seen = service(story.then(metrics_of(waiting(0)) | replicas_of("intake-relay", *relays)))
    assert (seen.outbox_waits, seen.outbox_oldest_seconds) == (12, 9.0)


def test_a_queue_is_as_long_as_the_node_that_leads_it_says(story: Story) -> None:
    seen = queue(story.then(metrics_of() | replicas_of("broker", [waiting(0)], [waiting(5)])))
    assert seen.waits == 5


def asked(count: int, route: str = "/work", status: int = 200) -> Sample:
    return Sample("desk_requests_total", {"method": "GET", "route": route, "status": str(status)}, count)


def test_of_the_desk_the_requests_of_people_are_counted_and_those_that_failed(story: Story) -> None:
    story.then(metrics_of() | replicas_of("desk", [asked(10), asked(900, "/metrics")], [asked(0)]))
    told = [asked(40), asked(10, status=503), asked(950, "/metrics"), asked(3, "/health/ready", 503)]
    picture = story.then(metrics_of() | replicas_of("desk", told, None))
    assert picture.desk == DeskState(silent=1, asked=40, failing=0.25)
    told[1] = asked(20, status=503)
    assert story.then(metrics_of() | replicas_of("desk", told, [asked(0)])).desk == DeskState(
        silent=0, asked=50, failing=0.4
    )
