"""What comes beside and after a plan: refusals, and follow-ups. Load, decide, store."""

from uuid import UUID

from services.aftercare import metrics
from services.aftercare.dependencies import Unit
from services.aftercare.domain import follow_ups, plans
from services.aftercare.domain.follow_ups import FollowUp
from services.aftercare.domain.plans import Refusal
from services.aftercare.handlers.detentions import detention_to_change


def record_refusal(house: str, detention_id: UUID, refusal: Refusal, unit: Unit) -> Refusal:
    """Somebody wants no plan; those before stay as history."""
    detention = detention_to_change(house, detention_id, unit)
    last = next(reversed(unit.store.refusals(detention_id)), None)
    refused = plans.refuse(detention, refusal, last)
    if refused is not last:
        unit.store.add_refusal(detention, refused)
        metrics.REFUSALS.labels(house).inc()
    return refused


def follow_up(house: str, detention_id: UUID, answer: FollowUp, unit: Unit) -> FollowUp:
    """What became of a plan's bottlenecks; earlier answers stay as history."""
    detention = detention_to_change(house, detention_id, unit)
    answers = unit.store.follow_ups(detention_id)
    standing = unit.store.standing_plan(detention_id)
    answered = follow_ups.follow_up(detention, answer, standing, answers, unit.profile(house))
    if any(answered is each for each in answers):
        return answered
    unit.store.add_follow_up(detention, answered)
    for each in answered.domains:
        metrics.FOLLOW_UPS.labels(house, answered.moment, each.domain, "yes" if each.solved else "no").inc()
    return answered
