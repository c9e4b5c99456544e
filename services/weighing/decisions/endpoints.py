"""The team's decisions, over HTTP."""

from uuid import UUID

from services.weighing.access import DECIDE
from services.weighing.decisions import handlers
from services.weighing.decisions.messages import (
    CorrectDecision,
    DecideTogether,
    DecisionList,
    DecisionView,
    TakenBackView,
    WithdrawDecision,
    briefing_day,
    decision_view,
    taken_back_view,
)
from services.weighing.decisions.rules import Decision
from services.weighing.house import House
from shared.unit import Unit
from shared.web import Call, command


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


@command(action=DECIDE, takes=CorrectDecision, gives=DecisionView, status=201)
def correct(call: Call[CorrectDecision], unit: Unit[House], referral_id: UUID, tabling: int) -> DecisionView:
    """Record the right decision in place of a wrong one, which stays in the referral's history."""
    return decision_view(handlers.correct(call.caller, referral_id, tabling, call.input, unit))


@command(action=DECIDE, takes=WithdrawDecision, gives=TakenBackView, status=201)
def withdraw(call: Call[WithdrawDecision], unit: Unit[House], referral_id: UUID, tabling: int) -> TakenBackView:
    """Withdraw a decision: the referral is on the agenda again."""
    return taken_back_view(handlers.withdraw(call.caller, referral_id, tabling, call.input, unit))
