from dataclasses import replace
from datetime import date
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from services.meetings.plans.rules import (
    ActionPlan,
    AlreadyAnswered,
    Answer,
    AnsweredSince,
    BeforePlan,
    DueBeforeAgreed,
    MonitoringMoment,
    NotAnswered,
    Owner,
    StandingPlan,
    TooEarly,
    UnknownLifeDomain,
    UnknownMoment,
    UnknownPartner,
    agree,
    answer,
    correct_answer,
    moment_of,
    months_after,
    withdraw,
)
from services.meetings.table_cases.rules import AlreadyClosed, BeforeOpening, Closing, TableCase
from services.meetings.tests.cases import HOUSE, action_plan, agreement, table_case
from shared.rules import BrokenRule

CASE = table_case()
CLOSED = table_case(closing=Closing(closed_on=date(2015, 9, 1)))


def agreed(plan: ActionPlan, standing: StandingPlan | None = None) -> StandingPlan:
    moments = standing.moments if standing else ()
    return agree(CASE, plan, standing, moments, HOUSE, UUID(int=9))


def test_monitoring_moments_follow_the_house_profile_from_the_day_of_the_plan() -> None:
    moments = agreed(action_plan(agreed_on=date(2015, 3, 17))).moments
    assert [(moment.code, moment.due_on) for moment in moments] == [
        ("week_1", date(2015, 3, 24)),
        ("month_1", date(2015, 4, 17)),
        ("month_6", date(2015, 9, 17)),
    ]


def test_a_table_that_is_not_monitored_has_no_moments_to_ask_at() -> None:
    standing = agree(table_case(table="round"), action_plan(), None, (), HOUSE, UUID(int=9))
    assert (standing.moments, standing.last_moment_on) == ((), None)


@pytest.mark.parametrize(
    ("day", "months", "expected"),
    [
        (date(2015, 1, 31), 1, date(2015, 2, 28)),
        (date(2016, 1, 31), 1, date(2016, 2, 29)),
        (date(2015, 8, 31), 6, date(2016, 2, 29)),
        (date(2015, 12, 1), 1, date(2016, 1, 1)),
        (date(2015, 11, 30), 3, date(2016, 2, 29)),
        (date(2015, 6, 15), 6, date(2015, 12, 15)),
    ],
)
def test_a_month_later_is_the_same_day_or_the_last_of_a_shorter_month(day: date, months: int, expected: date) -> None:
    assert months_after(day, months) == expected


@given(st.dates(date(2000, 1, 1), date(2090, 1, 1)), st.integers(0, 24))
def test_months_after_a_day_never_skips_a_month(day: date, months: int) -> None:
    later = months_after(day, months)
    assert (later.year * 12 + later.month) - (day.year * 12 + day.month) == months
    assert later.day <= day.day


def test_the_same_plan_again_changes_nothing() -> None:
    standing = agreed(action_plan())
    assert agreed(action_plan(), standing) is standing


def test_a_new_plan_leaves_the_six_months_of_the_table_case_and_its_answers_as_they_are() -> None:
    standing = answered_once()
    later = agreed(action_plan(agreed_on=date(2015, 4, 1)), standing)
    assert later.moments == standing.moments
    assert later.last_moment_on == date(2015, 9, 17)


def test_a_first_plan_on_another_day_moves_what_is_not_answered() -> None:
    corrected = agree(CASE, action_plan(agreed_on=date(2015, 3, 19)), None, answered_once().moments, HOUSE, UUID(int=8))
    assert [moment.due_on for moment in corrected.moments] == [date(2015, 3, 24), date(2015, 4, 19), date(2015, 9, 19)]


def test_the_plan_before_stands_again_when_a_plan_is_withdrawn() -> None:
    before = answered_once()
    standing = agreed(action_plan(agreed_on=date(2015, 4, 1)), before)
    assert withdraw(CASE, standing, before) is before
    assert withdraw(CASE, agreed(action_plan()), None) is None
    with pytest.raises(AnsweredSince):
        withdraw(CASE, before, None)
    with pytest.raises(AlreadyClosed):
        withdraw(CLOSED, standing, before)


@pytest.mark.parametrize(
    ("plan", "rule", "field"),
    [
        (action_plan(agreed_on=date(2015, 3, 9)), BeforeOpening, "agreedOn"),
        (action_plan(case_holder="nobody"), UnknownPartner, "caseHolder"),
        (
            action_plan(agreements=(agreement(), agreement(owner=Owner(partner="nobody")))),
            UnknownPartner,
            "agreements[1].owner.partner",
        ),
        (action_plan(agreements=(agreement(domain="love"),)), UnknownLifeDomain, "agreements[0].domain"),
        (action_plan(agreements=(agreement(due_on=date(2015, 3, 16)),)), DueBeforeAgreed, "agreements[0].dueOn"),
    ],
)
def test_a_wrong_plan_is_refused_with_the_field_to_blame(plan: ActionPlan, rule: type[BrokenRule], field: str) -> None:
    with pytest.raises(rule) as refused:
        agreed(plan)
    assert refused.value.field == field


def test_an_older_plan_does_not_replace_a_newer_one() -> None:
    standing = agreed(action_plan(agreed_on=date(2015, 5, 1), agreements=(agreement(due_on=date(2015, 6, 1)),)))
    with pytest.raises(BeforePlan) as refused:
        agreed(action_plan(agreed_on=date(2015, 4, 30)), standing)
    assert refused.value.field == "agreedOn"


def test_a_closed_case_gets_no_plan() -> None:
    with pytest.raises(AlreadyClosed):
        agree(CLOSED, action_plan(), None, (), HOUSE, UUID(int=9))


def test_an_agreement_needs_no_life_domain() -> None:
    plan = action_plan(agreements=(agreement(domain=None), agreement(domain="housing"), agreement(domain="debts")))
    assert agreed(plan).plan.domains == ["debts", "housing"]


STANDS = Answer(answered_on=date(2015, 3, 25), plan_stands=True)


def answered(given: Answer, standing: StandingPlan, case: TableCase = CASE, code: str = "week_1") -> MonitoringMoment:
    return answer(case, moment_of(standing, code), given)


def test_an_answer_is_kept_with_its_moment() -> None:
    moment = answered(STANDS, agreed(action_plan()))
    assert (moment.code, moment.answer) == ("week_1", STANDS)


def answered_once() -> StandingPlan:
    standing = agreed(action_plan())
    first, *others = standing.moments
    return replace(standing, moments=(replace(first, answer=STANDS), *others))


def test_the_same_answer_again_gives_the_same_moment() -> None:
    standing = answered_once()
    assert answered(STANDS, standing) is standing.moments[0]


FAILS = replace(STANDS, plan_stands=False)


def test_another_answer_to_an_answered_moment_contradicts_it() -> None:
    with pytest.raises(AlreadyAnswered):
        answered(FAILS, answered_once())


def test_a_wrong_answer_is_corrected() -> None:
    moment = answered_once().moments[0]
    assert correct_answer(CASE, moment, FAILS).answer == FAILS
    assert correct_answer(CASE, moment, STANDS) is moment
    with pytest.raises(NotAnswered):
        correct_answer(CASE, agreed(action_plan()).moments[0], FAILS)


@pytest.mark.parametrize("standing", [None, agreed(action_plan())])
def test_only_a_moment_of_the_table_case_can_be_answered(standing: StandingPlan | None) -> None:
    with pytest.raises(UnknownMoment):
        moment_of(standing, "year_9")


@pytest.mark.parametrize(
    ("code", "day", "early"),
    [
        ("week_1", date(2015, 3, 20), True),
        ("week_1", date(2015, 3, 21), False),
        ("month_6", date(2015, 3, 17), True),
        ("month_6", date(2015, 9, 13), True),
        ("month_6", date(2015, 9, 14), False),
    ],
)
def test_a_moment_is_answered_three_days_before_it_is_due_at_the_earliest(code: str, day: date, early: bool) -> None:
    standing, given = agreed(action_plan()), replace(STANDS, answered_on=day)
    if not early:
        assert answered(given, standing, code=code).answer == given
        return
    with pytest.raises(TooEarly) as refused:
        answered(given, standing, code=code)
    assert refused.value.field == "answeredOn"


def test_a_moment_of_a_closed_case_is_not_answered_any_more() -> None:
    with pytest.raises(AlreadyClosed):
        answered(STANDS, agreed(action_plan()), CLOSED)
