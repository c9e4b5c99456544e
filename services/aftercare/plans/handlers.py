"""The aftercare coordinator makes plans, and records that somebody wants none."""

from uuid import UUID

from services.aftercare import metrics
from services.aftercare.detentions.rules import Detention
from services.aftercare.detentions.store import DetentionStore
from services.aftercare.house import House
from services.aftercare.plans import rules
from services.aftercare.plans.messages import AftercarePlanMade, DomainPlanned
from services.aftercare.plans.rules import AftercarePlan, Refusal
from services.aftercare.plans.store import PlanStore
from shared.messaging import check_version
from shared.unit import Unit


def make_plan(
    house: str, detention_id: UUID, plan: AftercarePlan, unit: Unit[House], expected_version: int | None = None
) -> AftercarePlan:
    """Record the plan in place of the plan that stood, which stays as history.

    expected_version: of the plan that stood, 0 for none.
    """
    detention = unit.store(DetentionStore).detention_to_change(house, detention_id)
    store = unit.store(PlanStore)
    standing = store.standing_plan(detention_id)
    made = rules.make(detention, plan, standing, unit.profile(house))
    if made is standing:
        return made
    if expected_version is not None:
        check_version(expected_version, standing.version if standing else 0)
    store.replace_plan(detention, made)
    unit.announce_on(made.made_on, _plan_made(detention, made), detention)
    _measure(detention, made, is_first=standing is None)
    return made


def record_refusal(house: str, detention_id: UUID, refusal: Refusal, unit: Unit[House]) -> Refusal:
    """Record that a detainee refuses an aftercare plan; earlier refusals stay as history."""
    detention = unit.store(DetentionStore).detention_to_change(house, detention_id)
    store = unit.store(PlanStore)
    last = next(reversed(store.refusals(detention_id)), None)
    refused = rules.refuse(detention, refusal, last)
    if refused is not last:
        store.add_refusal(detention, refused)
        metrics.REFUSALS.labels(house).inc()
    return refused


def _plan_made(detention: Detention, plan: AftercarePlan) -> AftercarePlanMade:
    planned = (
        DomainPlanned(domain=domain_plan.domain, bottleneck=domain_plan.bottleneck, referred_to=domain_plan.referred_to)
        for domain_plan in plan.domains
    )
    return AftercarePlanMade(
        detention_id=detention.detention_id,
        municipality=detention.municipality,
        made_on=plan.made_on,
        domains=tuple(planned),
    )


def _measure(detention: Detention, made: AftercarePlan, *, is_first: bool) -> None:
    metrics.PLANS.labels(detention.house).inc()
    if is_first:
        days = (made.made_on - detention.registered_on).days
        metrics.NOTICE_TO_PLAN_DAYS.labels(detention.house).observe(days)
    for domain_plan in made.domains:
        metrics.BOTTLENECKS.labels(detention.house, domain_plan.domain, domain_plan.bottleneck.value).inc()
