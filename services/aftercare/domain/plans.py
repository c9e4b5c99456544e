"""The aftercare plan: for every life domain whether there is a bottleneck, and what is done about it."""

from dataclasses import dataclass, replace
from datetime import date
from enum import StrEnum

from services.aftercare.domain.detentions import Detention
from services.aftercare.domain.errors import (
    BeforeDetention,
    BeforeStandingPlan,
    LifeDomainMissing,
    LifeDomainTwice,
    NothingDone,
    UnknownLifeDomain,
)
from services.aftercare.domain.house import House


class Bottleneck(StrEnum):
    """Whether something stands in the way on a life domain."""

    YES = "yes"
    NO = "no"
    UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True, kw_only=True)
class DomainPlan:
    """The plan on one life domain. `accepted`: whether the detainee takes what is offered, None until that is known."""

    domain: str
    bottleneck: Bottleneck
    agreement: str | None = None
    owner: str | None = None
    referred_to: str | None = None
    accepted: bool | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class AftercarePlan:
    """With what somebody leaves; `domains` are in the order of the house's profile."""

    made_on: date
    domains: tuple[DomainPlan, ...]


def make(detention: Detention, plan: AftercarePlan, standing: AftercarePlan | None, house: House) -> AftercarePlan:
    """The plan that stands from now on; the same plan again changes nothing."""
    for position, domain_plan in enumerate(plan.domains):
        _check(domain_plan, f"domains[{position}]", plan.domains[:position], house)
    if missing := set(house.life_domains) - {each.domain for each in plan.domains}:
        raise LifeDomainMissing(reason=f"must go through every life domain: {', '.join(sorted(missing))} missing")
    plan = replace(plan, domains=tuple(sorted(plan.domains, key=lambda each: house.life_domains.index(each.domain))))
    if standing == plan:
        return standing
    if plan.made_on < detention.detained_on:
        raise BeforeDetention("madeOn")
    if standing and plan.made_on < standing.made_on:
        raise BeforeStandingPlan
    return plan


def _check(domain_plan: DomainPlan, path: str, earlier: tuple[DomainPlan, ...], house: House) -> None:
    if domain_plan.domain not in house.life_domains:
        raise UnknownLifeDomain(f"{path}.domain")
    if domain_plan.domain in {each.domain for each in earlier}:
        raise LifeDomainTwice(f"{path}.domain")
    if domain_plan.bottleneck is Bottleneck.YES and not (domain_plan.referred_to or domain_plan.agreement):
        raise NothingDone(f"{path}.referredTo")
