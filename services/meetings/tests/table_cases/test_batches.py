"""Decisions that come together: what runs is read at once, and what opens is written at once."""

from datetime import UTC, date, datetime
from typing import Any
from uuid import UUID, uuid4

import eventlet
import psycopg
import pytest

from services.meetings.closings.handlers import close_table_case
from services.meetings.service import LISTENS
from services.meetings.table_cases.handlers import open_table_case, prepare_opening
from services.meetings.table_cases.messages import ReferralWeighed
from services.meetings.table_cases.rules import Closing
from shared.messaging import Delivery, Event, Reader
from shared.messaging.brake import Brake
from shared.messaging.entrypoint import Batch
from shared.messaging.envelope import Envelope, encode
from shared.testing.service import RunningService

MOMENT = 0.3
"""Seconds after which whoever is not done waits for somebody."""
STORED = 20_000
FILL = """
    INSERT INTO table_cases (table_case_id, house, case_id, subject_id, referral_id, at_table, municipality, sub_region,
                             opened_on)
    SELECT gen_random_uuid(), 'hollands-midden', gen_random_uuid(), gen_random_uuid(), gen_random_uuid(), 'focus',
           'Leiden', 'Holland Rijnland', '2015-03-10'
    FROM generate_series(1, %s)
    """
TOUCHED = "SELECT seq_tup_read + idx_tup_fetch FROM pg_stat_xact_user_tables WHERE relname = 'table_cases'"
CLOSING = Closing(closed_on=date(2015, 4, 1), without_plan_because="moved away")
OPENED, AGAIN = "table-cases.opened.v1", "table-cases.referred-again.v1"


def weighed(subject_id: UUID, table: str | None = "aftercare", **attributes: Any) -> Delivery:
    """A decision on a new referral about a subject, whose case has the same id."""
    data = {
        "referralId": uuid4(),
        "subjectId": subject_id,
        "municipality": "Leiden",
        "subRegion": "Holland Rijnland",
        "briefingOn": "2015-03-10",
        "decision": table or "bilateral",
    }
    usual: dict[str, Any] = {
        "id": uuid4(),
        "source": "urn:nld:ketenhuis:weighing",
        "type": "referrals.weighed.v1",
        "subject": str(subject_id),
        "time": datetime(2015, 3, 10, 12, tzinfo=UTC),
        "house": "hollands-midden",
        "data": data | ({"opensTable": table} if table else {}),
    }
    return Delivery(queue="meetings", body=encode(Envelope(**usual | attributes)))


def event_of(delivery: Delivery) -> Event[ReferralWeighed]:
    event = Reader(LISTENS).read(delivery).event
    assert event
    return event


def take(meetings: RunningService, *deliveries: Delivery) -> None:
    """One batch."""
    batch = Batch(Reader(LISTENS), ["meetings"], list(deliveries), Brake())
    meetings.units.take(batch)
    assert batch.settled


def table_cases(meetings: RunningService) -> dict[UUID, tuple[str, bool]]:
    """At which table each is, and whether it runs."""
    with psycopg.connect(meetings.database.url) as connection:
        rows = connection.execute("SELECT table_case_id, at_table, closed_on IS NULL FROM table_cases").fetchall()
    return {table_case_id: (table, running) for table_case_id, table, running in rows}


def referrals(meetings: RunningService, table_case_id: UUID) -> set[str]:
    found = meetings.get(f"/v1/table-cases/{table_case_id}").body["referrals"]
    return {each["referralId"] for each in found}


def times_opened(meetings: RunningService) -> float:
    """What is counted: more than was opened when a batch was undone and taken again."""
    return meetings.metric("meetings_table_cases_opened_total", house=meetings.house, table="aftercare")


def close(meetings: RunningService, table_case_id: UUID) -> None:
    with meetings.begin() as unit:
        close_table_case(meetings.house, table_case_id, CLOSING, "director", unit)


def test_of_two_decisions_of_a_batch_for_one_table_the_first_opens_it_and_the_second_refers_again(
    meetings: RunningService,
) -> None:
    subject_id = uuid4()
    both = [weighed(subject_id) for _ in range(2)]
    before = times_opened(meetings)
    take(meetings, both[0], weighed(uuid4(), None), weighed(uuid4()), both[1])
    assert len(table_cases(meetings)) == times_opened(meetings) - before == 2
    opened = [event["data"] for event in meetings.announced(OPENED)]
    [again] = [event["data"] for event in meetings.announced(AGAIN)]
    assert again["tableCaseId"] == opened[0]["tableCaseId"]
    assert [opened[0]["referralId"], again["referralId"]] == [str(event_of(each).data.referral_id) for each in both]
    assert referrals(meetings, UUID(again["tableCaseId"])) == {opened[0]["referralId"], again["referralId"]}


def test_a_batch_opens_cases_of_one_subject_at_two_tables(meetings: RunningService) -> None:
    subject_id = uuid4()
    take(meetings, weighed(subject_id, "focus"), weighed(subject_id, "aftercare"))
    assert sorted(table_cases(meetings).values()) == [("aftercare", True), ("focus", True)]
    assert meetings.announced(AGAIN) == []


def test_a_batch_finds_what_runs_already_and_not_what_is_closed(meetings: RunningService) -> None:
    runs, closed = uuid4(), uuid4()
    take(meetings, weighed(closed))
    [first] = table_cases(meetings)
    close(meetings, first)
    take(meetings, weighed(runs))
    take(meetings, weighed(runs), weighed(closed))
    assert sorted(table_cases(meetings).values()) == [("aftercare", False), ("aftercare", True), ("aftercare", True)]
    assert [event["subject"] for event in meetings.announced(AGAIN)] == [str(runs)]


@pytest.mark.parametrize(
    "wrong",
    [
        {"subject": None},
        {"house": "elsewhere"},
        {"data": {"opensTable": "focus"}},
        {"data": {"opensTable": None}},
        {"table": "theatre"},
        {"type": "unknown.v1"},
    ],
)
def test_a_wrong_decision_is_parked_and_the_rest_of_its_batch_opens_what_it_should(
    wrong: dict[str, Any], meetings: RunningService
) -> None:
    subject_id, before = uuid4(), times_opened(meetings)
    take(meetings, weighed(subject_id), weighed(uuid4(), **wrong), weighed(subject_id), weighed(uuid4()))
    assert len(meetings.parked()) == 1
    assert len(table_cases(meetings)) == len(meetings.announced(OPENED)) == times_opened(meetings) - before == 2
    assert len(meetings.announced(AGAIN)) == 1


def test_what_a_batch_found_running_is_closed_only_after_it(meetings: RunningService) -> None:
    again = weighed(uuid4())
    event = event_of(again)
    take(meetings, weighed(event.data.subject_id))
    [running] = table_cases(meetings)
    with meetings.begin() as unit:
        prepare_opening([event], unit)
        closing = eventlet.spawn(close, meetings, running)
        eventlet.sleep(MOMENT)
        assert not closing.dead
        open_table_case(event, unit)
    closing.wait()
    assert table_cases(meetings) == {running: ("aftercare", False)}
    assert str(event.data.referral_id) in referrals(meetings, running)


def test_a_batch_waits_for_a_closing_that_is_under_way_and_opens_a_new_case(meetings: RunningService) -> None:
    subject_id = uuid4()
    take(meetings, weighed(subject_id))
    [first] = table_cases(meetings)
    with meetings.begin() as unit:
        close_table_case(meetings.house, first, CLOSING, "director", unit)
        batch = eventlet.spawn(take, meetings, weighed(subject_id), weighed(uuid4()))
        eventlet.sleep(MOMENT)
        assert not batch.dead
    batch.wait()
    assert len(meetings.announced(OPENED)) == 3
    assert meetings.announced(AGAIN) == []


def test_a_case_that_another_opens_meanwhile_is_referred_again_and_the_batch_opens_the_rest(
    meetings: RunningService,
) -> None:
    subject_id = uuid4()
    with meetings.begin() as unit:
        open_table_case(event_of(weighed(subject_id)), unit)
        batch = eventlet.spawn(take, meetings, weighed(uuid4()), weighed(subject_id), weighed(subject_id))
        eventlet.sleep(MOMENT)
        assert not batch.dead
    batch.wait()
    assert meetings.parked() == []
    assert len(table_cases(meetings)) == len(meetings.announced(OPENED)) == 2
    assert [event["subject"] for event in meetings.announced(AGAIN)] == [str(subject_id)] * 2


def test_batches_that_bring_the_same_subjects_in_opposite_order_open_each_case_once(meetings: RunningService) -> None:
    subjects = [uuid4() for _ in range(20)]
    there, back = ([weighed(each) for each in order] for order in (subjects, subjects[::-1]))
    for batch in [eventlet.spawn(take, meetings, *each) for each in (there, back)]:
        batch.wait()
    assert len(table_cases(meetings)) == len(meetings.announced(OPENED)) == len(meetings.announced(AGAIN)) == 20


def test_what_runs_is_found_by_index_however_little_ran_when_it_was_first_asked(meetings: RunningService) -> None:
    events = [event_of(weighed(uuid4(), "focus")) for _ in range(25)]
    with psycopg.connect(meetings.database.owner_url, autocommit=True) as owner:
        owner.execute("ANALYZE table_cases")
    with meetings.begin() as unit:
        for _ in range(12):  # psycopg prepares after five, and PostgreSQL settles on a plan after five more
            prepare_opening(events, unit)
        unit.connection.execute(FILL, (STORED,))
        [before] = unit.connection.execute(TOUCHED).fetchone()
        prepare_opening(events, unit)
        [after] = unit.connection.execute(TOUCHED).fetchone()
    assert after - before < len(events)
