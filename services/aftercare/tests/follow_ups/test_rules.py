from collections.abc import Sequence
from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from services.aftercare.detentions.rules import ReleaseDate
from services.aftercare.follow_ups.rules import (
    BeforeLastAnswer,
    BeforeMoment,
    DomainFollowedUp,
    FollowUp,
    Moment,
    NoBottleneck,
    NothingToFollowUp,
    ReleaseUnknown,
    day_of,
    follow_up,
)
from services.aftercare.needs.rules import LifeDomainTwice, UnknownLifeDomain
from services.aftercare.plans.rules import Bottleneck
from services.aftercare.tests.cases import DETENTION, HOUSE, domain_plan, plan_of
from shared.rules import BrokenRule

RELEASED = ReleaseDate(release_on=date(2015, 7, 1), source="dji", changed_on=date(2015, 5, 4))
DETAINED = replace(DETENTION, release_date=RELEASED)
PLAN = plan_of(
    domain_plan("housing", bottleneck=Bottleneck.YES, referred_to="exodus"),
    domain_plan("care", bottleneck=Bottleneck.UNKNOWN),
)
NOT_YET = DomainFollowedUp(domain="housing", solved=False)
SOLVED = DomainFollowedUp(domain="care", solved=True)


def answer_of(*domains: DomainFollowedUp, moment: Moment = Moment.RELEASE, on: date = date(2015, 7, 1)) -> FollowUp:
    return FollowUp(moment=moment, answered_on=on, domains=domains)


def followed_up(answer: FollowUp, answers: Sequence[FollowUp] = ()) -> FollowUp:
    return follow_up(DETAINED, answer, PLAN, answers, HOUSE)


@given(st.dates(min_value=date(2000, 1, 1), max_value=date(2100, 1, 1)))
def test_the_moments_come_one_after_the_other(release_on: date) -> None:
    days = [day_of(moment, release_on) for moment in Moment]
    assert days[0] == release_on
    assert days == sorted(set(days))


@pytest.mark.parametrize(
    ("moment", "release_on", "day"),
    [
        (Moment.MONTH_1, date(2015, 1, 31), date(2015, 2, 28)),
        (Moment.MONTH_3, date(2015, 11, 30), date(2016, 2, 29)),
        (Moment.MONTH_6, date(2015, 6, 15), date(2015, 12, 15)),
        (Moment.MONTH_6, date(2015, 7, 1), date(2016, 1, 1)),
    ],
)
def test_months_are_those_of_the_calendar(moment: Moment, release_on: date, day: date) -> None:
    assert day_of(moment, release_on) == day


def test_an_answer_goes_in_the_order_of_the_house() -> None:
    assert followed_up(answer_of(SOLVED, NOT_YET)).domains == (NOT_YET, SOLVED)


def test_the_same_answer_again_is_the_one_that_stands() -> None:
    known = followed_up(answer_of(NOT_YET, SOLVED))
    assert followed_up(answer_of(SOLVED, NOT_YET), [known]) is known


def test_a_later_answer_takes_the_place_of_the_one_before() -> None:
    known = followed_up(answer_of(NOT_YET))
    later = answer_of(replace(NOT_YET, solved=True), on=date(2015, 7, 3))
    assert followed_up(later, [known]) == later


def test_an_answer_that_was_replaced_may_be_given_again() -> None:
    answers = [answer_of(NOT_YET), answer_of(replace(NOT_YET, solved=True))]
    assert followed_up(answer_of(NOT_YET), answers) is not answers[0]


@pytest.mark.parametrize(
    ("answer", "rule", "field"),
    [
        (answer_of(NOT_YET, on=date(2015, 6, 30)), BeforeMoment, "answeredOn"),
        (answer_of(NOT_YET, moment=Moment.MONTH_3, on=date(2015, 9, 30)), BeforeMoment, "answeredOn"),
        (answer_of(replace(NOT_YET, domain="love")), UnknownLifeDomain, "domains[0].domain"),
        (answer_of(SOLVED, NOT_YET, SOLVED), LifeDomainTwice, "domains[2].domain"),
        (answer_of(replace(NOT_YET, domain="debts")), NoBottleneck, "domains[0].domain"),
    ],
)
def test_a_wrong_answer_is_refused_with_the_field_to_blame(
    answer: FollowUp, rule: type[BrokenRule], field: str
) -> None:
    with pytest.raises(rule) as refused:
        followed_up(answer)
    assert refused.value.field == field


def test_an_older_answer_does_not_replace_a_newer_one() -> None:
    with pytest.raises(BeforeLastAnswer):
        followed_up(answer_of(SOLVED), [answer_of(NOT_YET, on=date(2015, 7, 2))])


def test_without_a_plan_or_a_release_date_there_is_nothing_to_follow_up() -> None:
    with pytest.raises(NothingToFollowUp):
        follow_up(DETAINED, answer_of(NOT_YET), None, [], HOUSE)
    with pytest.raises(ReleaseUnknown):
        follow_up(DETENTION, answer_of(NOT_YET), PLAN, [], HOUSE)
