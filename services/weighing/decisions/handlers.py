"""The team decides on the referrals of a briefing, on one alone or on many together, and takes back what was wrong."""

from collections import defaultdict
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import UTC, date, datetime
from itertools import chain
from typing import NamedTuple, TypeAlias
from uuid import UUID

from services.weighing import metrics
from services.weighing.access import CORRECT_LATE
from services.weighing.calendar.lookups import house_of
from services.weighing.decisions import rules, taking_back
from services.weighing.decisions.checks import broken_rules
from services.weighing.decisions.messages import (
    CorrectDecision,
    DecisionList,
    DecisionWithdrawn,
    WithdrawDecision,
    decision_corrected,
    decision_view,
    referral_weighed,
)
from services.weighing.decisions.rules import AlreadyWeighed, Decision, RecordedDecision, TakenBack
from services.weighing.decisions.store import DecisionStore
from services.weighing.follow_ups import handlers as follow_ups
from services.weighing.follow_ups.rules import FollowUp
from services.weighing.guards.rules import Guard
from services.weighing.guards.standing import guards_on
from services.weighing.house import House
from services.weighing.information_requests.handlers import follow_decisions
from services.weighing.information_requests.rules import InformationRequest
from services.weighing.information_requests.store import InformationRequestStore
from services.weighing.referrals.rules import Referral, UnknownReferral
from services.weighing.referrals.store import ReferralStore
from services.weighing.referrals.texts import text_about
from services.weighing.seats.lookups import chairs, seated
from shared.messaging import Conflict, Problem, Rejected, problem_of
from shared.unit import Unit
from shared.web import Caller, acts_for_house

Requests: TypeAlias = defaultdict[UUID, list[InformationRequest]]


class Tabled(NamedTuple):
    """What is known of some referrals at a briefing: each by referral. recorded: the decisions of that briefing.

    guards: of the referrals on which the house or its partners are to act.
    """

    referrals: Mapping[UUID, Referral]
    recorded: Mapping[UUID, RecordedDecision]
    requests: Requests
    guards: Mapping[UUID, Sequence[Guard]]


def decide(caller: Caller, referral_id: UUID, decision: Decision, unit: Unit[House]) -> RecordedDecision:
    """Record the team's decision. The same decision on the same briefing again gives the same answer again.

    Raises UnknownReferral, Conflict with the decision that stands already, or Rejected.
    """
    tabled = _tabled(caller.house, decision.briefing_on, {referral_id: decision}, unit)
    try:
        weighed = _weigh(referral_id, decision, tabled, caller, unit)
    except AlreadyWeighed as error:
        raise Conflict(problem_of(error), on_record=_standing(caller.house, [referral_id], tabled, unit)) from None
    if not tabled.recorded:
        _record(caller, tabled.referrals, [weighed], unit)
    return weighed


def decide_together(
    caller: Caller, briefing_on: date, decisions: Mapping[UUID, Decision], unit: Unit[House]
) -> list[RecordedDecision]:
    """Record the team's decisions of one briefing, by referral, each as `decide` does: all of them or none.

    Raises Rejected with every wrong field, by its path: `decisions[3].reason`; if other decisions stand already,
    Conflict with those too.
    """
    tabled = _tabled(caller.house, briefing_on, decisions, unit)
    weighed: list[RecordedDecision] = []
    problems: list[Problem] = []
    decided: list[UUID] = []
    for position, (referral_id, decision) in enumerate(decisions.items()):
        try:
            weighed.append(_weigh(referral_id, decision, tabled, caller, unit))
        except (UnknownReferral, AlreadyWeighed, Rejected) as error:
            problems += _problems(error, f"decisions[{position}].")
            decided += [referral_id] if isinstance(error, AlreadyWeighed) else []
    if decided:
        raise Conflict(*problems, on_record=_standing(caller.house, decided, tabled, unit))
    if problems:
        raise Rejected(*problems)
    new = [decision for decision in weighed if decision.referral_id not in tabled.recorded]
    _record(caller, tabled.referrals, new, unit)
    for recorded in weighed:
        unit.concerns("referrals", recorded.referral_id, tabled.referrals[recorded.referral_id].case_id)
    return weighed


def correct(
    caller: Caller, referral_id: UUID, tabling: int, correction: CorrectDecision, unit: Unit[House]
) -> RecordedDecision:
    """Record the right decision in place of a wrong one. The same correction again changes nothing.

    Raises UnknownReferral, UnknownDecision, ForTheChair, DecidedAgain, CorrectionTooLate, Rejected with every rule
    that the right decision breaks, or Conflict with the decision that somebody else has recorded meanwhile.
    """
    referral, recorded = _decided(caller.house, referral_id, unit)
    wrong = rules.standing(recorded, tabling)
    decision = _attended(correction.at(correction.briefing_on), referral, wrong, unit)
    if decision == wrong.decision:
        return wrong
    _check_may_take_back(referral, wrong, correction.recorded_at, caller, unit)
    before = rules.before(referral, wrong)
    tabled = _tabled(caller.house, decision.briefing_on, {referral_id: decision}, unit)
    checked = _checked(before, decision, tabled, caller, unit, wrong.decision)
    right = taking_back.with_return(checked, wrong)
    if taking_back.OUTCOME(right) != taking_back.OUTCOME(wrong):
        taking_back.check_last(recorded, tabling)
    _take_back(wrong, correction.because, referral, caller, unit, withdrawn=False)
    _keep(caller, {referral_id: referral}, [right], unit)
    new = _agreed(referral, right, wrong)
    message = decision_corrected(
        referral,
        right,
        unit.today,
        new,
        decided_again=taking_back.decided_again(recorded, tabling) is not None,
        told_already=taking_back.AS_TOLD(right) == taking_back.AS_TOLD(wrong),
    )
    unit.announce(message, house=referral.house, case_id=referral.case_id, time=datetime.now(UTC))
    follow_ups.lapse(referral, right.tabling, right.decision.follow_ups, unit)
    follow_ups.agree(new, {referral_id: referral}, unit)
    follow_ups.put_in_place({referral_id: referral}, unit)
    return right


def withdraw(
    caller: Caller, referral_id: UUID, tabling: int, withdrawal: WithdrawDecision, unit: Unit[House]
) -> TakenBack:
    """Put a referral on the agenda again. The same withdrawal again changes nothing.

    Raises UnknownReferral, UnknownDecision, ForTheChair, DecidedAgain, CorrectionTooLate, or Conflict as
    `correct` does.
    """
    referral, recorded = _decided(caller.house, referral_id, unit)
    store = unit.store(DecisionStore)
    if tabling not in recorded and (withdrawn := store.withdrawn(referral, tabling)):
        return withdrawn
    wrong = rules.standing(recorded, tabling)
    _check_may_take_back(referral, wrong, withdrawal.recorded_at, caller, unit)
    taking_back.check_last(recorded, tabling)
    taken_back = _take_back(wrong, withdrawal.because, referral, caller, unit, withdrawn=True)
    _move([rules.before(referral, wrong)], wrong.decision.briefing_on, unit, withdrawn=True)
    message = DecisionWithdrawn(
        referral_id=referral_id, subject_id=referral.subject_id, tabling=tabling, withdrawn_on=unit.today
    )
    unit.announce(message, house=referral.house, case_id=referral.case_id, time=taken_back.taken_back_at)
    follow_ups.lapse(referral, tabling, (), unit)
    return taken_back


def _decided(house: str, referral_id: UUID, unit: Unit[House]) -> tuple[Referral, Mapping[int, RecordedDecision]]:
    """The referral, locked, with the decisions that count, by tabling. Raises UnknownReferral."""
    referral = unit.store(ReferralStore).referrals_to_weigh(house, [referral_id]).get(referral_id)
    if referral is None:
        raise UnknownReferral
    unit.concerns_case(referral.case_id)
    return referral, unit.store(DecisionStore).decisions_on(house, referral_id)


def _check_may_take_back(
    referral: Referral, recorded: RecordedDecision, seen: datetime | None, caller: Caller, unit: Unit[House]
) -> None:
    """seen: when the decision that the caller has read was recorded. Raises as `_check_taker` does, and Conflict."""
    if not acts_for_house(caller, CORRECT_LATE):
        _check_taker(referral, recorded, caller, unit)
    try:
        taking_back.check_seen(recorded, seen)
    except taking_back.DecidedMeanwhile as error:
        raise Conflict(problem_of(error), on_record=DecisionList(items=(decision_view(recorded),))) from None


def _check_taker(referral: Referral, recorded: RecordedDecision, caller: Caller, unit: Unit[House]) -> None:
    """Raises ForTheChair, ForTheTeam, CorrectionTooLate."""
    on, house = recorded.decision.briefing_on, unit.profile(caller.house)
    taking_back.check_taker(caller, chairs(referral, on, unit), house)
    taking_back.check_in_days(on, unit.store(DecisionStore).first_recorded(recorded), house, unit.today)


def _take_back(
    wrong: RecordedDecision, because: str, referral: Referral, caller: Caller, unit: Unit[House], *, withdrawn: bool
) -> TakenBack:
    """Keep the decision as history. The reason is sealed."""
    taken_back = TakenBack(
        recorded=wrong,
        withdrawn=withdrawn,
        because=because,
        taken_back_by=caller.name,
        taken_back_at=datetime.now(UTC),
    )
    reason = text_about(referral, "because", because, caller, taken_back.taken_back_at)
    unit.store(DecisionStore).take_back(taken_back, reason)
    return taken_back


def _tabled(house: str, briefing_on: date, decisions: Mapping[UUID, Decision], unit: Unit[House]) -> Tabled:
    """Lock the referrals, then read the decisions already recorded, so that concurrent ones are seen."""
    referrals = unit.store(ReferralStore).referrals_to_weigh(house, decisions.keys())
    recorded = unit.store(DecisionStore).decisions_at(house, briefing_on, decisions.keys())
    requests, found = unit.store(InformationRequestStore).information_requests(decisions), Requests(list)
    for request in requests:
        found[request.referral_id].append(request)
    possible = unit.profile(house).decisions
    acting = {id for id, decision in decisions.items() if (rule := possible.get(decision.decision)) and rule.own_action}
    guards = guards_on([referral for id, referral in referrals.items() if id in acting], requests, unit)
    return Tabled(referrals, recorded, found, guards)


def _weigh(
    referral_id: UUID, decision: Decision, tabled: Tabled, caller: Caller, unit: Unit[House]
) -> RecordedDecision:
    """What a decision leads to, or led to if the same decision is recorded already.

    Raises UnknownReferral, AlreadyWeighed, or Rejected with every rule that the decision breaks.
    """
    referral, recorded = tabled.referrals.get(referral_id), tabled.recorded.get(referral_id)
    if referral is None:
        raise UnknownReferral
    decision = _attended(decision, referral, recorded, unit)
    if recorded and recorded.decision == decision:
        return recorded
    if recorded or referral.table_on is None:
        raise AlreadyWeighed
    return _checked(referral, decision, tabled, caller, unit)


def _attended(decision: Decision, referral: Referral, recorded: RecordedDecision | None, unit: Unit[House]) -> Decision:
    """The decision with who was at the table, if it does not say so: as it is recorded, or as they sit."""
    if decision.attendees:
        return decision
    if recorded:
        return replace(decision, attendees=recorded.decision.attendees)
    return replace(decision, attendees=seated(referral, decision.briefing_on, unit))


def _standing(house: str, referral_ids: Collection[UUID], tabled: Tabled, unit: Unit[House]) -> DecisionList:
    """What the team decided on these referrals: at this briefing, or else last."""
    store = unit.store(DecisionStore)
    standing = [tabled.recorded.get(id) or store.last_decision(house, id) for id in referral_ids]
    return DecisionList(items=tuple(decision_view(recorded) for recorded in standing if recorded))


def _checked(
    referral: Referral,
    decision: Decision,
    tabled: Tabled,
    caller: Caller,
    unit: Unit[House],
    wrong: Decision | None = None,
) -> RecordedDecision:
    """Raises Rejected with every rule that the decision breaks.

    wrong: the one that it corrects.
    """
    profile = house_of(referral.house, unit)
    requests, guards = tabled.requests[referral.referral_id], tabled.guards.get(referral.referral_id, ())
    broken = broken_rules(referral, decision, requests, profile, unit.today, guards, wrong)
    if problems := [problem_of(rule) for rule in broken]:
        raise Rejected(*problems)
    return rules.weigh(referral, decision, profile, caller.name, datetime.now(UTC))


def _problems(error: UnknownReferral | AlreadyWeighed | Rejected, place: str) -> Iterator[Problem]:
    problems = error.problems if isinstance(error, Rejected) else [problem_of(error)]
    for problem in problems:
        yield problem._replace(field=place + problem.field)


def _record(
    caller: Caller, referrals: Mapping[UUID, Referral], decisions: Collection[RecordedDecision], unit: Unit[House]
) -> None:
    moved = [rules.next_place(referrals[recorded.referral_id], recorded) for recorded in decisions]
    agreed = {recorded.referral_id: _agreed(referrals[recorded.referral_id], recorded) for recorded in decisions}
    _keep(caller, referrals, decisions, unit)
    for briefing_on in {recorded.decision.briefing_on for recorded in decisions}:
        _move(moved, briefing_on, unit)
    for recorded in decisions:
        referral = referrals[recorded.referral_id]
        message = referral_weighed(referral, recorded, agreed[recorded.referral_id])
        unit.announce_on(recorded.decision.briefing_on, message, referral)
        metrics.DECISIONS.labels(caller.house, recorded.decision.decision).inc()
    follow_ups.agree([*chain.from_iterable(agreed.values())], referrals, unit)


def _keep(
    caller: Caller, referrals: Mapping[UUID, Referral], decisions: Collection[RecordedDecision], unit: Unit[House]
) -> None:
    """Store the decisions. The motives are sealed."""
    motives = {
        recorded.referral_id: text_about(referrals[recorded.referral_id], "motive", motive, caller)
        for recorded in decisions
        if (motive := recorded.decision.motive)
    }
    unit.store(DecisionStore).add_decisions(caller.house, decisions, motives)


def _move(referrals: Collection[Referral], on: date, unit: Unit[House], *, withdrawn: bool = False) -> None:
    """Give referrals their next place on the agenda, or none; partners hear whether they are still asked.

    on: the briefing of the decisions that move them.
    """
    moved = unit.store(ReferralStore).move_on_agenda(referrals)
    follow_decisions(moved, on, unit, withdrawn=withdrawn)


def _agreed(referral: Referral, recorded: RecordedDecision, wrong: RecordedDecision | None = None) -> list[FollowUp]:
    """The follow-ups of a decision. Those that the wrong one had too go on, with what was reported of them."""
    decision, known = recorded.decision, wrong.decision.follow_ups if wrong else ()
    new = [follow_up for follow_up in decision.follow_ups if follow_up not in known]
    return follow_ups.agreed_at(referral, recorded.tabling, decision.briefing_on, new)
