"""The aftercare coordinator records what became of a plan, and takes back slips."""

from uuid import UUID

from services.aftercare import metrics
from services.aftercare.detentions.store import DetentionStore
from services.aftercare.follow_ups import rules
from services.aftercare.follow_ups.messages import CorrectFollowUp, WithdrawFollowUp
from services.aftercare.follow_ups.rules import FollowUp
from services.aftercare.follow_ups.store import FollowUpStore
from services.aftercare.house import House
from services.aftercare.plans import rules as plans
from services.aftercare.plans.store import PlanStore
from services.aftercare.records.rules import NothingToCorrect
from shared.unit import Unit


def follow_up(house: str, detention_id: UUID, answer: FollowUp, by: str, unit: Unit[House]) -> FollowUp:
    """Record which bottlenecks of the standing plan are solved; earlier answers stay as history. by: the caller."""
    detention = unit.store(DetentionStore).detention_to_change(house, detention_id)
    answers = _standing(detention_id, unit)
    standing = plans.standing(unit.store(PlanStore).plans(detention_id))
    answered = rules.follow_up(detention, answer, standing, answers, unit.profile(house))
    if any(answered is earlier for earlier in answers):
        return answered
    unit.store(FollowUpStore).add_follow_up(detention, answered, by)
    for domain in answered.domains:
        metrics.FOLLOW_UPS.labels(house, answered.moment, domain.domain, "yes" if domain.solved else "no").inc()
    return answered


def correct_follow_up(house: str, detention_id: UUID, right: CorrectFollowUp, by: str, unit: Unit[House]) -> FollowUp:
    """Record the right answer in place of the last one for its moment. The same answer again changes nothing."""
    detention = unit.store(DetentionStore).detention_to_change(house, detention_id)
    of_moment = [answer for answer in _standing(detention_id, unit) if answer.moment is right.moment]
    if not of_moment:
        raise NothingToCorrect("moment")
    if of_moment[-1] != right.answer:
        unit.store(FollowUpStore).withdraw_follow_up(detention, of_moment[-1], right.because, by)
    return follow_up(house, detention_id, right.answer, by, unit)


def withdraw_follow_up(house: str, detention_id: UUID, slip: WithdrawFollowUp, by: str, unit: Unit[House]) -> None:
    """Withdraw an answer: the answer before it for its moment, if any, counts again."""
    detention = unit.store(DetentionStore).detention_to_change(house, detention_id)
    named = slip.moment, slip.answered_on
    answers = unit.store(FollowUpStore).follow_ups(detention_id)
    same = [answer for answer in answers if (answer.moment, answer.answered_on) == named]
    if not same:
        raise NothingToCorrect("moment")
    if not same[-1].withdrawn_at:
        unit.store(FollowUpStore).withdraw_follow_up(detention, same[-1], slip.because, by)


def _standing(detention_id: UUID, unit: Unit[House]) -> list[FollowUp]:
    """The answers that are not withdrawn, in the order in which they came."""
    answers = unit.store(FollowUpStore).follow_ups(detention_id)
    return [answer.stated for answer in answers if not answer.withdrawn_at]
