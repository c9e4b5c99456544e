"""From events to figures, in a real database."""

import random
import re
from itertools import permutations
from pathlib import Path
from typing import Any
from uuid import UUID, uuid4

import psycopg
import pytest

from services.reporting import handlers
from services.reporting.domain.facts import Period
from services.reporting.projections import PROJECTIONS
from services.reporting.storage import ReportingStore
from services.reporting.storage.store import NAMED
from services.reporting.tests.integration.reporting import (
    HOUSE,
    Reports,
    aftercare_planned,
    closed,
    detained,
    event,
    opened,
    registered,
    release_changed,
    weighed,
    work_at_table,
)
from shared.house_unit import UnknownHouse

ONE, OTHER = UUID(int=1), UUID(int=2)
MIGRATIONS = Path(__file__).parents[2] / "migrations"


def all_kinds() -> list[bytes]:
    """One event of each type and more, as different publishers send them."""
    table_case, detention = uuid4(), uuid4()
    return [
        registered(ONE, ONE),
        registered(OTHER, ONE, sex="man", ageClass="under_18"),
        weighed(ONE, ONE, decision="no_follow_up", reason="deferred", comesBackOn="2015-03-24"),
        weighed(ONE, ONE, tabling=2, briefingOn="2015-03-24", decision="focus"),
        weighed(OTHER, ONE, municipality="Leiden"),
        opened(table_case),
        *work_at_table(table_case),
        closed(table_case),
        detained(detention),
        release_changed(detention, "2015-08-01"),
        aftercare_planned(detention, housing="yes", debts="no"),
    ]


def changed_often() -> list[bytes]:
    """Of one detention and one table case what came more than once, of which one or the first counts."""
    table_case, detention = uuid4(), uuid4()
    return [
        opened(table_case),
        opened(table_case, municipality="Leiden"),
        closed(table_case),
        closed(table_case, closedOn="2015-06-01", outcome=None),
        *work_at_table(table_case),
        *work_at_table(table_case),
        detained(detention),
        detained(detention, municipality="Leiden", referralId=uuid4(), expectedReleaseOn="2015-05-05"),
        *(release_changed(detention, f"2015-0{hour}-01", hour=hour) for hour in (7, 9, 8, 9)),
        *(aftercare_planned(detention, hour=hour, housing="yes", debts="unknown") for hour in (9, 7, 8)),
        aftercare_planned(detention, hour=9),
        registered(uuid4(), uuid4()),
        weighed(ONE, OTHER, municipality="Leiden"),
    ]


def projections(reports: Reports) -> dict[str, list[Any]]:
    """The rows of all tables of reporting's own but the journal."""
    migrations = "".join(path.read_text() for path in MIGRATIONS.glob("*.sql"))
    tables = set(re.findall(r"CREATE TABLE (\w+)", migrations)) - {"journal"}
    rows = "SELECT to_jsonb({0}) FROM {0} ORDER BY to_jsonb({0})::text"
    return {table: reports.connection.execute(rows.format(table)).fetchall() for table in sorted(tables)}


def row_of(report: dict[str, Any], municipality: str) -> dict[str, int]:
    (row,) = (row for row in report["by_municipality"] if row["municipality"] == municipality)
    return {key: value for key, value in row.items() if key != "municipality"}


def test_a_weighed_referral_is_counted_with_what_its_registration_tells(reports: Reports) -> None:
    reports.take(registered(ONE, ONE), weighed(ONE, ONE))
    report = reports.report()
    assert report["weighed_referrals"] == 1
    assert report["sex"]["woman"] == report["age_class"]["18_to_23"] == report["decisions"]["bilateral"] == 1
    assert report["mean_days_to_first_briefing"] == 7.0


def test_a_referral_that_was_never_weighed_is_in_no_figure(reports: Reports) -> None:
    reports.take(registered(ONE, ONE))
    assert reports.report()["weighed_referrals"] == 0


def test_a_tabled_again_referral_counts_once_by_its_last_decision_and_twice_under_treatment(reports: Reports) -> None:
    reports.take(
        weighed(ONE, ONE, decision="no_follow_up", reason="deferred"),
        weighed(ONE, ONE, tabling=2, briefingOn="2015-03-24", decision="focus"),
    )
    report = reports.report()
    assert report["weighed_referrals"] == 1
    assert (report["decisions"]["focus_or_top60"], report["decisions"]["no_follow_up"]) == (1, 0)
    assert report["under_treatment"]["briefing"] == 2


def test_a_referral_carried_over_is_under_treatment_and_not_new(reports: Reports) -> None:
    reports.take(
        weighed(ONE, ONE, briefingOn="2014-12-30", decision="no_follow_up", reason="deferred"),
        weighed(ONE, ONE, tabling=2, briefingOn="2015-01-06", decision="focus"),
    )
    before, after = reports.report(2014), reports.report(2015)
    assert before["decisions"]["no_follow_up"] == 1
    assert (after["weighed_referrals"], after["under_treatment"]["briefing"]) == (0, 1)


def test_a_factsheet_counts_a_decision_where_the_report_does(reports: Reports) -> None:
    reports.take(
        weighed(ONE, ONE, briefingOn="2014-12-23", decision="no_follow_up", reason="deferred"),
        weighed(ONE, ONE, tabling=2, briefingOn="2014-12-30", decision="no_follow_up", reason="deferred"),
        weighed(ONE, ONE, tabling=3, briefingOn="2015-01-06", decision="focus"),
        weighed(OTHER, OTHER, tabling=2, briefingOn="2015-01-06", decision="aftercare"),
    )
    store = ReportingStore(reports.connection)
    told = {year: [each.decision for each in store.tabled(HOUSE, Period.of_year(year))] for year in (2014, 2015)}
    assert sorted(told[2014], key=str) == [None, "no_follow_up"]
    assert sorted(told[2015], key=str) == [None, "aftercare"]
    assert reports.report(2014)["weighed_referrals"] == reports.report(2015)["weighed_referrals"] == 1


def test_a_table_case_counts_in_every_year_in_which_it_was_open(reports: Reports) -> None:
    case = uuid4()
    reports.take(opened(case, openedOn="2013-12-31"), closed(case, closedOn="2015-01-01"))
    counts = {year: row_of(reports.report(year), "Gouda")["focus"] for year in range(2012, 2017)}
    assert counts == {2012: 0, 2013: 1, 2014: 1, 2015: 1, 2016: 0}


def test_a_table_case_closed_without_scoring_has_no_outcome(reports: Reports) -> None:
    case, scored = uuid4(), uuid4()
    reports.take(opened(case), closed(case, outcome=None), opened(scored), closed(scored))
    report = reports.report()
    assert report["focus_closed_within_six_months"]["closed"] == 2
    assert report["focus_outcomes"] == {
        "procedure_departed_from_or_breakthrough": 0,
        "all_parties_cooperate": 1,
        "progress_made": 1,
        "case_made_manageable": 0,
        "case_holder_can_go_on": 1,
        "closed_cases_scored": 1,
    }


def test_work_at_the_tables_is_counted(reports: Reports) -> None:
    reports.take(*work_at_table(uuid4()))
    report = reports.report()
    assert report["tables"][0] == {
        "table": "focus",
        "sessions": 1,
        "cases_on_agenda": 1,
        "action_plans": 1,
        "agreements": 4,
        "referred_again": 1,
    }
    assert report["monitoring"][0] == {"moment": "week_1", "answered": 1, "plan_stands": 1}


@pytest.mark.parametrize("order", permutations(range(3)))
def test_a_detention_is_whole_in_whatever_order_it_is_told(reports: Reports, order: tuple[int, ...]) -> None:
    detention = uuid4()
    told = [
        detained(detention),
        release_changed(detention, "2015-06-01", hour=9),
        release_changed(detention, "2015-09-01", hour=10),
    ]
    reports.take(*(told[index] for index in order))
    assert reports.report()["detentions"] == {"registered": 1, "own_aftercare": 1, "weighed": 0, "release_known": 1}
    row = reports.connection.execute("SELECT release_on::text FROM detention").fetchone()
    assert row == ("2015-09-01",)


def test_the_aftercare_plan_made_last_counts(reports: Reports) -> None:
    detention = uuid4()
    reports.take(
        aftercare_planned(detention, hour=10, housing="yes"), aftercare_planned(detention, hour=9, housing="unknown")
    )
    plans = reports.report()["aftercare_plans"]
    housing = next(each for each in plans["domains"] if each["domain"] == "housing")
    assert plans["plans"] == 1
    assert housing == {"domain": "housing", "bottleneck": {"yes": 1, "no": 0, "unknown": 0}, "referred": 1}


def test_events_of_different_publishers_may_come_in_any_order(reports: Reports) -> None:
    events = all_kinds()
    random.Random(7).shuffle(events)
    reports.take(*events)
    shuffled = reports.report()
    assert shuffled["weighed_referrals"] == 2
    assert shuffled["decisions"]["focus_or_top60"] == 1
    assert row_of(shuffled, "Gouda") == {"briefing": 2, "aftercare": 0, "focus": 1, "total": 3}


def test_the_projections_made_again_give_the_identical_report(reports: Reports) -> None:
    events = all_kinds()
    reports.take(*events)
    before = reports.report()
    reports.connection.execute("DELETE FROM tabling")
    assert reports.report() != before
    assert reports.rebuild() == len(events)
    assert reports.report() == before


def test_each_projection_made_again_is_the_same_row_by_row(reports: Reports, monkeypatch: pytest.MonkeyPatch) -> None:
    events = [*all_kinds(), *changed_often(), *all_kinds()]
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
    reports.take(*changed_often(), *all_kinds())
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
        assert another.report()["weighed_referrals"] == 0
        another.connection.execute("SET lock_timeout = '100ms'")
        with pytest.raises(psycopg.errors.LockNotAvailable):
            another.take(weighed(uuid4(), uuid4()))
    assert another.report() == before
    assert another.take(weighed(uuid4(), uuid4())) == {"done": 1}


def test_every_query_that_puts_events_is_that_of_one_type() -> None:
    puts = [projection.put for projection in PROJECTIONS.values() if projection.put]
    assert sorted(puts) == sorted(name for name in NAMED if name.startswith("put_"))


def test_the_journal_keeps_what_no_report_uses_yet(reports: Reports) -> None:
    reports.take(weighed(ONE, ONE))
    row = reports.connection.execute("SELECT data ->> 'somethingNewer', data ->> 'legalGround' FROM journal").fetchone()
    assert row == ("kept in the journal", "covenant")


def test_the_journal_keeps_events_that_no_projection_uses_yet(reports: Reports) -> None:
    reports.take(event("stays.began.v1", {"stayId": uuid4()}), weighed(ONE, ONE))
    assert reports.rebuild() == 2
    assert reports.report()["weighed_referrals"] == 1


def test_the_journal_is_only_added_to(reports: Reports) -> None:
    reports.take(weighed(ONE, ONE))
    with pytest.raises(psycopg.errors.RaiseException):
        reports.connection.execute("DELETE FROM journal")


def test_the_same_event_twice_counts_once(reports: Reports) -> None:
    body = weighed(ONE, ONE)
    assert reports.take(body, body) == {"done": 1, "repeated": 1}
    assert reports.report()["weighed_referrals"] == 1


def test_an_event_without_a_needed_field_is_set_aside_and_the_rest_goes_on(reports: Reports) -> None:
    outcomes = reports.take(event("referrals.weighed.v1", {"tabling": 1}), weighed(ONE, ONE))
    assert outcomes == {"rejected": 1, "done": 1}


def test_houses_do_not_see_each_other(reports: Reports) -> None:
    reports.take(weighed(ONE, ONE, house="kennemerland"))
    assert reports.report()["weighed_referrals"] == 0


def test_a_house_without_a_profile_has_no_report(reports: Reports) -> None:
    with pytest.raises(UnknownHouse):
        reports.report(house="kennemerland")
