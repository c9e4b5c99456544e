"""What needs a person, and what does not yet."""

import pytest

from services.reporting.problems.rules import LONG_WITHOUT_BACKUP, SOON, Concern, findings
from services.reporting.tests.story import (
    INGRESS,
    OUT,
    TARGETS,
    Moment,
    Story,
    metrics_of,
    published,
    replicas_of,
    service,
    waiting,
)
from services.reporting.watch.answers import Sample
from services.reporting.watch.rules import Watch


@pytest.fixture
def story() -> Story:
    return Story()


def test_all_is_well_when_nothing_waits_and_all_answer(story: Story) -> None:
    story.then(metrics_of(waiting(0)))
    assert story.concerns == []


def test_a_process_that_is_away_for_a_moment_troubles_nobody(story: Story) -> None:
    story.then(metrics_of(waiting(0), intake=None))
    assert story.concerns == []
    story.then(metrics_of(waiting(0)))
    story.then(metrics_of(waiting(0), intake=None))
    story.then(metrics_of(waiting(0), intake=None), after=3)
    assert story.concerns == []


def test_a_process_that_stays_away_is_a_problem(story: Story) -> None:
    for _ in range(3):
        story.then(metrics_of(waiting(0), intake=None, relay=None))
    assert story.concerns == [(Concern.SERVICE_DOWN, "intake"), (Concern.RELAY_DOWN, "intake")]


def test_a_desk_that_stays_away_is_a_problem_where_people_sign_in(story: Story) -> None:
    for _ in range(3):
        story.then(metrics_of(waiting(0)) | replicas_of("desk", None))
    assert story.concerns == [(Concern.DESK_DOWN, "desk")]
    without = Watch([target for target in TARGETS if target != "desk"]).observe(1000.0, metrics_of(waiting(0)))
    assert (without.desk, list(findings(without))) == (None, [])


def test_one_of_several_replicas_that_stays_away_is_a_problem_of_its_service(story: Story) -> None:
    for _ in range(3):
        picture = story.then(metrics_of(waiting(0)) | replicas_of("intake", (), None, ()))
    assert story.concerns == [(Concern.SERVICE_DOWN, "intake")]
    assert [problem.amount for problem in story.assessment.assess(picture)] == [1]


def test_a_service_without_a_relay_misses_none(story: Story) -> None:
    for _ in range(3):
        picture = story.then(metrics_of(waiting(0)))
    assert service(picture, "reporting").relays_silent is None
    assert story.concerns == []


def test_a_broker_that_stays_away_is_the_first_problem(story: Story) -> None:
    for _ in range(3):
        story.then(metrics_of(intake=[Sample("messaging_parked", {"queue": "intake"}, 1)]))
    assert story.concerns[0] == (Concern.BROKER_DOWN, "broker")


@pytest.mark.parametrize(
    ("metric", "concern"),
    [
        ("rabbitmq_alarms_memory_used_watermark", Concern.BROKER_MEMORY),
        ("rabbitmq_alarms_free_disk_space_watermark", Concern.BROKER_DISK),
    ],
)
def test_a_broker_that_takes_nothing_is_a_problem_as_long_as_it_lasts(
    story: Story, metric: str, concern: Concern
) -> None:
    story.then(metrics_of(waiting(0), Sample(metric, {}, 1)))
    assert story.concerns == [(concern, "broker")]
    story.then(metrics_of(waiting(0), Sample(metric, {}, 0)))
    assert story.concerns == []


def test_a_database_that_cannot_write_is_a_problem_at_once_and_as_long_as_it_lasts(story: Story) -> None:
    full = "messaging_database_cannot_write"
    story.then(metrics_of(waiting(0), intake=[Sample(full, {}, 1)]))
    assert story.concerns == [(Concern.DATABASE_CANNOT_WRITE, "intake")]
    story.then(metrics_of(waiting(0), intake=[Sample(full, {}, 0)]))
    assert story.concerns == []


def test_a_certificate_that_ends_soon_and_an_old_backup_are_problems(story: Story) -> None:
    def told(certificate: float, backup: float) -> Moment:
        ends = Sample("messaging_certificates_end_seconds", {}, story.now + 2 + certificate)
        made = Sample("barman_cloud_cloudnative_pg_io_last_available_backup_timestamp", {}, story.now + 2 - backup)
        return metrics_of(waiting(0), relay=[ends]) | replicas_of("intake-postgres", [made])

    story.now = 2e9
    story.then(told(certificate=SOON, backup=LONG_WITHOUT_BACKUP))
    assert story.concerns == []
    picture = story.then(told(certificate=SOON - 1, backup=LONG_WITHOUT_BACKUP + 1))
    assert story.concerns == [(Concern.CERTIFICATE_ENDS, "intake-relay"), (Concern.BACKUP_OLD, "intake")]
    assert [problem.amount for problem in story.assessment.assess(picture)] == [SOON - 1, LONG_WITHOUT_BACKUP + 1]


def logins(failed: int) -> Moment:
    return metrics_of(waiting(0), Sample("rabbitmq_auth_attempts_failed_total", {"protocol": "amqp091"}, failed))


def test_many_failed_log_ins_within_ten_minutes_are_a_problem_of_the_broker(story: Story) -> None:
    story.then(logins(100))
    story.then(logins(120), after=300)
    assert story.concerns == []
    picture = story.then(logins(121), after=299)
    assert story.concerns == [(Concern.FAILED_LOGINS, "broker")]
    assert [problem.amount for problem in story.assessment.assess(picture)] == [21]
    story.then(logins(121), after=302)
    assert story.concerns == []


def test_a_broker_that_began_again_counts_its_failed_log_ins_from_zero(story: Story) -> None:
    story.then(logins(100))
    story.then(logins(21))
    assert story.concerns == [(Concern.FAILED_LOGINS, "broker")]


def requests(right: int, failed: int) -> Moment:
    statuses = {"200": right - failed, "503": failed // 2, "500": failed - failed // 2}
    asked = [
        Sample("http_requests_total", {"method": "GET", "status": each}, count) for each, count in statuses.items()
    ]
    return metrics_of(waiting(0), intake=asked)


def failing(story: Story, percent: int, seconds: int) -> list[tuple[Concern, str]]:
    """The concerns after requests of which so many failed, for so long."""
    for second in range(0, seconds + 1, 10):
        story.then(requests(100 * second, percent * second), after=10)
    return story.concerns


def test_a_service_many_of_whose_requests_fail_for_five_minutes_is_a_problem(story: Story) -> None:
    assert failing(story, percent=6, seconds=300) == []
    assert failing(Story(), percent=6, seconds=310) == [(Concern.REQUESTS_FAIL, "intake")]
    assert failing(Story(), percent=5, seconds=310) == []


def test_a_service_that_is_not_ready_for_a_moment_is_no_problem(story: Story) -> None:
    story.then(requests(0, 0))
    for _ in range(70):
        story.then(requests(100, 40), after=5)
        assert story.concerns == []


@pytest.mark.parametrize(
    ("name", "seconds", "concern"),
    [
        ("intake", 61, Concern.QUEUE_WAITS_LONG),
        (INGRESS, 61, Concern.QUEUE_WAITS_LONG),
        (OUT, 3601, Concern.PARTNER_DOES_NOT_FETCH),
        ("dead-letters", 2, Concern.DEAD_LETTERS),
        ("partner.some-house.ggd.dead", 2, Concern.DEAD_LETTERS_OF_PARTNER),
    ],
)
def test_what_waits_too_long_is_a_problem_of_its_queue(
    story: Story, name: str, seconds: float, concern: Concern
) -> None:
    story.then(metrics_of(waiting(0, name)))
    story.then(metrics_of(waiting(1, name)), after=seconds)
    assert story.concerns == [(concern, name)]


def test_what_waits_for_a_partner_may_wait_a_while(story: Story) -> None:
    story.then(metrics_of(waiting(0, OUT)))
    story.then(metrics_of(waiting(1, OUT)), after=3600)
    assert story.concerns == []


def test_a_partner_that_fetches_is_no_problem_though_its_queue_is_never_empty(story: Story) -> None:
    for minute in range(0, 120):
        story.then(metrics_of(waiting(50, OUT), published(50 + 10 * minute)), after=60)
    assert story.concerns == []


def test_a_partner_that_fetches_too_slowly_is_a_problem_by_the_age_of_its_oldest_message(story: Story) -> None:
    for minute in range(0, 120):
        story.then(metrics_of(waiting(9 * minute, OUT), published(10 * minute)), after=60)
    assert story.concerns == [(Concern.PARTNER_DOES_NOT_FETCH, OUT)]


def test_a_problem_tells_since_when_it_is_one(story: Story) -> None:
    parked = [Sample("messaging_parked", {"queue": "intake"}, 2)]
    first = story.then(metrics_of(waiting(0), intake=parked))
    later = story.then(metrics_of(waiting(0), intake=parked), after=60)
    (problem,) = story.assessment.assess(later)
    assert (problem.since, problem.amount) == (first.at, 2)


def test_messages_that_stay_postponed_are_a_problem_after_a_while(story: Story) -> None:
    def postponed_for(seconds: float) -> Moment:
        age = Sample("messaging_postponed_oldest_seconds", {"queue": "intake"}, seconds)
        return metrics_of(waiting(0), intake=[Sample("messaging_postponed", {"queue": "intake"}, 2), age])

    story.then(postponed_for(300))
    assert story.concerns == []
    story.then(postponed_for(301))
    assert story.concerns == [(Concern.POSTPONED_WAITS_LONG, "intake")]


def paused(count: int, reason: str) -> Moment:
    return metrics_of(waiting(0), intake=[Sample("messaging_pauses_total", {"reason": reason}, count)])


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
    story.then(metrics_of(waiting(0), relay=[Sample("messaging_outbox_oldest_seconds", {}, 31.0)]))
    assert story.concerns == [(Concern.OUTBOX_WAITS_LONG, "intake")]
