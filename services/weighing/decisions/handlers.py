"""The team decides on the referrals of a briefing, on one alone or on many together."""

from collections.abc import Collection, Iterator, Mapping
from datetime import date
from uuid import UUID

from services.weighing import metrics
from services.weighing.decisions import rules
from services.weighing.decisions.messages import ReferralWeighed
from services.weighing.decisions.rules import AlreadyWeighed, Decision, RecordedDecision
from services.weighing.decisions.store import DecisionStore
from services.weighing.house import House
from services.weighing.referrals.rules import Referral, UnknownReferral
from services.weighing.referrals.store import ReferralStore
from shared.messaging import Problem, Rejected, problem_of
from shared.unit import Unit


def decide(house: str, referral_id: UUID, decision: Decision, unit: Unit[House]) -> RecordedDecision:
    """Record the team's decision. The same decision on the same briefing again gives the same answer again."""
    referrals, recorded = _at_briefing(house, decision.briefing_on, [referral_id], unit)
    weighed = _weigh(referrals.get(referral_id), recorded.get(referral_id), decision, unit)
    if not recorded:
        _record(house, referrals, [weighed], unit)
    return weighed


def decide_together(
    house: str, briefing_on: date, decisions: Mapping[UUID, Decision], unit: Unit[House]
) -> list[RecordedDecision]:
    """Record the team's decisions of one briefing, by referral, each as `decide` does: all of them or none.

    Raises Rejected with every wrong field, by its path: `decisions[3].reason`.
    """
    referrals, recorded = _at_briefing(house, briefing_on, decisions.keys(), unit)
    weighed: list[RecordedDecision] = []
    problems: list[Problem] = []
    for position, (referral_id, decision) in enumerate(decisions.items()):
        try:
            weighed.append(_weigh(referrals.get(referral_id), recorded.get(referral_id), decision, unit))
        except (UnknownReferral, AlreadyWeighed, Rejected) as error:
            problems += _problems(error, f"decisions[{position}].")
    if problems:
        raise Rejected(*problems)
    _record(house, referrals, [decision for decision in weighed if decision.referral_id not in recorded], unit)
    return weighed


def _at_briefing(
    house: str, briefing_on: date, referral_ids: Collection[UUID], unit: Unit[House]
) -> tuple[Mapping[UUID, Referral], Mapping[UUID, RecordedDecision]]:
    """Lock the referrals, then read the decisions already recorded, so that concurrent ones are seen."""
    referrals = unit.store(ReferralStore).referrals_to_weigh(house, referral_ids)
    return referrals, unit.store(DecisionStore).decisions_at(briefing_on, referral_ids)


def _weigh(
    referral: Referral | None, recorded: RecordedDecision | None, decision: Decision, unit: Unit[House]
) -> RecordedDecision:
    """What a decision leads to, or led to if the same decision is recorded already.

    Raises UnknownReferral, AlreadyWeighed, or Rejected with every rule that the decision breaks.
    """
    if referral is None:
        raise UnknownReferral
    if recorded and recorded.decision == decision:
        return recorded
    if recorded or referral.table_on is None:
        raise AlreadyWeighed
    profile = unit.profile(referral.house)
    broken = rules.broken_rules(referral, decision, profile, unit.today)
    if problems := [problem_of(rule) for rule in broken]:
        raise Rejected(*problems)
    return rules.weigh(referral, decision, profile)


def _problems(error: UnknownReferral | AlreadyWeighed | Rejected, place: str) -> Iterator[Problem]:
    problems = error.problems if isinstance(error, Rejected) else [problem_of(error)]
    for problem in problems:
        yield problem._replace(field=place + problem.field)


def _record(
    house: str, referrals: Mapping[UUID, Referral], decisions: Collection[RecordedDecision], unit: Unit[House]
) -> None:
    moved = [rules.next_place(referrals[recorded.referral_id], recorded) for recorded in decisions]
    unit.store(DecisionStore).add_decisions(house, decisions)
    unit.store(ReferralStore).move_on_agenda(moved)
    for recorded in decisions:
        _announce_weighed(referrals[recorded.referral_id], recorded, unit)
        metrics.DECISIONS.labels(house, recorded.decision.decision).inc()


def _announce_weighed(referral: Referral, recorded: RecordedDecision, unit: Unit[House]) -> None:
    decision = recorded.decision
    message = ReferralWeighed(
        referral_id=referral.referral_id,
        subject_id=referral.subject_id,
        municipality=referral.municipality,
        sub_region=referral.sub_region,
        referrer=referral.referrer,
        briefing_on=decision.briefing_on,
        tabling=recorded.tabling,
        decision=decision.decision,
        reason=decision.reason,
        comes_back_on=recorded.back_on,
        rerouted_to=decision.rerouted_to,
        opens_table=recorded.opens_table,
        attendees=decision.attendees,
        criteria=decision.criteria,
        legal_ground=decision.legal_ground,
    )
    unit.announce_on(decision.briefing_on, message, referral)
