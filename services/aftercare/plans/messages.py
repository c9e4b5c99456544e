"""What people say of a plan or a refusal, and the announcements of a plan."""

from dataclasses import dataclass
from datetime import date
from typing import Annotated
from uuid import UUID

from services.aftercare.plans.rules import AftercarePlan, Bottleneck, DomainPlan, Refusal
from services.aftercare.records.messages import Correction
from shared.bounds import Length
from shared.days import HouseDay


@dataclass(frozen=True, slots=True, kw_only=True)
class MakePlan:
    """`domains` goes through every life domain of the house, each once."""

    made_on: HouseDay
    domains: Annotated[tuple[DomainPlan, ...], Length(1, 20)]

    @property
    def plan(self) -> AftercarePlan:
        return AftercarePlan(made_on=self.made_on, domains=self.domains)


@dataclass(frozen=True, slots=True, kw_only=True)
class CorrectPlan(MakePlan, Correction):
    """The right plan, in place of the plan that stands."""


@dataclass(frozen=True, slots=True, kw_only=True)
class WithdrawPlan(Correction):
    """Why the plan that stands is withdrawn."""


@dataclass(frozen=True, slots=True, kw_only=True)
class CorrectRefusal(Refusal, Correction):
    """The right refusal, in place of the last one."""

    @property
    def refusal(self) -> Refusal:
        return Refusal(refused_on=self.refused_on, reason=self.reason)


@dataclass(frozen=True, slots=True, kw_only=True)
class WithdrawRefusal(Correction):
    """`refusedOn`: the day of the refusal that is withdrawn."""

    refused_on: HouseDay


@dataclass(frozen=True, slots=True, kw_only=True)
class DomainPlanned:
    """`referredTo` is there when somebody is referred: a partner, or `other`. What was agreed stays in aftercare."""

    domain: str
    bottleneck: Bottleneck
    referred_to: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class AftercarePlanMade:
    """`aftercare-plans.made.v1`: an aftercare plan was made, or replaced the plan before."""

    detention_id: UUID
    municipality: str
    made_on: date
    domains: tuple[DomainPlanned, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class AftercarePlanWithdrawn:
    """`aftercare-plans.withdrawn.v1`: the plan of `madeOn` was a slip. The plan before, if any, stands again."""

    detention_id: UUID
    municipality: str
    made_on: date
    withdrawn_on: date
