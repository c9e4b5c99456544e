"""A small year of a house with figures, tables, decisions and questions of its own, on a platform of two houses."""

import json

from tests.end_to_end.playing import ANOTHER_YEAR, SMALL_YEAR, Ending


def test_every_figure_comes_out_under_the_names_of_the_house(another_year: Ending) -> None:
    published = json.loads(ANOTHER_YEAR.read_text())
    assert another_year.figures == {key: published[key] for key in another_year.figures}
    report = another_year.report
    for key in ("decisions", "under_treatment", "by_municipality", "subjects_seen_n_times", "focus_outcomes"):
        assert json.dumps(report[key]) == json.dumps(published[key])


def test_totals_shares_and_days_follow_the_profile(another_year: Ending) -> None:
    report = another_year.report
    assert report["by_sub_region"] == [
        {"sub_region": "Noord", "briefing": 32, "young": 7, "top_x": 10, "life_course": 7, "total": 56},
        {"sub_region": "Zuid", "briefing": 13, "young": 3, "top_x": 0, "life_course": 3, "total": 19},
    ]
    assert list(report["percentage_from_municipalities"]) == ["briefing", "young", "top_x", "life_course", "total"]
    assert list(report["mean_days_under_treatment"]) == ["youth", "top_x", "life_course"]
    assert report["focus_closed_within_six_months"]["closed"] == report["focus_outcomes"]["closed_cases_scored"]
    assert report["escalations"] == {"from_briefing": report["decisions"]["to_mayor"]}


def test_a_table_that_is_not_monitored_has_plans_and_nobody_is_asked_about_them(another_year: Ending) -> None:
    plans = {row["table"]: row["action_plans"] for row in another_year.report["tables"]}
    assert plans["life_course"] > 0
    [moment] = another_year.report["monitoring"]
    treated = another_year.report["under_treatment"]
    assert 0 < moment["answered"] <= treated["youth"] + treated["top_x"]


def test_nothing_is_owed_in_another_house_either(another_year: Ending) -> None:
    assert not any(another_year.to_do.values())


def test_nothing_is_left_over_and_the_other_house_has_its_own_report(small_year: Ending, another_year: Ending) -> None:
    assert not any(another_year.left.values())
    parked = {queue.removeprefix("intake.from.").split(".")[0] for queue, _ in another_year.parked["intake"]}
    assert parked == {"hollands-midden", "midden-land"}
    assert not any(messages for service, messages in another_year.parked.items() if service != "intake")
    assert small_year.report["weighed_referrals"] == json.loads(SMALL_YEAR.read_text())["weighed_referrals"]
