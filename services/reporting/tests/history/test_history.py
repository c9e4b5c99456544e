"""What is kept of the platform's past, on a database."""

from collections.abc import Callable, Iterator, Sequence
from datetime import UTC, date, datetime, timedelta
from typing import Any
from uuid import uuid4

import psycopg
import pytest

from services.reporting.history import handlers, lookups
from services.reporting.history.messages import PartnerDay, PartnerDaysQuery, ProblemInThePast, Throughput
from services.reporting.history.rules import Span
from services.reporting.operations.rules import Monitor
from services.reporting.problems.rules import Concern
from services.reporting.tests.story import (
    INGRESS,
    OUT,
    TARGETS,
    Moment,
    metrics_of,
    published,
    replicas_of,
    taken,
    waiting,
)
from services.reporting.unit import Unit
from shared.messaging import Publishing
from shared.messaging.sealing import Sealer
from shared.testing.keys import KEYS
from shared.web import PageQuery

NOW = datetime(2026, 3, 4, 11, 0, tzinfo=UTC)
TODAY = date(2026, 3, 4)
WEEK = timedelta(days=7)


class Replica:
    """A process of reporting: what it watches, and what it keeps."""

    def __init__(self, connection: psycopg.Connection[Any]) -> None:
        self.connection = connection
        self.monitor = Monitor(TARGETS)

    def watch(self, at: datetime, moment: Moment) -> None:
        self.monitor.observe(at.timestamp(), moment)

    def keep(self, days: int = 35) -> None:
        with self.connection.transaction():
            handlers.keep_minute(self.monitor, self._unit(days))

    def minute(self, at: datetime, moment: Moment) -> None:
        self.watch(at, moment)
        self.keep()

    def throughput(self, span: Span = Span.HOUR) -> Throughput:
        return lookups.throughput(span, self._unit())

    def partner_days(self, day: date | None = None, house: str | None = None) -> list[PartnerDay]:
        return lookups.partner_days(PartnerDaysQuery(day=day, house=house), self._unit())

    def problems(self, limit: int = 100) -> Sequence[ProblemInThePast]:
        return lookups.past_problems(PageQuery(limit=limit), self._unit()).items

    def _unit(self, days: int = 35) -> Unit:
        return Unit(
            connection=self.connection,
            houses={},
            master_key=KEYS,
            operations_days=days,
            publishing=Publishing("reporting", {}, Sealer(KEYS)),
            correlation_id=uuid4(),
        )


@pytest.fixture
def database(database_of: Callable[[str], str]) -> str:
    return database_of("reporting")


@pytest.fixture
def reporting(database: str) -> Iterator[Replica]:
    with psycopg.connect(database, autocommit=True) as connection:
        yield Replica(connection)


@pytest.fixture
def another(database: str) -> Iterator[Replica]:
    """A second replica, or the first after a restart."""
    with psycopg.connect(database, autocommit=True) as connection:
        yield Replica(connection)


@pytest.fixture(autouse=True)
def the_time(monkeypatch: pytest.MonkeyPatch) -> None:
    class Clock(datetime):
        @classmethod
        def now(cls, tz: Any = None) -> datetime:  # type: ignore[override]
            return NOW

    monkeypatch.setattr(lookups, "datetime", Clock)
    monkeypatch.setattr("shared.unit.business_dates.today", lambda: TODAY)


def intake(count: int) -> Moment:
    return metrics_of(waiting(0), intake=[taken(count)])


def minutes_ago(minutes: float) -> datetime:
    return NOW - timedelta(minutes=minutes)


def of_intake(throughput: Throughput) -> dict[str, Any]:
    [intake] = [service for service in throughput.services if service.name == "intake"]
    return {"messages": intake.messages, "before": intake.messages_week_before, "rates": intake.rates}


def test_this_hour_stands_beside_the_same_hour_last_week(reporting: Replica) -> None:
    reporting.minute(minutes_ago(3) - WEEK, intake(100))
    reporting.minute(minutes_ago(2) - WEEK, intake(130))
    reporting.minute(minutes_ago(2), intake(200))
    reporting.minute(minutes_ago(1), intake(260))
    found = of_intake(reporting.throughput())
    assert (found["messages"], found["before"]) == (130, 30)
    assert found["rates"][-2:] == (1.0, None)
    shown = reporting.throughput()
    assert (len(shown.moments), shown.moments[-1]) == (60, NOW.timestamp())


def test_in_summer_the_same_hour_last_week_is_the_same_hour_of_the_clock(
    reporting: Replica, monkeypatch: pytest.MonkeyPatch
) -> None:
    after_the_change = datetime(2026, 3, 30, 8, 0, tzinfo=UTC)  # 10:00 in summer time; a week before 10:00 was 9:00 UTC

    class Clock(datetime):
        @classmethod
        def now(cls, tz: Any = None) -> datetime:  # type: ignore[override]
            return after_the_change

    monkeypatch.setattr(lookups, "datetime", Clock)
    reporting.minute(datetime(2026, 3, 23, 8, 58, tzinfo=UTC), intake(100))
    reporting.minute(datetime(2026, 3, 23, 8, 59, tzinfo=UTC), intake(130))
    assert of_intake(reporting.throughput())["before"] == 30


def test_what_went_through_while_reporting_was_away_is_counted_after_its_restart(
    reporting: Replica, another: Replica
) -> None:
    reporting.minute(minutes_ago(30), intake(100))
    another.minute(minutes_ago(20), intake(700))
    found = of_intake(another.throughput())
    assert (found["messages"], found["rates"][39], found["rates"][38]) == (600, 1.0, None)


def test_a_period_in_which_nothing_was_measured_has_no_number_of_messages(reporting: Replica) -> None:
    reporting.minute(minutes_ago(3), intake(100))
    reporting.minute(minutes_ago(2), intake(130))
    found = of_intake(reporting.throughput())
    assert (found["messages"], found["before"]) == (30, None)


def test_of_several_replicas_of_reporting_one_writes_a_minute(reporting: Replica, another: Replica) -> None:
    reporting.minute(minutes_ago(3), intake(100))
    for at, count in ((2, 160), (1, 220)):
        for replica in (reporting, another):
            replica.minute(minutes_ago(at), intake(count))
    assert of_intake(reporting.throughput())["messages"] == 120
    assert reporting.connection.execute("SELECT count(DISTINCT at) FROM throughput").fetchone() == (2,)


def test_a_replica_does_not_wait_for_another_that_is_writing(reporting: Replica, another: Replica) -> None:
    reporting.minute(minutes_ago(3), intake(100))
    another.watch(minutes_ago(1), intake(160))
    with reporting.connection.transaction():
        reporting.connection.execute("SELECT FROM watched FOR UPDATE")
        another.connection.execute("SET lock_timeout = '1s'")
        another.keep()
    assert reporting.throughput().services == ()


def test_every_replica_of_a_service_is_counted(reporting: Replica) -> None:
    reporting.minute(minutes_ago(3), metrics_of(waiting(0)) | replicas_of("intake", [taken(10)], [taken(20)]))
    reporting.minute(minutes_ago(2), metrics_of(waiting(0)) | replicas_of("intake", [taken(15)], None))
    reporting.minute(
        minutes_ago(1), metrics_of(waiting(0)) | replicas_of("intake", [taken(15)], [taken(27)], [taken(4)])
    )
    assert of_intake(reporting.throughput())["messages"] == 5 + 7 + 4


def test_the_first_minute_ever_counts_nothing_of_before(reporting: Replica) -> None:
    reporting.minute(minutes_ago(3), intake(1_000_000))
    assert reporting.throughput().services == ()


def partner(received: int, refused: int, sent: int) -> Moment:
    samples = [taken(received, INGRESS), taken(refused, INGRESS, outcome="rejected")]
    return metrics_of(waiting(0, INGRESS), waiting(0, OUT), published(sent), intake=samples)


def test_each_day_has_the_figures_of_each_partner_and_its_last_message(reporting: Replica) -> None:
    reporting.minute(minutes_ago(3) - WEEK, partner(0, 0, 0))
    reporting.minute(minutes_ago(2) - WEEK, partner(4, 1, 0))
    reporting.minute(minutes_ago(2), partner(10, 2, 3))
    reporting.minute(minutes_ago(1), partner(11, 2, 3))
    [today] = reporting.partner_days()
    assert today == PartnerDay(
        house="some-house",
        partner="ggd",
        received=8,
        refused=1,
        sent=3,
        last_received_at=minutes_ago(1),
        last_sent_at=minutes_ago(2),
    )
    [then] = reporting.partner_days(TODAY - WEEK)
    assert (then.received, then.refused, then.sent, then.last_sent_at) == (5, 1, 0, minutes_ago(2))
    assert reporting.partner_days(house="another-house") == []


def silent_intake() -> Moment:
    return metrics_of(waiting(0), intake=None)


def test_a_problem_is_kept_from_its_beginning_to_its_end(reporting: Replica, another: Replica) -> None:
    for seconds in (0, 2, 4):
        for replica in (reporting, another):
            replica.watch(minutes_ago(5) + timedelta(seconds=seconds), silent_intake())
    reporting.keep()
    [problem] = reporting.problems()
    assert (problem.concern, problem.about, problem.until) == (Concern.SERVICE_DOWN, "intake", None)
    assert (problem.since, problem.manual.alert) == (minutes_ago(5), "ProcessDown")
    for replica in (another, reporting):
        replica.watch(minutes_ago(4), intake(0))
    another.watch(minutes_ago(3.5), intake(0))
    another.keep()
    [problem] = another.problems()
    assert (problem.since, problem.until) == (minutes_ago(5), minutes_ago(4))


def test_a_problem_between_two_minutes_is_kept_too(reporting: Replica) -> None:
    reporting.minute(minutes_ago(5), intake(0))
    for seconds in (10, 12, 14):
        reporting.watch(minutes_ago(5) + timedelta(seconds=seconds), silent_intake())
    reporting.watch(minutes_ago(5) + timedelta(seconds=20), intake(0))
    reporting.minute(minutes_ago(4), intake(0))
    [problem] = reporting.problems()
    assert problem.until == minutes_ago(5) + timedelta(seconds=20)


def test_a_problem_that_ended_while_reporting_was_away_ends(reporting: Replica, another: Replica) -> None:
    for seconds in (0, 2, 4):
        reporting.watch(minutes_ago(5) + timedelta(seconds=seconds), silent_intake())
    reporting.keep()
    another.minute(minutes_ago(1), intake(0))
    assert [problem.until for problem in another.problems()] == [minutes_ago(1)]


def test_problems_of_a_number_and_of_an_age_are_kept_together(reporting: Replica) -> None:
    reporting.watch(minutes_ago(180), metrics_of(waiting(0, OUT)))
    reporting.minute(minutes_ago(179), metrics_of(waiting(2, OUT)))
    reporting.minute(NOW, metrics_of(waiting(2, OUT), waiting(3, "dead-letters")))
    amounts = {problem.concern: problem.amount for problem in reporting.problems()}
    assert amounts == {Concern.DEAD_LETTERS: 3, Concern.PARTNER_DOES_NOT_FETCH: 180 * 60}


def test_the_age_of_what_a_partner_leaves_outlives_a_restart(reporting: Replica, another: Replica) -> None:
    reporting.watch(minutes_ago(180), metrics_of(waiting(0, OUT)))
    reporting.minute(minutes_ago(179), metrics_of(waiting(2, OUT)))
    another.minute(minutes_ago(1), metrics_of(waiting(2, OUT)))
    another.watch(NOW, metrics_of(waiting(2, OUT)))
    [problem] = another.monitor.problems
    assert (problem.concern, problem.amount) == (Concern.PARTNER_DOES_NOT_FETCH, 180 * 60)


def test_what_is_old_is_deleted_but_for_the_newest_day_of_a_partner(reporting: Replica) -> None:
    old = timedelta(days=40)
    for day in (2, 1, 0):
        for replica_at, count in ((minutes_ago(3), 2), (minutes_ago(2), 1)):
            reporting.minute(replica_at - old - timedelta(days=day), partner(100 - 10 * day - count, 0, 0))
    for seconds in (0, 2, 4):
        reporting.watch(minutes_ago(1) - old + timedelta(seconds=seconds), silent_intake())
    reporting.watch(minutes_ago(0.5) - old, intake(0))
    reporting.keep()
    reporting.minute(NOW, partner(100, 0, 0) | intake(0))
    counts = reporting.connection.execute(
        "SELECT (SELECT count(*) FROM throughput WHERE at < %(at)s),"
        " (SELECT count(*) FROM partner_day WHERE day < %(at)s), (SELECT count(*) FROM platform_problem)",
        {"at": NOW - timedelta(days=36)},
    ).fetchone()
    assert counts == (0, 1, 0)
