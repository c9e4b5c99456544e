from collections.abc import Iterator
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from stdnum.nl import bsn

from replay.briefings import last_receipt, next_briefing
from replay.contradictions import Contradiction
from replay.house import House, Moment, load_house
from replay.planner import plan
from replay.profile import prepare
from replay.published import Year, read_year
from replay.referrals import sent_as
from replay.script import CannotPlan, Script
from shared.working_days import is_working_day
from tests.replay.counting import counted, published
from tests.replay.years import row, years, years_with_slips

SHIPPED = Path("houses")
PUBLISHED = read_year(Path("data/hollands-midden-2015.json"))

COLUMNS = load_house(SHIPPED / "hollands-midden.toml").columns
FEW = 10

enough = settings(
    max_examples=100, deadline=None, suppress_health_check=[HealthCheck.too_slow, HealthCheck.function_scoped_fixture]
)


@pytest.fixture(scope="module")
def script() -> Script:
    return plan(PUBLISHED, load_house(SHIPPED / "hollands-midden.toml"))


def house_for(year: Year, directory: Path) -> House:
    return load_house(prepare(year, SHIPPED, directory / "houses"))


def differences(ours: Any, theirs: Any, path: str = "") -> Iterator[str]:
    """The figures that differ, by their keys."""
    if isinstance(ours, dict) or isinstance(theirs, dict):
        for key in {**(ours or {}), **(theirs or {})}:
            yield from differences((ours or {}).get(key), (theirs or {}).get(key), f"{path}.{key}" if path else key)
    elif (ours or 0) != (theirs or 0):
        yield path


def unnamed(different: Iterator[str], named: tuple[Contradiction, ...]) -> list[str]:
    prefixes = tuple(figure for each in named for figure in each.figures)
    return [figure for figure in different if not figure.startswith(prefixes)]


def test_the_plan_of_2015_meets_every_figure_but_the_people_seen_n_times(script: Script) -> None:
    different = list(differences(counted(script), published(PUBLISHED)))
    assert sorted(different) == ["subjects_seen_n_times.4", "subjects_seen_n_times.7+"]
    (contradiction,) = script.contradictions
    assert "imply at least 1478 weighed_referrals, not 1469" in contradiction.reason
    assert not script.shortfalls


@enough
@given(year=years())
def test_a_consistent_year_is_met_in_every_figure(year: Year, tmp_path: Path) -> None:
    script = plan(year, house_for(year, tmp_path))
    assert not script.contradictions
    assert unnamed(differences(counted(script), published(year)), script.shortfalls) == []
    assert not script.shortfalls or any(_tight_spots(year))


def test_a_table_does_not_take_the_only_place_of_another(tmp_path: Path) -> None:
    year = Year(
        house="hollands-midden",
        year=1990,
        weighed_referrals=24,
        decisions={"aftercare": 23, "focus_or_top60": 1},
        age_class={"23_and_over": 24},
        sex={"man": 24},
        unique_subjects=23,
        under_treatment={"briefing": 24, "aftercare": 23, "focus_or_top60": 1, "total": 48},
        by_municipality=(row("Aa en Hunze", 23, 22, 0), row("Buiten regio", 1, 1, 1)),
        subjects_seen_n_times={"2": 1},
    )
    script = plan(year, house_for(year, tmp_path))
    assert not script.contradictions + script.shortfalls
    assert list(differences(counted(script), published(year))) == []


def test_a_family_leaves_its_age_and_place_to_somebody_whom_a_table_takes(tmp_path: Path) -> None:
    year = Year(
        house="hollands-midden",
        year=1990,
        weighed_referrals=8,
        decisions={"aftercare": 2, "no_follow_up": 6},
        age_class={"under_18": 6, "23_and_over": 2},
        sex={"man": 2, "family": 6},
        unique_subjects=8,
        under_treatment={"briefing": 8, "aftercare": 2, "focus_or_top60": 0, "total": 10},
        by_municipality=(row("Aa en Hunze", 1, 1, 0), row("Gouda", 1, 1, 0), row("Leiden", 6, 0, 0)),
        subjects_seen_n_times={},
    )
    script = plan(year, house_for(year, tmp_path))
    assert not script.contradictions + script.shortfalls
    assert list(differences(counted(script), published(year))) == []


def _tight_spots(year: Year) -> Iterator[str]:
    """What leaves the planner little to choose from."""
    if year.unique_subjects - sum(year.subjects_seen_n_times.values()) < FEW:
        yield "people seen once"
    if year.weighed_referrals - sum(year.decisions[figure] for figure in COLUMNS) < FEW:
        yield "referrals that go to no table"
    adults = year.weighed_referrals - year.age_class["under_18"] - year.sex["family"]
    if adults - year.decisions["aftercare"] < FEW:
        yield "people whom the aftercare table takes"
    for figure, column in COLUMNS.items():
        if sum(min(row.briefing, row.cases(column)) for row in year.by_municipality) < year.decisions[figure]:
            yield figure
    cases = (min(row.briefing, sum(map(row.cases, COLUMNS.values()))) for row in year.by_municipality)
    if sum(cases) < sum(year.decisions[figure] for figure in COLUMNS):
        yield "a place with fewer referrals than cases"


@enough
@given(year=years_with_slips())
def test_what_a_year_with_slips_cannot_meet_is_named(year: Year, tmp_path: Path) -> None:
    script = plan(year, house_for(year, tmp_path))
    ours = counted(script)
    named = script.contradictions + script.shortfalls
    assert unnamed(differences(ours, published(year)), named) == []
    assert unnamed(differences(ours, published(script.year)), script.shortfalls) == []
    assert ours["weighed_referrals"] == year.weighed_referrals


def test_the_same_year_gives_the_same_plan(script: Script) -> None:
    assert plan(PUBLISHED, load_house(SHIPPED / "hollands-midden.toml")) == script


def test_every_referral_reaches_the_briefing_that_the_plan_expects(script: Script) -> None:
    for referral in script.referrals:
        for tabling in referral.tablings[:1]:
            sub_region = script.house.places[referral.subject.place].sub_region
            assert next_briefing(script.house, sub_region, tabling.on) == tabling.on
            assert referral.received_on <= last_receipt(script.house, tabling.on)
            assert tabling.on - referral.received_on <= timedelta(days=14)


@pytest.mark.parametrize("answer_days", [0, 5])
def test_every_referral_leaves_the_days_that_the_profile_gives_for_an_answer(answer_days: int) -> None:
    house = replace(load_house(SHIPPED / "hollands-midden.toml"), answer_days=answer_days)
    for referral in plan(PUBLISHED, house).referrals:
        for tabling in referral.tablings[:1]:
            workdays = [day for day in _days(referral.received_on, tabling.on) if is_working_day(day)]
            assert answer_days <= len(workdays) <= answer_days + 6


def _days(after: date, until: date) -> list[date]:
    """The days after a day, that day itself not counted, until the day before another."""
    return [after + timedelta(days=number) for number in range(1, (until - after).days)]


def test_a_deferred_referral_comes_back_when_it_was_said_to(script: Script) -> None:
    deferred = [each.tablings for each in script.referrals if len(each.tablings) > 1]
    assert len(deferred) > 100
    for first, second in deferred:
        assert first.comes_back_on == second.on > first.on
        assert (first.decision, first.reason) == ("no_follow_up", "deferred")


def test_citizen_numbers_are_for_tests_and_nobody_shares_one(script: Script) -> None:
    subjects = {id(each.subject): each.subject for each in script.referrals}.values()
    numbers = [each.bsn for each in subjects if each.bsn]
    assert len(set(numbers)) == len(numbers)
    assert all(number.startswith("999") and bsn.is_valid(number) for number in numbers)
    assert not [each for each in subjects if each.bsn and (each.place == "Geen GBA" or each.is_family)]


def test_detention_notices_are_weighed_only_where_the_house_does_the_aftercare(script: Script) -> None:
    own = {name for name, place in script.house.places.items() if place.own_aftercare}
    notices = [each for each in script.referrals if each.kind == "detention_notice" and each.subject.place in own]
    assert notices
    assert not [each for each in notices if each.tablings]


def test_sealed_referrals_are_in_the_plan_and_on_no_agenda(script: Script) -> None:
    sealed = [each for each in script.referrals if each.theme]
    assert {each.theme for each in sealed} == {"radicalisation"}
    assert not [each for each in sealed if each.tablings]


def test_a_table_case_is_closed_only_after_the_last_decision_for_its_table(script: Script) -> None:
    by_number = {each.number: each for each in script.referrals}
    for case in script.table_cases:
        subject = by_number[case.referral].subject
        decided = [
            tabling.on
            for each in script.referrals
            if each.subject is subject
            for tabling in each.tablings
            if script.house.decisions[tabling.decision].opens_table == case.table
        ]
        assert case.opened_on == min(decided)
        assert case.closed_on is None or case.closed_on > max(decided)
        assert all(case.session_on <= check.on <= (case.closed_on or date(2015, 12, 31)) for check in case.checks)


@pytest.mark.parametrize("weeks", [8, 30])
def test_a_case_runs_on_when_it_closes_after_the_last_monitoring_moment_of_the_profile(weeks: int) -> None:
    moments = (Moment(code="last", weeks=weeks), Moment(code="first", weeks=1))
    script = plan(PUBLISHED, replace(load_house(SHIPPED / "hollands-midden.toml"), monitoring_moments=moments))
    closed = [(case, case.closed_on) for case in script.table_cases if case.closed_on]
    assert closed
    assert all(case.runs_on == (closed_on > case.session_on + timedelta(weeks=weeks)) for case, closed_on in closed)


def test_closed_focus_cases_have_the_published_outcomes(script: Script) -> None:
    outcomes = [case.outcome for case in script.table_cases if case.outcome is not None]
    assert len(outcomes) == PUBLISHED.focus_outcomes["closed_cases_scored"]
    for outcome, count in PUBLISHED.focus_outcomes.items():
        if outcome != "closed_cases_scored":
            assert sum(outcome in each for each in outcomes) == count


def test_a_partner_sends_only_what_it_may(script: Script) -> None:
    for referral in script.referrals:
        sent = sent_as(referral.kind)
        assert sent in script.house.partners[referral.partner].may_send


def test_figures_of_a_place_that_the_profile_does_not_have_cannot_be_planned() -> None:
    year = replace(PUBLISHED, by_municipality=(row("Nergenshuizen", 1, 0, 0),))
    with pytest.raises(CannotPlan, match="Nergenshuizen not in the profile"):
        plan(year, load_house(SHIPPED / "hollands-midden.toml"))
