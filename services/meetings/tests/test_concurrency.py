"""Two at the same moment: the database decides, whichever comes first."""

from datetime import UTC, date, datetime
from uuid import UUID, uuid4

import eventlet
import psycopg
import pytest

from services.meetings.closings.handlers import close_table_case, withdraw_closing
from services.meetings.table_cases.handlers import open_table_case, prepare_opening
from services.meetings.table_cases.messages import ReferralWeighed
from services.meetings.table_cases.rules import Closing
from shared.aliases.store import AliasStore, Link
from shared.messaging import Conflict, Event
from shared.testing.service import RunningService


def weighed(subject_id: UUID, house: str) -> Event[ReferralWeighed]:
    return Event(
        id=uuid4(),
        type="referrals.weighed.v1",
        sender="services",
        house=house,
        case_id=UUID(int=1),
        time=datetime(2015, 3, 10, 12, tzinfo=UTC),
        correlation_id=uuid4(),
        data=ReferralWeighed(
            referral_id=uuid4(),
            subject_id=subject_id,
            municipality="Leiden",
            sub_region="Holland Rijnland",
            briefing_on=date(2015, 3, 10),
            decision="aftercare",
            opens_table="aftercare",
        ),
    )


def test_two_decisions_on_one_subject_at_the_same_moment_open_one_table_case(meetings: RunningService) -> None:
    subject_id = uuid4()

    def open_another() -> None:
        with meetings.begin() as unit:
            open_table_case(weighed(subject_id, meetings.house), unit)

    with meetings.begin() as unit:
        open_table_case(weighed(subject_id, meetings.house), unit)
        other = eventlet.spawn(open_another)
        eventlet.sleep(0.3)
        assert not other.dead, "the second waits for the first"
    other.wait()
    assert len(meetings.announced("table-cases.opened.v1")) == 1
    assert len(meetings.announced("table-cases.referred-again.v1")) == 1


@pytest.mark.parametrize("prepare", [True, False])
def test_two_decisions_on_two_records_of_one_person_at_the_same_moment_open_one_table_case(
    meetings: RunningService, prepare: bool
) -> None:
    one, other = weighed(uuid4(), meetings.house), weighed(uuid4(), meetings.house)
    subjects, cases = (one.data.subject_id, other.data.subject_id), (uuid4(), uuid4())
    with meetings.begin() as unit:
        link = Link(house=meetings.house, merge_id=uuid4(), subjects=subjects, cases=cases)
        unit.store(AliasStore).begin(link, date(2015, 3, 1))

    def bring(event: Event[ReferralWeighed], seconds: float) -> None:
        with meetings.begin() as unit:
            if prepare:
                prepare_opening([event], unit)
            open_table_case(event, unit)
            eventlet.sleep(seconds)

    first, second = eventlet.spawn(bring, one, 0.3), eventlet.spawn_after(0.1, bring, other, 0)
    first.wait(), second.wait()
    assert len(meetings.announced("table-cases.opened.v1")) == 1
    assert len(meetings.announced("table-cases.referred-again.v1")) == 1


def test_the_same_closing_twice_at_the_same_moment_closes_once(meetings: RunningService) -> None:
    with meetings.begin() as unit:
        open_table_case(weighed(uuid4(), meetings.house), unit)
    with psycopg.connect(meetings.database.url) as connection:
        [(table_case_id,)] = connection.execute("SELECT table_case_id FROM table_cases").fetchall()

    def close(closed_on: date) -> object:
        with meetings.begin() as unit:
            return close_table_case(
                meetings.house,
                table_case_id,
                Closing(closed_on=closed_on, without_plan_because="moved away"),
                "director",
                unit,
            )

    both = [eventlet.spawn(close, date(2015, 4, 1)) for _ in range(2)]
    first, second = (each.wait() for each in both)
    assert first == second
    assert len(meetings.announced("table-cases.closed.v1")) == 1


def test_a_case_is_not_reopened_while_a_decision_opens_another_at_its_seat(meetings: RunningService) -> None:
    subject_id = uuid4()
    with meetings.begin() as unit:
        open_table_case(weighed(subject_id, meetings.house), unit)
    with psycopg.connect(meetings.database.url) as connection:
        [(table_case_id,)] = connection.execute("SELECT table_case_id FROM table_cases").fetchall()
    closing = Closing(closed_on=date(2015, 4, 1), without_plan_because="moved away")
    with meetings.begin() as unit:
        close_table_case(meetings.house, table_case_id, closing, "director", unit)

    def reopen() -> None:
        with meetings.begin() as unit:
            withdraw_closing(meetings.house, table_case_id, "a slip", "director", unit)

    with meetings.begin() as unit:
        open_table_case(weighed(subject_id, meetings.house), unit)
        other = eventlet.spawn(reopen)
        eventlet.sleep(0.3)
        assert not other.dead, "the withdrawal waits for the decision"
    with pytest.raises(Conflict):
        other.wait()
    assert meetings.announced("closings.withdrawn.v1") == []
