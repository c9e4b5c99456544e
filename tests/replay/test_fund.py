"""A published account, dealt out over the people of a year so that it adds up again."""

from collections import Counter
from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from replay.contradictions import reconcile
from replay.fund import deal_amount, deal_needs
from replay.house import load_house
from replay.planner import plan
from replay.published import DOMAINS, Account, read_year
from replay.script import CannotPlan, FundYear, Stay

PUBLISHED = read_year(Path("data/hollands-midden-2015.json"))
HOUSE = load_house(Path("houses/hollands-midden.toml"))
LAST_DAY = date(2015, 12, 31)


@pytest.fixture(scope="module")
def account() -> Account:
    assert PUBLISHED.account
    return PUBLISHED.account


@pytest.fixture(scope="module")
def dealt() -> FundYear:
    fund_year = plan(PUBLISHED, HOUSE).fund_year
    assert fund_year
    return fund_year


@given(st.data())
def test_each_assignment_answers_a_need_and_each_life_domain_as_many_as_published(data: st.DataObject) -> None:
    count = data.draw(st.integers(1, 40))
    needs = {domain: data.draw(st.integers(0, count)) for domain in DOMAINS}
    dealt = deal_needs(needs, count)
    assert Counter(domain for each in dealt for domain in each) == Counter(needs)
    assert all(len(set(each)) == len(each) for each in dealt)
    assert all(dealt) or sum(needs.values()) < count


@given(st.decimals(0, 10**6, places=2), st.lists(st.integers(1, 5), min_size=1, max_size=50))
def test_amounts_add_up_to_the_cent_and_follow_their_weights(amount: Decimal, weights: list[int]) -> None:
    dealt = deal_amount(amount, weights)
    assert sum(dealt) == amount
    for share, weight in zip(dealt, weights, strict=True):
        assert abs(share - amount * weight / sum(weights)) < Decimal("0.01")


def test_the_assignments_add_up_to_the_published_account(dealt: FundYear, account: Account) -> None:
    for line, published in (("trajectories", account.trajectories), ("conversations", account.conversations)):
        assignments = [each for each in dealt.assignments if each.line == line]
        assert len(assignments) == published.count
        assert Counter(domain for each in assignments for domain in each.needs) == Counter(published.needs)
        assert sum(each.cost for each in assignments) == published.cost_eur
    assert sum(dealt.budgets.values()) == account.total_cost_eur
    assert sum(dealt.contributions.values()) == account.co_financing_eur


def test_the_even_parts_of_the_costs_add_up_to_the_cost_of_each_life_domain(dealt: FundYear, account: Account) -> None:
    for line, published in (("trajectories", account.trajectories), ("conversations", account.conversations)):
        sums: Counter[str] = Counter()
        for each in (each for each in dealt.assignments if each.line == line):
            part, rest = divmod(int(each.cost * 100), len(each.needs))
            assert rest == 0
            sums.update(dict.fromkeys(each.needs, part))
        assert {domain: Decimal(cents) / 100 for domain, cents in sums.items()} == published.cost_by_domain_eur


def test_conversations_are_with_those_who_declined(dealt: FundYear) -> None:
    held = [each.reports[0].accepted for each in dealt.assignments if each.kind is None]
    assert held == [False] * 19


def test_work_training_goes_to_one_provider(dealt: FundYear) -> None:
    assert {each.provider for each in dealt.assignments if each.line == "work_training"} == {"werkshop"}


def test_trainings_come_as_far_as_published(dealt: FundYear, account: Account) -> None:
    trainings = [each for each in dealt.assignments if each.line == "work_training"]
    came = Counter(tuple(report.step for report in each.reports) for each in trainings)
    assert came == {
        ("intake", "ended"): account.work_training.dropped_after_intake,
        ("intake", "preparation", "ended"): account.work_training.dropped_after_preparation,
        ("intake", "preparation", "training", "ended"): 3,
        ("intake", "preparation", "training", "diploma", "ended"): account.work_training.diplomas,
    }


def test_what_is_done_is_done_within_the_year_and_in_order(dealt: FundYear) -> None:
    for each in dealt.assignments:
        days = [each.given_on, *(report.on for report in each.reports)]
        assert days == sorted(set(days))
        assert each.given_on < each.invoiced_on
        assert max(*days, each.invoiced_on) <= LAST_DAY


def test_nobody_has_two_assignments_of_one_kind(dealt: FundYear) -> None:
    whose = Counter((each.referral, each.line) for each in dealt.assignments)
    assert set(whose.values()) == {1}


def test_stays_are_as_published_with_no_more_at_a_time_than_places(dealt: FundYear, account: Account) -> None:
    published = account.transition_houses["gouda"]
    lengths = [each.ended_on - each.began_on for each in dealt.stays if each.ended_on]
    assert (len(dealt.stays), len(lengths)) == (published["in"], published["out"])
    assert sum(lengths, timedelta()) == timedelta(days=published["out"] * published["mean_stay_days"])
    assert max(len(_there(dealt.stays, each.began_on)) for each in dealt.stays) <= published["places"]
    assert len({each.referral for each in dealt.stays}) == len(dealt.stays)


def _there(stays: tuple[Stay, ...], on: date) -> list[Stay]:
    return [each for each in stays if each.began_on <= on and (each.ended_on is None or on < each.ended_on)]


def test_a_total_that_is_not_its_parts_is_named(account: Account) -> None:
    slip = replace(PUBLISHED, van_der_staaij=replace(account, total_cost_eur=Decimal("77423.50")))
    year, named = reconcile(slip, HOUSE)
    assert year.account == account
    assert "van_der_staaij.total_cost_eur is 77423.50, its parts add up to 77422.00" in [each.reason for each in named]


def test_what_can_not_be_is_told(account: Account) -> None:
    too_long = {"gouda": account.transition_houses["gouda"] | {"mean_stay_days": 364}}
    with pytest.raises(CannotPlan, match="transition_house_gouda"):
        plan(replace(PUBLISHED, van_der_staaij=replace(account, transition_houses=too_long)), HOUSE)
    too_short = {"gouda": account.transition_houses["gouda"] | {"mean_stay_days": 15}}
    with pytest.raises(CannotPlan, match="stays of that mean"):
        plan(replace(PUBLISHED, van_der_staaij=replace(account, transition_houses=too_short)), HOUSE)
    many = replace(account.trajectories, count=5000)
    with pytest.raises(CannotPlan, match=r"van_der_staaij\.trajectories: 5000 are more than"):
        plan(replace(PUBLISHED, van_der_staaij=replace(account, trajectories=many)), HOUSE)
    with pytest.raises(CannotPlan, match="has no such fund with a year 2013"):
        plan(replace(PUBLISHED, year=2013), HOUSE)


def test_everybody_whose_release_is_known_has_a_plan_or_a_refusal_before_it() -> None:
    detained = [each.detention for each in plan(PUBLISHED, HOUSE).referrals if each.detention]
    assert len(detained) > 100
    for each in detained:
        seen_on = each.plan_on or each.refused_on
        assert seen_on
        assert all(seen_on < day for day in (each.expected_release_on, each.released_on) if day)
