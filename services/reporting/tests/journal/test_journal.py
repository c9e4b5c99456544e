"""What the journal keeps, in a real database."""

import psycopg
import pytest

from services.reporting.journal.store import PROJECTED_BY, PROJECTIONS
from services.reporting.service import LISTENS
from services.reporting.tests.events import ONE, event, weighed
from services.reporting.tests.reports import Reports


def test_every_projection_is_made_of_events_that_come() -> None:
    assert set(PROJECTED_BY.values()) == set(PROJECTIONS)
    assert PROJECTED_BY.keys() < LISTENS.keys()


def test_the_journal_keeps_what_no_report_uses_yet(reports: Reports) -> None:
    reports.take(weighed(ONE, ONE))
    row = reports.connection.execute("SELECT data ->> 'somethingNewer', data ->> 'legalGround' FROM journal").fetchone()
    assert row == ("kept in the journal", "covenant")


def test_the_journal_is_only_added_to(reports: Reports) -> None:
    reports.take(weighed(ONE, ONE))
    with pytest.raises(psycopg.errors.RaiseException):
        reports.connection.execute("DELETE FROM journal")


def test_the_same_event_twice_counts_once(reports: Reports) -> None:
    body = weighed(ONE, ONE)
    assert reports.take(body, body) == {"done": 1, "repeated": 1}
    assert reports.report().weighed_referrals == 1


def test_an_event_without_a_needed_field_is_set_aside_and_the_rest_goes_on(reports: Reports) -> None:
    outcomes = reports.take(event("referrals.weighed.v1", {"tabling": 1}), weighed(ONE, ONE))
    assert outcomes == {"rejected": 1, "done": 1}
