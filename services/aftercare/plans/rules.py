"""The aftercare plan: for every life domain whether there is a bottleneck, and what is done about it."""

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from enum import StrEnum

from services.aftercare.detentions.rules import BeforeDetention, Detention
from services.aftercare.house import Code, House
from services.aftercare.needs.rules import LifeDomainTwice, UnknownLifeDomain
from services.aftercare.records.rules import Recorded
from shared.bounds import Line, Text
from shared.days import HouseDay, PlannedDay
from shared.rules import BrokenRule

OTHER = "other"
"""Announced in place of a text."""


class LifeDomainMissing(BrokenRule):
    field = "domains"
    reason = "must go through every life domain"


class NothingDone(BrokenRule):
    field = "referredTo"
    reason = "is required, or an agreement: a bottleneck goes nowhere without either"


class AgreementMissing(BrokenRule):
    field = "agreement"
    reason = "is required: a due date is of an agreement"


class DueBeforePlan(BrokenRule):
    field = "dueOn"
    reason = "is before the plan is made"


class BeforeStandingPlan(BrokenRule):
    field = "madeOn"
    reason = "is before the plan that it would replace was made"


class BeforeLastRefusal(BrokenRule):
    field = "refusedOn"
    reason = "is before the last refusal"


class Bottleneck(StrEnum):
    """Whether something stands in the way on a life domain."""

    YES = "yes"
    NO = "no"
    UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True, kw_only=True)
class DomainPlan:
    """The plan on one life domain. `referred_to` is a partner's id or an organisation's name.

    `accepted`: whether the detainee takes the offer, null until that is known. `owner`, `due_on`: who keeps the
    agreement, and by when.
    """

    domain: Code
    bottleneck: Bottleneck
    need: Text | None = None
    agreement: Text | None = None
    owner: Line | None = None
    due_on: PlannedDay | None = None
    referred_to: Line | None = None
    accepted: bool | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class AftercarePlan:
    """The plan with which somebody leaves; `domains` are in the order of the house's profile.

    `version`: the first plan of a detention has 1, the next 2.
    """

    made_on: date
    domains: tuple[DomainPlan, ...]
    version: int = field(default=1, compare=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class Refusal:
    """Somebody wants no plan. The refusal stands until a plan is made.

    `reason` in the detainee's words, or a code that the house uses.
    """

    refused_on: HouseDay
    reason: Text


@dataclass(frozen=True, slots=True, kw_only=True)
class RecordedPlan(AftercarePlan, Recorded):
    """A plan, standing or not, with who recorded it and when."""

    @property
    def stated(self) -> AftercarePlan:
        return AftercarePlan(made_on=self.made_on, domains=self.domains, version=self.version)


@dataclass(frozen=True, slots=True, kw_only=True)
class RecordedRefusal(Refusal, Recorded):
    """A refusal with who recorded it and when."""

    @property
    def stated(self) -> Refusal:
        return Refusal(refused_on=self.refused_on, reason=self.reason)


def standing(plans: Sequence[RecordedPlan]) -> AftercarePlan | None:
    """The plan that stands: the last version that is not withdrawn. plans: the first version first."""
    return next((plan.stated for plan in reversed(plans) if not plan.withdrawn_at), None)


def standing_before(plans: Sequence[RecordedPlan]) -> AftercarePlan | None:
    """The plan that would stand without the one that stands."""
    return next((plan.stated for plan in [plan for plan in reversed(plans) if not plan.withdrawn_at][1:]), None)


def make(detention: Detention, plan: AftercarePlan, standing: AftercarePlan | None, house: House) -> AftercarePlan:
    """The plan that stands from now on; the same plan again changes nothing."""
    plan = _in_order(plan, house)
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


def code_of_referral(domain_plan: DomainPlan, house: House) -> str | None:
    """The partner to whom somebody is referred; OTHER for an organisation that only a text names."""
    known = {None, *house.providers, *house.contacts.values()}
    return domain_plan.referred_to if domain_plan.referred_to in known else OTHER


def _in_order(plan: AftercarePlan, house: House) -> AftercarePlan:
    """The plan by life domain in the order of the house's profile, if it goes through each once and nothing is open."""
    for position, domain_plan in enumerate(plan.domains):
        path = f"domains[{position}]"
        _check(domain_plan, path, plan.domains[:position], house)
        _check_due(domain_plan, path, plan.made_on)
    by_domain = {domain_plan.domain: domain_plan for domain_plan in plan.domains}
    if missing := set(house.life_domains) - by_domain.keys():
        raise LifeDomainMissing(reason=f"must go through every life domain: {', '.join(sorted(missing))} missing")
    return replace(plan, domains=tuple(by_domain[domain] for domain in house.life_domains))


def _check(domain_plan: DomainPlan, path: str, earlier: tuple[DomainPlan, ...], house: House) -> None:
    if domain_plan.domain not in house.life_domains:
        raise UnknownLifeDomain(f"{path}.domain", known=house.life_domains)
    if domain_plan.domain in {other.domain for other in earlier}:
        raise LifeDomainTwice(f"{path}.domain", "stands in the plan already")
    if domain_plan.bottleneck is Bottleneck.YES and not (domain_plan.referred_to or domain_plan.agreement):
        raise NothingDone(f"{path}.referredTo")


def _check_due(domain_plan: DomainPlan, path: str, made_on: date) -> None:
    if domain_plan.due_on is None:
        return
    if domain_plan.agreement is None:
        raise AgreementMissing(f"{path}.agreement")
    if domain_plan.due_on < made_on:
        raise DueBeforePlan(f"{path}.dueOn")
