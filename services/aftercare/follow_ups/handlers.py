"""The aftercare coordinator records what became of a plan."""

from uuid import UUID

from services.aftercare import metrics
from services.aftercare.detentions.store import DetentionStore
from services.aftercare.follow_ups import rules
from services.aftercare.follow_ups.rules import FollowUp
from services.aftercare.follow_ups.store import FollowUpStore
from services.aftercare.house import House
from services.aftercare.plans.store import PlanStore
from shared.unit import Unit


def follow_up(house: str, detention_id: UUID, answer: FollowUp, unit: Unit[House]) -> FollowUp:
    """Record which bottlenecks of the standing plan are solved; earlier answers stay as history."""
    detention = unit.store(DetentionStore).detention_to_change(house, detention_id)
    store = unit.store(FollowUpStore)
    answers = store.follow_ups(detention_id)
    standing = unit.store(PlanStore).standing_plan(detention_id)
    answered = rules.follow_up(detention, answer, standing, answers, unit.profile(house))
    if any(answered is earlier for earlier in answers):
        return answered
    store.add_follow_up(detention, answered)
    for domain in answered.domains:
        metrics.FOLLOW_UPS.labels(house, answered.moment, domain.domain, "yes" if domain.solved else "no").inc()
    return answered
