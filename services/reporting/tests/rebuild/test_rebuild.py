"""Projections made again from the journal, in a real database."""

import random
import re
from pathlib import Path
from typing import Any
from uuid import uuid4

import psycopg
import pytest

import shared.aliases
from services.reporting.rebuild import handlers
from services.reporting.tests.events import ONE, all_kinds, changed_often, event, taken_back, weighed
from services.reporting.tests.reports import Reports

FILLED = [Path(__file__).parents[2], Path(shared.aliases.__file__).parent]
OF_THE_VERSION_BEFORE = {"monitoring_answer", "aftercare_plan"}
OF_THE_PLATFORM = {"watched", "throughput", "partner_day", "platform_problem"}
"""Told by metrics, and by no event."""


def projections(reports: Reports) -> dict[str, list[Any]]:
    """The rows of all tables that reporting fills from the journal."""
    migrations = "".join(path.read_text() for each in FILLED for path in each.glob("migrations/*.sql"))
    tables = set(re.findall(r"CREATE TABLE (\w+)", migrations)) - {"journal"} - OF_THE_VERSION_BEFORE - OF_THE_PLATFORM
    rows = "SELECT to_jsonb({0}) FROM {0} ORDER BY to_jsonb({0})::text"
    return {table: reports.connection.execute(rows.format(table)).fetchall() for table in sorted(tables)}


def test_the_projections_made_again_give_the_identical_report(reports: Reports) -> None:
    events = all_kinds()
    reports.take(*events)
    before = reports.report()
    reports.connection.execute("DELETE FROM tabling")
    assert reports.report() != before
    assert reports.rebuild() == len(events)
    assert reports.report() == before


def test_each_projection_made_again_is_the_same_row_by_row(reports: Reports, monkeypatch: pytest.MonkeyPatch) -> None:
    events = [*all_kinds(), *changed_often(), *taken_back(), *all_kinds()]
    random.Random(7).shuffle(events)
    reports.take(*events)
    before = projections(reports)
    assert all(before.values())
    for table in before:
        reports.connection.execute(f"DELETE FROM {table} WHERE random() < 0.5")
    monkeypatch.setattr(handlers, "CHUNK", 7)
    assert reports.rebuild() == len(events)
    assert projections(reports) == before


def test_projections_that_were_whole_are_the_same_when_made_again(reports: Reports) -> None:
    reports.take(*changed_often(), *taken_back(), *all_kinds())
    before = projections(reports)
    reports.rebuild()
    reports.rebuild()
    assert projections(reports) == before


def test_while_projections_are_made_again_reports_are_those_of_before_and_events_wait(
    reports: Reports, another: Reports
) -> None:
    reports.take(*all_kinds())
    before = reports.report()
    reports.connection.execute("DELETE FROM tabling")
    with reports.connection.transaction():
        reports.rebuild()
        assert another.report().weighed_referrals == 0
        another.connection.execute("SET lock_timeout = '100ms'")
        with pytest.raises(psycopg.errors.LockNotAvailable):
            another.take(weighed(uuid4(), uuid4()))
    assert another.report() == before
    assert another.take(weighed(uuid4(), uuid4())) == {"done": 1}


def test_the_journal_keeps_events_that_no_projection_uses_yet(reports: Reports) -> None:
    reports.take(event("stays.began.v1", {"stayId": uuid4()}), weighed(ONE, ONE))
    assert reports.rebuild() == 2
    assert reports.report().weighed_referrals == 1
