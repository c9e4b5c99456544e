from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from services.aftercare.detentions.rules import BeforeDetention
from services.aftercare.needs.rules import LifeDomainTwice, UnknownLifeDomain
from services.aftercare.plans.rules import (
    AftercarePlan,
    AgreementMissing,
    BeforeLastRefusal,
    BeforeStandingPlan,
    Bottleneck,
    DueBeforePlan,
    LifeDomainMissing,
    NothingDone,
    Refusal,
    make,
    refuse,
)
from services.aftercare.tests.cases import DETENTION, HOUSE, LIFE_DOMAINS, domain_plan, plan_of
from shared.rules import BrokenRule

HOUSING = domain_plan("housing", bottleneck=Bottleneck.YES, referred_to="gemeente-noordstad")


def made(plan: AftercarePlan, standing: AftercarePlan | None = None) -> AftercarePlan:
    return make(DETENTION, plan, standing, HOUSE)


@given(st.permutations(LIFE_DOMAINS))
def test_a_plan_goes_through_the_life_domains_in_the_order_of_the_house(order: list[str]) -> None:
    plan = AftercarePlan(made_on=date(2015, 6, 1), domains=tuple(domain_plan(domain) for domain in order))
    assert tuple(each.domain for each in made(plan).domains) == LIFE_DOMAINS


@pytest.mark.parametrize(
    "way_out",
    [{"referred_to": "exodus"}, {"agreement": "keep the house"}, {"referred_to": "exodus", "accepted": False}],
)
def test_a_bottleneck_with_a_referral_or_an_agreement_passes_the_sieve(way_out: dict[str, object]) -> None:
    housing = domain_plan("housing", bottleneck=Bottleneck.YES, **way_out)
    assert housing in made(plan_of(housing)).domains


@pytest.mark.parametrize(
    ("plan", "rule", "field"),
    [
        (
            plan_of(domain_plan("care"), domain_plan("housing", bottleneck=Bottleneck.YES)),
            NothingDone,
            "domains[1].referredTo",
        ),
        (plan_of(HOUSING, domain_plan("housing")), LifeDomainTwice, "domains[1].domain"),
        (plan_of(domain_plan("love")), UnknownLifeDomain, "domains[0].domain"),
        (plan_of(made_on=date(2015, 3, 1)), BeforeDetention, "madeOn"),
        (plan_of(replace(HOUSING, due_on=date(2015, 7, 1))), AgreementMissing, "domains[0].agreement"),
        (
            plan_of(replace(HOUSING, agreement="looks for a room", due_on=date(2015, 5, 31))),
            DueBeforePlan,
            "domains[0].dueOn",
        ),
    ],
)
def test_a_wrong_plan_is_refused_with_the_field_to_blame(
    plan: AftercarePlan, rule: type[BrokenRule], field: str
) -> None:
    with pytest.raises(rule) as refused:
        made(plan)
    assert refused.value.field == field


def test_a_plan_that_leaves_out_life_domains_is_told_which() -> None:
    with pytest.raises(LifeDomainMissing, match="care, debts missing") as refused:
        made(replace(plan_of(), domains=tuple(map(domain_plan, ("identity", "housing", "income_work")))))
    assert refused.value.field == "domains"


def test_the_same_plan_again_changes_nothing_in_whatever_order_it_comes() -> None:
    standing = made(plan_of(HOUSING))
    assert made(replace(standing, domains=standing.domains[::-1]), standing) is standing


def test_another_plan_takes_the_place_of_the_one_that_stood() -> None:
    later = plan_of(HOUSING, made_on=date(2015, 6, 2))
    assert HOUSING in made(later, made(plan_of())).domains


def test_an_older_plan_does_not_replace_a_newer_one() -> None:
    with pytest.raises(BeforeStandingPlan):
        made(plan_of(HOUSING, made_on=date(2015, 5, 31)), made(plan_of()))


def test_a_plan_of_which_only_the_need_differs_is_another_plan() -> None:
    standing = made(plan_of(HOUSING))
    assert made(plan_of(replace(HOUSING, need="a room")), standing) is not standing


REFUSAL = Refusal(refused_on=date(2015, 5, 1), reason="wants no help")


def test_a_refusal_is_recorded_and_the_same_one_again_changes_nothing() -> None:
    assert refuse(DETENTION, REFUSAL, None) == REFUSAL
    assert refuse(DETENTION, replace(REFUSAL), REFUSAL) is REFUSAL


@pytest.mark.parametrize(
    ("refused_on", "rule"), [(date(2015, 3, 1), BeforeDetention), (date(2015, 4, 30), BeforeLastRefusal)]
)
def test_a_refusal_of_an_earlier_time_is_refused_itself(refused_on: date, rule: type[BrokenRule]) -> None:
    with pytest.raises(rule) as refused:
        refuse(DETENTION, replace(REFUSAL, refused_on=refused_on), REFUSAL)
    assert refused.value.field == "refusedOn"
