"""The aftercare coordinator makes plans, records that somebody wants none, and takes back slips."""

from collections.abc import Sequence
from dataclasses import replace
from uuid import UUID

from services.aftercare import metrics
from services.aftercare.detentions.rules import Detention
from services.aftercare.detentions.store import DetentionStore
from services.aftercare.house import House
from services.aftercare.plans import rules
from services.aftercare.plans.messages import (
    AftercarePlanMade,
    AftercarePlanWithdrawn,
    CorrectPlan,
    CorrectRefusal,
    DomainPlanned,
    WithdrawRefusal,
)
from services.aftercare.plans.rules import AftercarePlan, RecordedPlan, Refusal
from services.aftercare.plans.store import PlanStore
from services.aftercare.records.messages import Correction
from services.aftercare.records.rules import NothingToCorrect
from shared.messaging import check_version
from shared.unit import Unit


def make_plan(
    house: str, detention_id: UUID, plan: AftercarePlan, by: str, unit: Unit[House], expected_version: int | None = None
) -> AftercarePlan:
    """Record the plan in place of the plan that stood, which stays as history.

    by: the caller. expected_version: of the plan that stood, 0 for none.
    """
    detention = unit.store(DetentionStore).detention_to_change(house, detention_id)
    plans = unit.store(PlanStore).plans(detention_id)
    standing = rules.standing(plans)
    made = rules.make(detention, plan, standing, unit.profile(house))
    if made is standing:
        return made
    if expected_version is not None:
        check_version(expected_version, standing.version if standing else 0)
    return _add(detention, made, plans, by, unit)


def correct_plan(
    house: str, detention_id: UUID, right: CorrectPlan, by: str, unit: Unit[House], expected_version: int | None
) -> AftercarePlan:
    """Record the right plan in place of the one that stands, which was a slip. The same plan again changes nothing."""
    detention = unit.store(DetentionStore).detention_to_change(house, detention_id)
    plans = unit.store(PlanStore).plans(detention_id)
    wrong, before = rules.standing(plans), rules.standing_before(plans)
    made = rules.make(detention, right.plan, before, unit.profile(house))
    if not wrong:
        raise NothingToCorrect("madeOn")
    if made == wrong:
        return wrong
    check_version(expected_version, wrong.version)
    _withdraw(detention, wrong, right, by, unit)
    return _add(detention, made, plans, by, unit)


def withdraw_plan(
    house: str, detention_id: UUID, slip: Correction, by: str, unit: Unit[House], expected_version: int | None
) -> None:
    """Withdraw the plan that stands: it was a slip. The plan before, if any, stands again."""
    detention = unit.store(DetentionStore).detention_to_change(house, detention_id)
    wrong = rules.standing(unit.store(PlanStore).plans(detention_id))
    if not wrong:
        raise NothingToCorrect
    check_version(expected_version, wrong.version)
    _withdraw(detention, wrong, slip, by, unit)


def record_refusal(house: str, detention_id: UUID, refusal: Refusal, by: str, unit: Unit[House]) -> Refusal:
    """Record that a detainee refuses an aftercare plan; earlier refusals stay as history."""
    detention = unit.store(DetentionStore).detention_to_change(house, detention_id)
    last = next(reversed(_refusals(detention, unit)), None)
    refused = rules.refuse(detention, refusal, last)
    if refused is not last:
        unit.store(PlanStore).add_refusal(detention, refused, by)
        metrics.REFUSALS.labels(house).inc()
    return refused


def correct_refusal(house: str, detention_id: UUID, right: CorrectRefusal, by: str, unit: Unit[House]) -> Refusal:
    """Record the right refusal in place of the last one, which was a slip. The same again changes nothing."""
    detention = unit.store(DetentionStore).detention_to_change(house, detention_id)
    standing = _refusals(detention, unit)
    if not standing:
        raise NothingToCorrect("refusedOn")
    *earlier, wrong = standing
    refused = rules.refuse(detention, right.refusal, next(reversed(earlier), None))
    if refused == wrong:
        return wrong
    unit.store(PlanStore).withdraw_refusal(detention, wrong, right.because, by)
    unit.store(PlanStore).add_refusal(detention, refused, by)
    return refused


def withdraw_refusal(house: str, detention_id: UUID, slip: WithdrawRefusal, by: str, unit: Unit[House]) -> None:
    """Withdraw the refusal of a day. The same withdrawal again changes nothing."""
    detention = unit.store(DetentionStore).detention_to_change(house, detention_id)
    of_day = [
        refusal for refusal in unit.store(PlanStore).refusals(detention_id) if refusal.refused_on == slip.refused_on
    ]
    if not of_day:
        raise NothingToCorrect("refusedOn")
    if not of_day[-1].withdrawn_at:
        unit.store(PlanStore).withdraw_refusal(detention, of_day[-1], slip.because, by)


def _refusals(detention: Detention, unit: Unit[House]) -> list[Refusal]:
    """The refusals that are not withdrawn, in the order in which they came."""
    refusals = unit.store(PlanStore).refusals(detention.detention_id)
    return [refusal.stated for refusal in refusals if not refusal.withdrawn_at]


def _add(
    detention: Detention, made: AftercarePlan, plans: Sequence[RecordedPlan], by: str, unit: Unit[House]
) -> AftercarePlan:
    """Store and announce the next version. plans: each plan so far, withdrawn or not."""
    made = replace(made, version=len(plans) + 1)
    unit.store(PlanStore).add_plan(detention, made, by)
    unit.announce_on(made.made_on, _plan_made(detention, made, unit.profile(detention.house)), detention)
    _measure(detention, made, is_first=not plans)
    return made


def _withdraw(detention: Detention, wrong: AftercarePlan, slip: Correction, by: str, unit: Unit[House]) -> None:
    unit.store(PlanStore).withdraw_plan(detention, wrong, slip.because, by)
    message = AftercarePlanWithdrawn(
        detention_id=detention.detention_id,
        municipality=detention.municipality,
        made_on=wrong.made_on,
        withdrawn_on=unit.today,
    )
    unit.announce_on(unit.today, message, detention)


def _plan_made(detention: Detention, plan: AftercarePlan, house: House) -> AftercarePlanMade:
    planned = (
        DomainPlanned(
            domain=domain_plan.domain,
            bottleneck=domain_plan.bottleneck,
            referred_to=rules.code_of_referral(domain_plan, house),
        )
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
