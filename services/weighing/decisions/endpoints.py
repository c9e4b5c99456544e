"""The team's decisions, over HTTP."""

from uuid import UUID

from services.weighing.access import CORRECT, DECIDE, SEE_AGENDA, SEE_DECISIONS
from services.weighing.calendar.messages import briefing_day
from services.weighing.decisions import handlers, lookups
from services.weighing.decisions.messages import (
    BriefingDecisionsQuery,
    CorrectDecision,
    DecidedReferral,
    DecideTogether,
    DecisionList,
    DecisionView,
    FoundCriteria,
    Suggestion,
    TakenBackView,
    WithdrawDecision,
    decision_view,
    taken_back_view,
)
from services.weighing.decisions.rules import Decision
from services.weighing.house import House
from shared.unit import Lookup, Unit
from shared.web import Call, Page, command, lookup


@lookup(action=SEE_DECISIONS, query=BriefingDecisionsQuery, gives=DecidedReferral, paged=True)
def briefing_decisions(
    call: Call[BriefingDecisionsQuery], unit: Lookup[House], briefing_on: str
) -> Page[DecidedReferral]:
    """What the weighing team decided at a briefing, and who recorded it, in order of receipt."""
    return lookups.decisions_of_briefing(call.house, briefing_day(briefing_on), call.input, unit)


@lookup(action=SEE_AGENDA, takes=FoundCriteria, gives=Suggestion)
def suggest(call: Call[FoundCriteria], unit: Lookup[House]) -> Suggestion:
    """Whether criteria are enough for a case meeting: a suggestion, before the team decides."""
    return lookups.suggestion(call.house, call.input, unit)


@command(action=DECIDE, takes=Decision, gives=DecisionView, status=201)
def decide(call: Call[Decision], unit: Unit[House], referral_id: UUID) -> DecisionView:
    """Record the weighing team's decision."""
    return decision_view(handlers.decide(call.caller, referral_id, call.input, unit))


@command(action=DECIDE, takes=DecideTogether, gives=DecisionList, status=201)
def decide_together(call: Call[DecideTogether], unit: Unit[House], briefing_on: str) -> DecisionList:
    """Record the weighing team's decisions of a briefing; if one decision breaks a rule, none is recorded."""
    on = briefing_day(briefing_on)
    recorded = handlers.decide_together(call.caller, on, call.input.at(on), unit)
    return DecisionList(items=tuple(decision_view(decision) for decision in recorded))


@command(action=CORRECT, takes=CorrectDecision, gives=DecisionView, status=201)
def correct(call: Call[CorrectDecision], unit: Unit[House], referral_id: UUID, tabling: int) -> DecisionView:
    """Record the right decision in place of a wrong one, which stays in the referral's history."""
    return decision_view(handlers.correct(call.caller, referral_id, tabling, call.input, unit))


@command(action=CORRECT, takes=WithdrawDecision, gives=TakenBackView, status=201)
def withdraw(call: Call[WithdrawDecision], unit: Unit[House], referral_id: UUID, tabling: int) -> TakenBackView:
    """Withdraw a decision: the referral is on the agenda again."""
    return taken_back_view(handlers.withdraw(call.caller, referral_id, tabling, call.input, unit))
