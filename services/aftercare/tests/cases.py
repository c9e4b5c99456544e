"""A house and a detention to test the rules on."""

from dataclasses import replace
from datetime import date
from typing import Any
from uuid import UUID

from services.aftercare.detentions.rules import Detention
from services.aftercare.house import House, Provider, TransitionHouse
from services.aftercare.plans.rules import AftercarePlan, Bottleneck, DomainPlan

LIFE_DOMAINS = ("identity", "housing", "income_work", "debts", "care")
HOUSE = House(
    life_domains=LIFE_DOMAINS,
    aftercare_tables=frozenset({"aftercare"}),
    municipalities=frozenset({"Noordstad"}),
    providers={"goodwork": Provider(code="goodwork")},
    trajectory_kinds={"guidance": (), "work_training": ("intake", "preparation", "training", "diploma", "work")},
    transition_houses={
        code: TransitionHouse(code=code, name=code, municipality="Noordstad", places=2) for code in ("linde", "eik")
    },
)
DETENTION = Detention(
    detention_id=UUID(int=1),
    house="house",
    case_id=UUID(int=2),
    subject_id=UUID(int=3),
    referral_id=None,
    municipality="Noordstad",
    institution="pi_noordstad",
    detained_on=date(2015, 3, 2),
    own_aftercare=False,
    registered_on=date(2015, 3, 3),
)


def domain_plan(domain: str, **differently: Any) -> DomainPlan:
    return replace(DomainPlan(domain=domain, bottleneck=Bottleneck.NO), **differently)


def plan_of(*domain_plans: DomainPlan, made_on: date = date(2015, 6, 1)) -> AftercarePlan:
    """A plan that says no bottleneck on every life domain that is not given."""
    given = {each.domain for each in domain_plans}
    others = tuple(domain_plan(domain) for domain in LIFE_DOMAINS if domain not in given)
    return AftercarePlan(made_on=made_on, domains=(*domain_plans, *others))
