from dataclasses import asdict
from datetime import date

from services.reporting.counting.rules import Period
from services.reporting.table_figures.rules import (
    MonitoringAnswers,
    TableCase,
    TableFigures,
    TableWork,
    monitoring,
    table_figures,
    table_work,
)
from services.reporting.tests.cases import ALL_WELL, HOUSE, STUCK, YOUTH_HOUSE, table_case


def figures(*cases: TableCase) -> TableFigures:
    return table_figures(HOUSE, Period.of_year(2015), cases, [], [])


def test_outcomes_are_counted_over_the_scored_focus_cases_closed_in_the_year() -> None:
    counts = figures(
        table_case("focus", closed_on=date(2015, 5, 1), outcome=ALL_WELL),
        table_case("top60", closed_on=date(2015, 12, 31), outcome=STUCK),
        table_case("focus", closed_on=date(2015, 5, 1)),
        table_case("focus", closed_on=date(2016, 1, 1), outcome=ALL_WELL),
        table_case("aftercare", closed_on=date(2015, 5, 1), outcome=ALL_WELL),
        table_case("focus"),
    ).focus_outcomes
    assert counts["closed_cases_scored"] == 2
    assert counts["all_parties_cooperate"] == 2
    assert counts["progress_made"] == 1


def test_questions_are_those_of_the_tables_that_are_scored() -> None:
    closed_on = date(2015, 5, 1)
    cases = [
        table_case("youth_table", closed_on=closed_on, outcome={"at_school": True, "safe_home": False}),
        table_case("top_x", closed_on=closed_on, outcome={"at_school": True, "no_new_offence": True}),
        table_case("life", closed_on=closed_on),
    ]
    figures = table_figures(YOUTH_HOUSE, Period.of_year(2015), cases, [], [])
    assert list(figures.focus_outcomes.items()) == [
        ("no_new_offence", 1),
        ("at_school", 2),
        ("safe_home", 0),
        ("closed_cases_scored", 2),
    ]
    assert figures.focus_closed_within_six_months.closed == 2
    assert figures.mean_days_under_treatment == {"youth": 120.0, "top_x": 120.0, "life_course": 120.0}


def test_closed_within_six_months_includes_the_last_day() -> None:
    opened = date(2014, 8, 31)
    closed = figures(
        table_case(opened_on=opened, closed_on=date(2015, 2, 28)),
        table_case(opened_on=opened, closed_on=date(2015, 3, 1)),
    ).focus_closed_within_six_months
    assert asdict(closed) == {"closed": 2, "within_six_months": 1, "percentage": 50.0}


def test_days_under_treatment_are_averaged_by_figure() -> None:
    days = figures(
        table_case("focus", opened_on=date(2015, 1, 1), closed_on=date(2015, 1, 11)),
        table_case("top60", opened_on=date(2015, 1, 1), closed_on=date(2015, 1, 2)),
    ).mean_days_under_treatment
    assert days == {"aftercare": None, "focus_or_top60": 5.5}


def test_every_table_of_the_profile_has_its_work() -> None:
    work = TableWork(
        table="aftercare",
        sessions=2,
        sessions_held=1,
        cases_on_agenda=9,
        action_plans=0,
        agreements=0,
        referred_again=0,
    )
    rows = table_work(HOUSE, [work])
    assert [row.table for row in rows] == ["focus", "top60", "aftercare"]
    assert rows[2].cases_on_agenda == 9
    assert rows[0].sessions == 0


def test_every_monitoring_moment_of_the_profile_has_its_answers() -> None:
    rows = monitoring(HOUSE, [MonitoringAnswers(moment="month_1", answered=3, plan_stands=2)])
    assert [asdict(row) for row in rows] == [
        {"moment": "week_1", "answered": 0, "plan_stands": 0},
        {"moment": "month_1", "answered": 3, "plan_stands": 2},
    ]
