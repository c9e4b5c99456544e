"""What the operators' page makes of metrics."""

from collections.abc import Sequence

import pytest

from services.reporting.domain.operations.assessment import Assessment
from services.reporting.domain.operations.picture import Concern, Group, Picture, QueueState, Sample, ServiceState
from services.reporting.domain.operations.watch import Watch
from services.reporting.samples import samples_in

TARGETS = ["intake", "intake-relay", "weighing", "weighing-relay", "reporting", "broker"]
INGRESS, OUT = "intake.from.some-house.ggd", "partner.some-house.ggd.out"


def taken(count: int, queue: str = "intake", outcome: str = "done") -> Sample:
    return Sample("messaging_consumed_total", {"queue": queue, "outcome": outcome}, count)


def waiting(count: int, queue: str = "intake") -> Sample:
    return Sample("rabbitmq_detailed_queue_messages", {"vhost": "v", "queue": queue}, count)


def published(count: int, channel: str = "<1>", queue: str = OUT) -> Sample:
    labels = {"channel": channel, "queue": queue, "exchange": "partners"}
    return Sample("rabbitmq_detailed_queue_messages_published_total", labels, count)


Moment = dict[str, Sequence[Sample] | None]


def told(*broker: Sample, intake: Sequence[Sample] | None = (), relay: Sequence[Sample] | None = ()) -> Moment:
    return {
        "intake": intake,
        "intake-relay": relay,
        "weighing": (),
        "weighing-relay": (),
        "reporting": (),
        "broker": broker or None,
    }


class Story:
    """Moments one after the other, two seconds apart unless told."""

    def __init__(self) -> None:
        self.watch = Watch(TARGETS)
        self.assessment = Assessment()
        self.now = 1000.0
        self.concerns: list[tuple[Concern, str]] = []

    def then(self, moment: Moment, after: float = 2.0) -> Picture:
        self.now += after
        picture = self.watch.observe(self.now, moment)
        self.concerns = [(each.concern, each.about) for each in self.assessment.assess(picture)]
        return picture


@pytest.fixture
def story() -> Story:
    return Story()


def queue(picture: Picture, name: str = "intake") -> QueueState:
    return next(each for each in picture.queues if each.name == name)


def service(picture: Picture, name: str = "intake") -> ServiceState:
    return next(each for each in picture.services if each.name == name)


def test_what_came_in_is_what_went_out_and_what_waits(story: Story) -> None:
    seen = queue(story.then(told(waiting(5), intake=[taken(20), taken(3, outcome="rejected")])))
    assert (seen.came_in, seen.went_out, seen.waits) == (28, 23, 5)


def test_a_postponed_message_has_come_in_and_not_gone_out(story: Story) -> None:
    postponed = Sample("messaging_postponed", {"queue": "intake"}, 2)
    seen = queue(story.then(told(waiting(0), intake=[taken(20), taken(2, outcome="postponed"), postponed])))
    assert (seen.came_in, seen.went_out, seen.postponed) == (22, 20, 2)


def test_a_restarted_process_takes_nothing_from_the_totals(story: Story) -> None:
    story.then(told(waiting(0), intake=[taken(20)]))
    story.then(told(waiting(0), intake=None))
    assert service(story.then(told(waiting(0), intake=[taken(4)]))).came_in == 24


def test_of_a_partner_s_own_queue_the_broker_tells_what_came_in(story: Story) -> None:
    story.then(told(waiting(10, OUT), published(10)))
    seen = queue(story.then(told(waiting(3, OUT), published(2, channel="<2>"))), OUT)
    assert (seen.group, seen.came_in, seen.went_out, seen.waits) == (Group.TO_PARTNER, 12, 9, 3)


def test_queues_are_grouped_by_whose_they_are(story: Story) -> None:
    names = ("intake", "intake.2", INGRESS, OUT, "dead-letters")
    picture = story.then(told(*(waiting(0, name) for name in names)))
    assert {each.name: each.group for each in picture.queues} == {
        "intake": Group.SERVICE,
        "intake.2": Group.SERVICE,
        INGRESS: Group.FROM_PARTNER,
        OUT: Group.TO_PARTNER,
        "dead-letters": Group.DEAD_LETTERS,
    }


def test_a_service_waits_with_all_its_queues_and_its_outbox(story: Story) -> None:
    outbox = [
        Sample("messaging_outbox_waiting", {}, 7),
        Sample("messaging_outbox_oldest_seconds", {}, 3.5),
        Sample("messaging_published_total", {"exchange": "intake"}, 40),
    ]
    seen = service(story.then(told(waiting(2), waiting(3, INGRESS), relay=outbox)))
    assert (seen.waits, seen.outbox_waits, seen.oldest_seconds, seen.went_out) == (12, 7, 3.5, 40)


def test_the_oldest_is_younger_than_the_moment_when_the_queue_was_empty(story: Story) -> None:
    story.then(told(waiting(0), intake=[taken(20)]))
    assert queue(story.then(told(waiting(4), intake=[taken(20)]), after=10)).oldest_seconds == 10


def test_the_oldest_is_younger_than_the_message_taken_last(story: Story) -> None:
    waited = Sample("messaging_queue_waiting_seconds", {"queue": "intake"}, 3.0)
    story.then(told(waiting(0), intake=[taken(1), waited]))
    story.then(told(waiting(9), intake=[taken(2), waited]), after=100)
    assert queue(story.then(told(waiting(9), intake=[taken(2), waited]))).oldest_seconds == 5.0


def test_throughput_is_what_each_service_took_a_second(story: Story) -> None:
    story.then(told(waiting(0), intake=[taken(20)]))
    story.then(told(waiting(0), intake=[taken(60)]), after=4)
    assert story.watch.points_after(0) == [(story.now, 10.0, 0.0, 0.0)]
    assert story.watch.points_after(story.now) == []


def test_all_is_well_when_nothing_waits_and_all_answer(story: Story) -> None:
    story.then(told(waiting(0)))
    assert story.concerns == []


def test_a_process_that_is_away_for_a_moment_troubles_nobody(story: Story) -> None:
    story.then(told(waiting(0), intake=None))
    assert story.concerns == []
    story.then(told(waiting(0)))
    story.then(told(waiting(0), intake=None))
    story.then(told(waiting(0), intake=None), after=3)
    assert story.concerns == []


def test_a_process_that_stays_away_is_a_problem(story: Story) -> None:
    for _ in range(3):
        story.then(told(waiting(0), intake=None, relay=None))
    assert story.concerns == [(Concern.SERVICE_DOWN, "intake"), (Concern.RELAY_DOWN, "intake")]


def test_a_service_without_a_relay_misses_none(story: Story) -> None:
    for _ in range(3):
        picture = story.then(told(waiting(0)))
    assert service(picture, "reporting").relay_up is None
    assert story.concerns == []


def test_a_broker_that_stays_away_is_the_first_problem(story: Story) -> None:
    for _ in range(3):
        story.then(told(intake=[Sample("messaging_parked", {"queue": "intake"}, 1)]))
    assert story.concerns[0] == (Concern.BROKER_DOWN, "broker")


@pytest.mark.parametrize(
    ("name", "seconds", "concern"),
    [
        ("intake", 61, Concern.QUEUE_WAITS_LONG),
        (INGRESS, 61, Concern.QUEUE_WAITS_LONG),
        (OUT, 3601, Concern.PARTNER_DOES_NOT_FETCH),
        ("dead-letters", 2, Concern.DEAD_LETTERS),
    ],
)
def test_what_waits_too_long_is_a_problem_of_its_queue(
    story: Story, name: str, seconds: float, concern: Concern
) -> None:
    story.then(told(waiting(0, name)))
    story.then(told(waiting(1, name)), after=seconds)
    assert story.concerns == [(concern, name)]


def test_what_waits_for_a_partner_may_wait_a_while(story: Story) -> None:
    story.then(told(waiting(0, OUT)))
    story.then(told(waiting(1, OUT)), after=3600)
    assert story.concerns == []


def test_a_problem_tells_since_when_it_is_one(story: Story) -> None:
    parked = [Sample("messaging_parked", {"queue": "intake"}, 2)]
    first = story.then(told(waiting(0), intake=parked))
    later = story.then(told(waiting(0), intake=parked), after=60)
    (problem,) = story.assessment.assess(later)
    assert (problem.since, problem.amount) == (first.at, 2)


def test_messages_that_stay_postponed_are_a_problem_after_a_while(story: Story) -> None:
    def postponed_for(seconds: float) -> Moment:
        age = Sample("messaging_postponed_oldest_seconds", {"queue": "intake"}, seconds)
        return told(waiting(0), intake=[Sample("messaging_postponed", {"queue": "intake"}, 2), age])

    story.then(postponed_for(300))
    assert story.concerns == []
    story.then(postponed_for(301))
    assert story.concerns == [(Concern.POSTPONED_WAITS_LONG, "intake")]


def paused(count: int, reason: str) -> Moment:
    return told(waiting(0), intake=[Sample("messaging_pauses_total", {"reason": reason}, count)])


def test_a_brake_that_pulls_is_a_problem_at_once_until_it_has_let_go_for_a_minute(story: Story) -> None:
    story.then(paused(3, "braked"))
    assert story.concerns == []
    story.then(paused(4, "braked"))
    assert story.concerns == [(Concern.BRAKED, "intake")]
    story.then(paused(4, "braked"), after=60)
    assert story.concerns == []


def test_a_service_that_goes_on_pausing_is_a_problem_and_one_that_paused_once_is_not(story: Story) -> None:
    story.then(paused(0, "database"))
    story.then(paused(1, "database"))
    story.then(paused(1, "database"), after=58)
    assert story.concerns == []
    story.then(paused(2, "database"), after=1)
    story.then(paused(2, "database"), after=1)
    assert story.concerns == [(Concern.PAUSES, "intake")]


def test_an_outbox_that_waits_long_is_a_problem_of_its_service(story: Story) -> None:
    story.then(told(waiting(0), relay=[Sample("messaging_outbox_oldest_seconds", {}, 31.0)]))
    assert story.concerns == [(Concern.OUTBOX_WAITS_LONG, "intake")]


def test_only_what_the_page_uses_is_read_of_a_process_s_metrics() -> None:
    text = (
        "# HELP messaging_parked messages set aside\n# TYPE messaging_parked gauge\n"
        'messaging_parked{queue="intake"} 3.0\nprocess_cpu_seconds_total 12.5\n'
    )
    assert samples_in(text) == [Sample("messaging_parked", {"queue": "intake"}, 3.0)]


def test_what_is_no_metrics_text_is_refused() -> None:
    with pytest.raises(ValueError):
        samples_in("messaging_parked{queue= <html>")
