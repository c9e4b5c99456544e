"""A year of a house with figures, tables, decisions and outcome questions of its own."""

from collections import Counter
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings

from replay.compare import compare, exit_status, in_published_shape
from replay.house import DecisionRule, House, ReferralKind, load_house
from replay.planner import plan
from replay.published import Row, Year, read_year
from replay.script import CannotPlan, Script
from tests.replay.counting import age_class, counted, published
from tests.replay.test_planner import differences
from tests.replay.years import years_of

HOUSE = load_house(Path("tests/houses/midden-land.toml"))
PUBLISHED = read_year(Path("tests/houses/midden-land-2017.json"))
ADULTS = replace(
    HOUSE,
    tables={
        **HOUSE.tables,
        "top_x": replace(HOUSE.tables["top_x"], ages=("18_to_23",)),
        "life_course": replace(HOUSE.tables["life_course"], ages=("23_and_over", "unknown")),
    },
)
"""Each of its tables takes other ages."""


@pytest.fixture(scope="module")
def script() -> Script:
    return plan(PUBLISHED, HOUSE)


def brought(script: Script) -> list[tuple[str, str, str]]:
    """The table that each decision brings somebody to, where that person lives, and the age class of then."""
    return [
        (table, referral.subject.place, age_class(referral.subject, _reference_day(referral.received_on, script.house)))
        for referral in script.referrals
        for tabling in referral.tablings
        if (table := script.house.decisions[tabling.decision].opens_table)
    ]


def _reference_day(received_on: date, house: House) -> date:
    return date.fromisoformat(f"{received_on.year}-{house.reference_day}")


def refused(script: Script) -> list[tuple[str, str, str]]:
    """Decisions that weighing would not record."""
    tables = script.house.tables
    return [(table, place, age) for table, place, age in brought(script) if not tables[table].takes(place, age)]


def test_the_plan_meets_every_figure(script: Script) -> None:
    assert not script.contradictions + script.shortfalls
    assert list(differences(counted(script), published(PUBLISHED))) == []


def test_a_table_gets_only_those_whom_it_takes(script: Script) -> None:
    assert {table for table, _, _ in brought(script)} == {"youth_table", "top_x", "life_course"}
    assert refused(script) == []


@settings(max_examples=100, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(year=years_of(HOUSE))
def test_a_consistent_year_is_met_with_those_whom_the_tables_take(year: Year) -> None:
    check_limits(plan(year, HOUSE), year)


@settings(max_examples=100, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(year=years_of(ADULTS))
def test_tables_that_each_take_other_ages_get_those(year: Year) -> None:
    check_limits(plan(year, ADULTS), year)


def check_limits(script: Script, year: Year) -> None:
    """What differs from the figures is named, and no table gets anybody whom it does not take."""
    named = tuple(figure for each in script.shortfalls for figure in each.figures)
    different = [figure for figure in differences(counted(script), published(year)) if not figure.startswith(named)]
    assert (different, script.contradictions, refused(script)) == ([], (), [])


def test_cases_are_scored_on_the_questions_of_their_table(script: Script) -> None:
    scored = [case for case in script.table_cases if case.outcome is not None]
    assert Counter(question for case in scored for question in case.outcome or ()) == {
        question: count for question, count in PUBLISHED.focus_outcomes.items() if question != "closed_cases_scored"
    }
    assert len(scored) == PUBLISHED.focus_outcomes["closed_cases_scored"]
    assert {case.table for case in scored} == {"youth_table", "top_x"}
    assert all((case.outcome or frozenset()) <= set(HOUSE.tables[case.table].scored_on) for case in scored)


def test_nobody_is_asked_about_a_table_that_is_not_monitored(script: Script) -> None:
    asked = {case.table for case in script.table_cases if case.checks}
    assert asked == {"youth_table", "top_x"}
    assert not [case for case in script.table_cases if case.runs_on and case.table == "life_course"]


def test_a_kind_that_is_never_weighed_is_registered_only() -> None:
    kinds = tuple(replace(kind, weighed="never") for kind in HOUSE.referral_kinds if kind.code == "detention_notice")
    others = tuple(kind for kind in HOUSE.referral_kinds if kind.code != "detention_notice")
    script = plan(PUBLISHED, replace(HOUSE, referral_kinds=kinds + others))
    notices = [referral for referral in script.referrals if referral.kind == "detention_notice"]
    assert {referral.subject.place for referral in notices} == set(HOUSE.places)
    assert not [referral for referral in notices if referral.tablings]


def test_a_kind_may_be_weighed_everywhere() -> None:
    kinds = tuple(replace(kind, weighed="always", exceptions=()) for kind in HOUSE.referral_kinds)
    script = plan(PUBLISHED, replace(HOUSE, referral_kinds=kinds))
    assert all(referral.tablings or referral.withdrawn_on for referral in script.referrals)


def report_of(script: Script) -> dict[str, Any]:
    """What reporting gives when all went as planned."""
    return script.year.as_published()


def test_the_report_is_compared_under_the_figures_of_the_house(script: Script) -> None:
    lines = compare(PUBLISHED, script, report_of(script))
    assert exit_status(lines) == 0
    assert {"decisions.to_mayor", "under_treatment.youth", "by_municipality.Waterdam.young"} <= {
        line.figure for line in lines
    }
    shaped = in_published_shape(PUBLISHED, report_of(script))
    assert shaped["by_municipality"] == report_of(script)["by_municipality"]


def test_a_column_that_was_not_published_is_compared_when_it_counts_something(script: Script) -> None:
    report = report_of(script)
    report["by_municipality"] = [row | {"new": 0} for row in report["by_municipality"]]
    assert exit_status(compare(PUBLISHED, script, report)) == 0
    assert in_published_shape(PUBLISHED, report)["by_municipality"][0] == report_of(script)["by_municipality"][0]
    report["by_municipality"][0]["new"] = 1
    assert exit_status(compare(PUBLISHED, script, report)) == 1


def with_row(municipality: str, **counts: int) -> Year:
    rows = PUBLISHED.by_municipality
    changed = (
        Row(row.municipality, {**row.counts, **counts}) if row.municipality == municipality else row for row in rows
    )
    return replace(PUBLISHED, by_municipality=tuple(changed))


UNWEIGHED = tuple(ReferralKind(code=kind.code, weighed="never") for kind in HOUSE.referral_kinds)


@pytest.mark.parametrize(
    ("year", "house", "told"),
    [
        (with_row("Molenakker", top_x=1), HOUSE, "by_municipality.Molenakker: top_x is the column of no table"),
        (with_row("Molenakker", focus=1), HOUSE, "by_municipality.Molenakker: focus is the column of no table"),
        (replace(PUBLISHED, decisions={"bilateral": 1}), HOUSE, "decisions: bilateral is the figure of no decision"),
        (replace(PUBLISHED, under_treatment={"focus": 1}), HOUSE, "under_treatment: focus is the figure of no table"),
        (
            replace(PUBLISHED, focus_outcomes={"progress_made": 1}),
            HOUSE,
            "focus_outcomes: progress_made is asked at no",
        ),
        (PUBLISHED, replace(HOUSE, referral_kinds=UNWEIGHED), "nobody may send a referral that is weighed"),
        (
            PUBLISHED,
            replace(
                HOUSE, decisions={**HOUSE.decisions, "no_action": DecisionRule(code="no_action", figure="no_action")}
            ),
            "under_treatment.briefing: midden-land has no reason that brings a referral back",
        ),
        (
            PUBLISHED,
            replace(HOUSE, decisions={code: rule for code, rule in HOUSE.decisions.items() if rule.opens_table}),
            "decisions: midden-land has none that brings a case to no table",
        ),
        (
            PUBLISHED,
            replace(
                HOUSE, decisions={**HOUSE.decisions, "to_top_x": replace(HOUSE.decisions["to_top_x"], figure="youth")}
            ),
            "decisions: to_top_x is not counted by the figure of the table that it opens",
        ),
    ],
)
def test_figures_that_the_house_cannot_have_cannot_be_planned(year: Year, house: House, told: str) -> None:
    with pytest.raises(CannotPlan, match=told):
        plan(year, house)


def test_more_decisions_than_people_of_that_age_contradict_each_other() -> None:
    ages = {"under_18": 4, "18_to_23": 15, "23_and_over": 20, "unknown": 1}
    script = plan(replace(PUBLISHED, age_class=ages), HOUSE)
    (contradiction,) = script.contradictions
    assert contradiction.reason == "6 decisions.youth need more referrals than the 4 of the ages that its tables take"
    assert counted(script)["decisions"]["youth"] == 4
    assert refused(script) == []
