"""Two at the same moment: the database decides, whichever comes first."""

from datetime import UTC, date, datetime
from uuid import UUID, uuid4

import eventlet
import psycopg
import pytest
from psycopg.errors import ForeignKeyViolation

from services.meetings import handlers
from services.meetings.domain.table_cases import Closing
from shared.messaging import Event
from shared.testing.service import RunningService


def weighed(subject_id: UUID, house: str, table: str = "aftercare") -> Event:
    return Event(
        id=uuid4(),
        type="referrals.weighed.v1",
        sender="services",
        house=house,
        case_id=UUID(int=1),
        time=datetime(2015, 3, 10, 12, tzinfo=UTC),
        correlation_id=uuid4(),
        data={
            "referral_id": uuid4(),
            "subject_id": subject_id,
            "municipality": "Leiden",
            "sub_region": "Holland Rijnland",
            "briefing_on": date(2015, 3, 10),
            "opens_table": table,
        },
    )


def test_two_decisions_on_one_subject_at_the_same_moment_open_one_table_case(meetings: RunningService) -> None:
    subject_id = uuid4()

    def open_another() -> None:
        with meetings.begin() as unit:
            handlers.open_table_case(weighed(subject_id, meetings.house), unit)

    with meetings.begin() as unit:
        handlers.open_table_case(weighed(subject_id, meetings.house), unit)
        other = eventlet.spawn(open_another)
        eventlet.sleep(0.3)
        assert not other.dead, "the second waits for the first"
    other.wait()
    assert len(meetings.announced("table-cases.opened.v1")) == 1
    assert len(meetings.announced("table-cases.referred-again.v1")) == 1


def test_the_same_closing_twice_at_the_same_moment_closes_once(meetings: RunningService) -> None:
    with meetings.begin() as unit:
        handlers.open_table_case(weighed(uuid4(), meetings.house), unit)
    with psycopg.connect(meetings.database.url) as connection:
        [(table_case_id,)] = connection.execute("SELECT table_case_id FROM table_cases").fetchall()

    def close(closed_on: date) -> object:
        with meetings.begin() as unit:
            return handlers.close_table_case(meetings.house, table_case_id, Closing(closed_on=closed_on), unit)

    both = [eventlet.spawn(close, date(2015, 4, 1)) for _ in range(2)]
    first, second = (each.wait() for each in both)
    assert first == second
    assert len(meetings.announced("table-cases.closed.v1")) == 1


def test_a_batch_opens_one_table_case_for_a_subject_at_each_table(meetings: RunningService) -> None:
    one, other = uuid4(), uuid4()
    places = [(one, "aftercare"), (one, "aftercare"), (one, "focus"), (other, "aftercare")]
    batch = [weighed(subject_id, meetings.house, table) for subject_id, table in places]
    with meetings.begin() as unit:
        handlers.prepare_opening(batch, unit)
        for event in batch:
            handlers.open_table_case(event, unit)
    assert len(meetings.announced("table-cases.opened.v1")) == 3
    assert len(meetings.announced("table-cases.referred-again.v1")) == 1


def test_a_running_case_that_a_batch_refers_to_is_closed_after_it(meetings: RunningService) -> None:
    subject_id = uuid4()
    with meetings.begin() as unit:
        handlers.open_table_case(weighed(subject_id, meetings.house), unit)
    [opened] = meetings.announced("table-cases.opened.v1")

    def close() -> None:
        with meetings.begin() as unit:
            closing = Closing(closed_on=date(2015, 4, 1))
            handlers.close_table_case(meetings.house, UUID(opened["data"]["tableCaseId"]), closing, unit)

    again = weighed(subject_id, meetings.house)
    with meetings.begin() as unit:
        handlers.prepare_opening([again], unit)
        closing = eventlet.spawn(close)
        eventlet.sleep(0.3)
        assert not closing.dead, "the closing waits for the batch"
        handlers.open_table_case(again, unit)
    closing.wait()
    assert len(meetings.announced("table-cases.referred-again.v1")) == 1


def test_a_batch_that_did_not_see_a_case_being_opened_fails_as_a_whole(meetings: RunningService) -> None:
    subject_id = uuid4()

    def open_in_a_batch() -> None:
        event = weighed(subject_id, meetings.house)
        with meetings.begin() as unit:
            handlers.prepare_opening([event], unit)
            handlers.open_table_case(event, unit)

    with meetings.begin() as unit:
        handlers.open_table_case(weighed(subject_id, meetings.house), unit)
        batch = eventlet.spawn(open_in_a_batch)
        eventlet.sleep(0.3)
    with pytest.raises(ForeignKeyViolation):  # so it is taken apart, and each message looks for itself
        batch.wait()
    assert len(meetings.announced("table-cases.opened.v1")) == 1
