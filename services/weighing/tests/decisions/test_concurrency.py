"""Two at the same moment: the database decides, whichever comes first."""

from collections.abc import Mapping
from datetime import date
from typing import Any
from uuid import UUID

import eventlet
import psycopg
import pytest

from services.weighing.decisions import handlers
from services.weighing.decisions.rules import Decision, RecordedDecision
from services.weighing.tests.briefing import HOUSE, Briefing
from shared.messaging import Conflict, Rejected
from shared.testing.callers import token_caller
from shared.testing.service import RunningService

BRIEFING_ON = date(2015, 3, 10)
TEAM = token_caller("team", HOUSE, {"weighing_team"})


def decision(**differently: Any) -> Decision:
    usual = {"decision": "aftercare", "attendees": ("nationale-politie", "dji"), "legal_ground": "covenant"}
    return Decision(briefing_on=BRIEFING_ON, **{**usual, **differently})


def decide_at_once(
    weighing: RunningService, referral_id: str, *decisions: Decision
) -> list[RecordedDecision | Conflict]:
    """What becomes of decisions that are all under way before the first is recorded."""

    def decide(decision: Decision) -> RecordedDecision | Conflict:
        try:
            with weighing.begin() as unit:
                weighed = handlers.decide(TEAM, UUID(referral_id), decision, unit)
                eventlet.sleep(0.2)
                return weighed
        except Conflict as conflict:
            return conflict

    return [thread.wait() for thread in [eventlet.spawn(decide, decision) for decision in decisions]]


def test_of_two_different_decisions_at_the_same_moment_one_counts(briefing: Briefing, weighing: RunningService) -> None:
    referral_id = briefing.on_agenda()
    results = decide_at_once(weighing, referral_id, decision(), decision(decision="no_follow_up", reason="informed"))
    assert sum(isinstance(result, Conflict) for result in results) == 1
    assert len(briefing.weighed()) == 1


def test_the_same_decision_twice_at_the_same_moment_is_recorded_once(
    briefing: Briefing, weighing: RunningService
) -> None:
    referral_id = briefing.on_agenda()
    first, second = decide_at_once(weighing, referral_id, decision(), decision())
    assert first == second
    assert len(briefing.weighed()) == 1


def decide_together_at_once(
    weighing: RunningService, *calls: Mapping[UUID, Decision]
) -> list[list[RecordedDecision] | Rejected]:
    """What becomes of calls that are all under way before the first is recorded."""

    def decide_together(decided: Mapping[UUID, Decision]) -> list[RecordedDecision] | Rejected:
        try:
            with weighing.begin() as unit:
                weighed = handlers.decide_together(TEAM, BRIEFING_ON, decided, unit)
                eventlet.sleep(0.2)
                return weighed
        except Rejected as refusal:
            return refusal

    return [thread.wait() for thread in [eventlet.spawn(decide_together, decided) for decided in calls]]


def test_the_same_decisions_in_opposite_order_at_the_same_moment_are_recorded_once(
    briefing: Briefing, weighing: RunningService
) -> None:
    referral_ids = [UUID(briefing.on_agenda()) for _ in range(6)]
    there, back = (dict.fromkeys(order, decision()) for order in (referral_ids, referral_ids[::-1]))
    first, second = decide_together_at_once(weighing, there, back)
    assert isinstance(second, list)
    assert first == second[::-1]
    assert len(briefing.weighed()) == len(referral_ids)


def test_of_two_calls_that_contradict_each_other_on_one_referral_only_one_counts_at_all(
    briefing: Briefing, weighing: RunningService
) -> None:
    one, both, other = (UUID(briefing.on_agenda()) for _ in range(3))
    aftercare, nothing = decision(), decision(decision="no_follow_up", reason="informed")
    results = decide_together_at_once(weighing, {both: aftercare, one: aftercare}, {other: nothing, both: nothing})
    assert sum(isinstance(result, Rejected) for result in results) == 1
    decided = {event["data"]["referralId"]: event["data"]["decision"] for event in briefing.weighed()}
    assert decided in (
        {str(one): "aftercare", str(both): "aftercare"},
        {str(other): "no_follow_up", str(both): "no_follow_up"},
    )


def test_the_database_itself_keeps_a_second_decision_out(briefing: Briefing, weighing: RunningService) -> None:
    referral_id = briefing.on_agenda()
    decide_at_once(weighing, referral_id, decision())
    copy = """INSERT INTO decisions
              SELECT referral_id, tabling + 1, house, briefing_on, 'aftercare', reason, comes_back_on, rerouted_to,
                     escalated_to, attendees, criteria, legal_ground, information_used, opens_table, back_on
              FROM decisions"""
    with psycopg.connect(weighing.database.url) as connection, pytest.raises(psycopg.errors.UniqueViolation):
        connection.execute(copy)
