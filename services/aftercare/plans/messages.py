"""What people say of a plan, and the announcement of one."""

from dataclasses import dataclass
from datetime import date
from typing import Annotated
from uuid import UUID

from services.aftercare.plans.rules import Bottleneck, DomainPlan
from shared.bounds import Length


@dataclass(frozen=True, slots=True, kw_only=True)
class MakePlan:
    """`domains` goes through every life domain of the house, each once."""

    made_on: date
    domains: Annotated[tuple[DomainPlan, ...], Length(1, 20)]


@dataclass(frozen=True, slots=True, kw_only=True)
class DomainPlanned:
    """`referredTo` is there when somebody is referred; what was agreed stays in aftercare."""

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
