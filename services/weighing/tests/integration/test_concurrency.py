"""Two at the same moment: the database decides, whichever comes first."""

from datetime import date
from typing import Any
from uuid import UUID

import eventlet
import psycopg
import pytest

from services.weighing import handlers
from services.weighing.domain.decisions import Decision, Weighed
from services.weighing.tests.integration.briefing import HOUSE, Briefing
from shared.messaging import Conflict
from shared.testing.service import RunningService


def decision(**differently: Any) -> Decision:
    usual = {"decision": "bilateral", "attendees": ("nationale-politie", "dji"), "legal_ground": "covenant"}
    return Decision(briefing_on=date(2015, 3, 10), **{**usual, **differently})


def decide_at_once(weighing: RunningService, referral_id: str, *decisions: Decision) -> list[Weighed | Conflict]:
    """What becomes of decisions that are all under way before the first is recorded."""

    def decide(each: Decision) -> Weighed | Conflict:
        try:
            with weighing.begin() as unit:
                weighed = handlers.decide(HOUSE, UUID(referral_id), each, unit)
                eventlet.sleep(0.2)
                return weighed
        except Conflict as conflict:
            return conflict

    return [thread.wait() for thread in [eventlet.spawn(decide, each) for each in decisions]]


def test_of_two_different_decisions_at_the_same_moment_one_counts(briefing: Briefing, weighing: RunningService) -> None:
    referral_id = briefing.on_agenda()
    results = decide_at_once(weighing, referral_id, decision(), decision(decision="voluntary_trajectory"))
    assert sum(isinstance(each, Conflict) for each in results) == 1
    assert len(briefing.weighed()) == 1


def test_the_same_decision_twice_at_the_same_moment_is_recorded_once(
    briefing: Briefing, weighing: RunningService
) -> None:
    referral_id = briefing.on_agenda()
    first, second = decide_at_once(weighing, referral_id, decision(), decision())
    assert first == second
    assert len(briefing.weighed()) == 1


def test_the_database_itself_keeps_a_second_decision_out(briefing: Briefing, weighing: RunningService) -> None:
    referral_id = briefing.on_agenda()
    decide_at_once(weighing, referral_id, decision())
    copy = """INSERT INTO decisions
              SELECT referral_id, tabling + 1, house, briefing_on, 'aftercare', reason, comes_back_on, rerouted_to,
                     escalated_to, attendees, criteria, legal_ground, information_used, opens_table, back_on
              FROM decisions"""
    with psycopg.connect(weighing.database.url) as connection, pytest.raises(psycopg.errors.UniqueViolation):
        connection.execute(copy)
