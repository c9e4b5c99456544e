"""The aftercare plan: for every life domain whether there is a bottleneck, and what is done about it."""

from dataclasses import dataclass, field, replace
from datetime import date
from enum import StrEnum

from services.aftercare.domain.detentions import Detention
from services.aftercare.domain.errors import (
    AgreementMissing,
    BeforeDetention,
    BeforeLastRefusal,
    BeforeStandingPlan,
    DueBeforePlan,
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
    """The plan on one life domain. `accepted`: whether the detainee takes what is offered, None until that is known.

    owner, due_on: who does what is agreed, and by when.
    """

    domain: str
    bottleneck: Bottleneck
    need: str | None = None
    agreement: str | None = None
    owner: str | None = None
    due_on: date | None = None
    referred_to: str | None = None
    accepted: bool | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class AftercarePlan:
    """With what somebody leaves; `domains` are in the order of the house's profile.

    version: the first plan of a detention has 1, the next 2.
    """

    made_on: date
    domains: tuple[DomainPlan, ...]
    version: int = field(default=1, compare=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class Refusal:
    """Somebody wants no plan. It stands until a plan is made."""

    refused_on: date
    reason: str


def make(detention: Detention, plan: AftercarePlan, standing: AftercarePlan | None, house: House) -> AftercarePlan:
    """The plan that stands from now on; the same plan again changes nothing."""
    for position, domain_plan in enumerate(plan.domains):
        path = f"domains[{position}]"
        _check(domain_plan, path, plan.domains[:position], house)
        _check_due(domain_plan, path, plan.made_on)
    if missing := set(house.life_domains) - {each.domain for each in plan.domains}:
        raise LifeDomainMissing(reason=f"must go through every life domain: {', '.join(sorted(missing))} missing")
    plan = replace(plan, domains=tuple(sorted(plan.domains, key=lambda each: house.life_domains.index(each.domain))))
    if standing == plan:
        return standing
    if plan.made_on < detention.detained_on:
        raise BeforeDetention("madeOn")
    if standing is None:
        return plan
    if plan.made_on < standing.made_on:
        raise BeforeStandingPlan
    return replace(plan, version=standing.version + 1)


def refuse(detention: Detention, refusal: Refusal, last: Refusal | None) -> Refusal:
    """The refusal that counts from now on; the same one again changes nothing."""
    if last == refusal:
        return last
    if refusal.refused_on < detention.detained_on:
        raise BeforeDetention("refusedOn")
    if last and refusal.refused_on < last.refused_on:
        raise BeforeLastRefusal
    return refusal


def _check(domain_plan: DomainPlan, path: str, earlier: tuple[DomainPlan, ...], house: House) -> None:
    if domain_plan.domain not in house.life_domains:
        raise UnknownLifeDomain(f"{path}.domain")
    if domain_plan.domain in {each.domain for each in earlier}:
        raise LifeDomainTwice(f"{path}.domain")
    if domain_plan.bottleneck is Bottleneck.YES and not (domain_plan.referred_to or domain_plan.agreement):
        raise NothingDone(f"{path}.referredTo")


def _check_due(domain_plan: DomainPlan, path: str, made_on: date) -> None:
    if domain_plan.due_on is None:
        return
    if domain_plan.agreement is None:
        raise AgreementMissing(f"{path}.agreement")
    if domain_plan.due_on < made_on:
        raise DueBeforePlan(f"{path}.dueOn")
