"""From events to figures, in a real database."""

import random
from dataclasses import asdict
from itertools import permutations
from uuid import uuid4

import pytest

from services.reporting.aftercare_figures.rules import DetentionInflow
from services.reporting.management_report.rules import ManagementReport
from services.reporting.tests.events import (
    ONE,
    aftercare_planned,
    all_kinds,
    closed,
    detained,
    opened,
    registered,
    release_changed,
    weighed,
    work_at_table,
)
from services.reporting.tests.reports import Reports
from shared.rules import UnknownHouse


def row_of(report: ManagementReport, municipality: str) -> dict[str, int]:
    (row,) = (row for row in report.by_municipality if row.municipality == municipality)
    return dict(row.cases)


def test_a_weighed_referral_is_counted_with_what_its_registration_tells(reports: Reports) -> None:
    reports.take(registered(ONE, ONE), weighed(ONE, ONE))
    report = reports.report()
    assert report.weighed_referrals == 1
    assert report.sex["woman"] == report.age_class["18_to_23"] == report.decisions["bilateral"] == 1
    assert report.mean_days_to_first_briefing == 7.0


def test_a_referral_that_was_never_weighed_is_in_no_figure(reports: Reports) -> None:
    reports.take(registered(ONE, ONE))
    assert reports.report().weighed_referrals == 0


def test_a_tabled_again_referral_counts_once_by_its_last_decision_and_twice_under_treatment(reports: Reports) -> None:
    reports.take(
        weighed(ONE, ONE, decision="no_follow_up", reason="deferred"),
        weighed(ONE, ONE, tabling=2, briefingOn="2015-03-24", decision="focus"),
    )
    report = reports.report()
    assert report.weighed_referrals == 1
    assert (report.decisions["focus_or_top60"], report.decisions["no_follow_up"]) == (1, 0)
    assert report.under_treatment["briefing"] == 2


def test_a_referral_carried_over_is_under_treatment_and_not_new(reports: Reports) -> None:
    reports.take(
        weighed(ONE, ONE, briefingOn="2014-12-30", decision="no_follow_up", reason="deferred"),
        weighed(ONE, ONE, tabling=2, briefingOn="2015-01-06", decision="focus"),
    )
    before, after = reports.report(2014), reports.report(2015)
    assert before.decisions["no_follow_up"] == 1
    assert (after.weighed_referrals, after.under_treatment["briefing"]) == (0, 1)


def test_a_table_case_counts_in_every_year_in_which_it_was_open(reports: Reports) -> None:
    case = uuid4()
    reports.take(opened(case, openedOn="2013-12-31"), closed(case, closedOn="2015-01-01"))
    counts = {year: row_of(reports.report(year), "Gouda")["focus"] for year in range(2012, 2017)}
    assert counts == {2012: 0, 2013: 1, 2014: 1, 2015: 1, 2016: 0}


def test_a_table_case_closed_without_scoring_has_no_outcome(reports: Reports) -> None:
    case, scored = uuid4(), uuid4()
    reports.take(opened(case), closed(case, outcome=None), opened(scored), closed(scored))
    report = reports.report()
    assert report.focus_closed_within_six_months.closed == 2
    assert report.focus_outcomes == {
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
    assert asdict(report.tables[0]) == {
        "table": "focus",
        "sessions": 1,
        "sessions_held": 0,
        "cases_on_agenda": 1,
        "action_plans": 1,
        "agreements": 4,
        "referred_again": 1,
    }
    assert asdict(report.monitoring[0]) == {"moment": "week_1", "answered": 1, "plan_stands": 1}


@pytest.mark.parametrize("order", permutations(range(3)))
def test_a_detention_is_whole_in_whatever_order_it_is_told(reports: Reports, order: tuple[int, ...]) -> None:
    detention = uuid4()
    told = [
        detained(detention),
        release_changed(detention, "2015-06-01"),
        release_changed(detention, "2015-09-01"),
    ]
    reports.take(*(told[index] for index in order))
    inflow = reports.report().detentions
    assert inflow == DetentionInflow(registered=1, own_aftercare=1, weighed=0, release_known=1)
    row = reports.connection.execute("SELECT release_on::text FROM detention").fetchone()
    assert row == ("2015-09-01",)


def test_the_aftercare_plan_made_last_counts(reports: Reports) -> None:
    detention = uuid4()
    reports.take(
        aftercare_planned(detention, housing="yes"),
        aftercare_planned(detention, made_on="2015-03-09", housing="unknown"),
    )
    plans = reports.report().aftercare_plans
    housing = next(domain for domain in plans.domains if domain.domain == "housing")
    assert plans.plans == 1
    assert asdict(housing) == {"domain": "housing", "bottleneck": {"yes": 1, "no": 0, "unknown": 0}, "referred": 1}


def test_events_of_different_publishers_may_come_in_any_order(reports: Reports) -> None:
    events = all_kinds()
    random.Random(7).shuffle(events)
    reports.take(*events)
    shuffled = reports.report()
    assert shuffled.weighed_referrals == 2
    assert shuffled.decisions["focus_or_top60"] == 1
    assert row_of(shuffled, "Gouda") == {"briefing": 2, "aftercare": 0, "focus": 1, "total": 3}


def test_houses_do_not_see_each_other(reports: Reports) -> None:
    reports.take(weighed(ONE, ONE, house="kennemerland"))
    assert reports.report().weighed_referrals == 0


def test_a_house_without_a_profile_has_no_report(reports: Reports) -> None:
    with pytest.raises(UnknownHouse):
        reports.report(house="kennemerland")
