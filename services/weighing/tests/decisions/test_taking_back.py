"""A decision that was recorded by mistake is corrected or withdrawn, and stays in the history."""

from typing import Any
from uuid import uuid4

from services.weighing.tests.briefing import (
    BILATERAL,
    DEFERRED,
    FOCUS,
    INFORMED,
    NEXT_TUESDAY,
    TUESDAY,
    WRONG,
    Briefing,
)
from shared.testing.service import Answer, RunningService

LATER = BILATERAL | {"briefingOn": NEXT_TUESDAY}


def events(weighing: RunningService, type: str) -> list[dict[str, Any]]:
    return [event["data"] for event in weighing.announced(type)]


def reasons(answer: Answer) -> list[str]:
    return [problem["reason"] for problem in answer.body["errors"]]


def test_the_right_decision_counts_and_the_wrong_one_stays_as_history(
    briefing: Briefing, weighing: RunningService
) -> None:
    referral_id = briefing.on_agenda()
    wrong = briefing.decide(referral_id, BILATERAL).body
    right = briefing.correct(referral_id, FOCUS)
    assert (right.status, right.body["decision"], right.body["opensTable"]) == (201, "focus", "focus")
    history = briefing.referral(referral_id).body
    assert (history["earlierDecisions"], history["tableOn"]) == ([right.body], None)
    [taken_back] = history["decisionsTakenBack"]
    assert taken_back.pop("takenBackAt") >= wrong["recordedAt"]
    assert taken_back == {"decision": wrong, "withdrawn": False, "takenBackBy": "coordinator", **WRONG}
    [weighed], [corrected] = briefing.weighed(), weighing.announced("decisions.corrected.v1")
    assert corrected["subject"] == weighed["subject"]
    named = {name: FOCUS[name] for name in ("decision", "criteria")} | {"opensTable": "focus"}
    assert corrected["data"].pop("correctedOn") >= "2026-01-01"
    assert weighed["data"].pop("followUps")
    assert corrected["data"] == weighed["data"] | named


def test_who_recorded_a_decision_and_when_is_shown(briefing: Briefing) -> None:
    recorded = briefing.decide(briefing.on_agenda(), BILATERAL).body
    assert recorded["recordedBy"] == "team"
    assert recorded["recordedAt"] > "2026-01-01T"


def test_the_same_correction_again_changes_nothing(briefing: Briefing, weighing: RunningService) -> None:
    referral_id = briefing.on_agenda()
    briefing.decide(referral_id, BILATERAL)
    first = briefing.correct(referral_id, FOCUS)
    assert briefing.correct(referral_id, FOCUS) == first
    assert briefing.decide(referral_id, FOCUS) == first
    assert len(events(weighing, "decisions.corrected.v1")) == 1
    assert len(briefing.referral(referral_id).body["decisionsTakenBack"]) == 1


def test_a_correction_keeps_the_rules_of_a_decision(briefing: Briefing, weighing: RunningService) -> None:
    referral_id = briefing.on_agenda()
    wrong = briefing.decide(referral_id, BILATERAL).body
    answer = briefing.correct(referral_id, BILATERAL | {"decision": "no_follow_up", "attendees": ["halt"]})
    assert (answer.status, sorted(answer.wrong_fields)) == (422, ["attendees", "reason"])
    assert briefing.correct(referral_id, BILATERAL | {"briefingOn": "2015-03-03"}).wrong_fields == ["briefingOn"]
    assert briefing.referral(referral_id).body["earlierDecisions"] == [wrong]
    assert events(weighing, "decisions.corrected.v1") == []


def test_a_decision_that_was_no_deferral_takes_the_referral_off_the_agenda(briefing: Briefing) -> None:
    referral_id = briefing.on_agenda()
    briefing.decide(referral_id, DEFERRED)
    assert briefing.correct(referral_id, BILATERAL).body["tabling"] == 1
    assert briefing.agenda(NEXT_TUESDAY) == []
    assert briefing.correct(referral_id, DEFERRED).body["comesBackOn"] == NEXT_TUESDAY
    assert briefing.agenda(NEXT_TUESDAY) == [referral_id]
    assert briefing.decide(referral_id, LATER).body["tabling"] == 2


def test_a_withdrawn_decision_brings_the_referral_back_on_the_agenda(
    briefing: Briefing, weighing: RunningService
) -> None:
    referral_id = briefing.on_agenda()
    wrong = briefing.decide(referral_id, FOCUS | {"briefingOn": NEXT_TUESDAY}).body
    answer = briefing.withdraw(referral_id)
    assert (answer.status, answer.body["withdrawn"], answer.body["decision"]) == (201, True, wrong)
    assert briefing.agenda(TUESDAY) == [referral_id]
    history = briefing.referral(referral_id).body
    assert (history["earlierDecisions"], history["decisionsTakenBack"]) == ([], [answer.body])
    [withdrawn] = events(weighing, "decisions.withdrawn.v1")
    assert withdrawn.pop("withdrawnOn") >= "2026-01-01"
    assert withdrawn == {"referralId": referral_id, "subjectId": history["subjectId"], "tabling": 1}
    assert briefing.withdraw(referral_id) == answer
    assert len(events(weighing, "decisions.withdrawn.v1")) == 1
    again = briefing.decide(referral_id, BILATERAL)
    assert (again.status, again.body["tabling"]) == (201, 1)


def test_a_deferral_after_which_the_team_decided_again_stays_until_that_decision_is_withdrawn(
    briefing: Briefing, weighing: RunningService
) -> None:
    referral_id = briefing.on_agenda()
    briefing.decide(referral_id, DEFERRED)
    briefing.decide(referral_id, LATER)
    for refused in (briefing.correct(referral_id, BILATERAL), briefing.withdraw(referral_id)):
        assert (refused.status, refused.wrong_fields) == (409, ["tabling"])
        assert reasons(refused) == [
            f"was followed by a decision at the briefing of {NEXT_TUESDAY}; withdraw that one first"
        ]
    more = DEFERRED | {"attendees": ["nationale-politie", "openbaar-ministerie", "halt"]}
    assert briefing.correct(referral_id, more).status == 201
    assert briefing.withdraw(referral_id, 2).status == 201
    assert briefing.correct(referral_id, BILATERAL).status == 201
    assert briefing.agenda(NEXT_TUESDAY) == []
    told = [
        (event.get("decidedAgain"), event.get("toldAlready")) for event in events(weighing, "decisions.corrected.v1")
    ]
    assert told == [(True, True), (None, None)], "whether a later decision counted, and nothing changed for others"


def test_who_has_read_another_decision_than_the_one_that_counts_is_shown_that_one_and_overwrites_nothing(
    briefing: Briefing,
) -> None:
    referral_id = briefing.on_agenda()
    seen = {"recordedAt": briefing.decide(referral_id, BILATERAL).body["recordedAt"]}
    right = briefing.correct(referral_id, FOCUS | seen).body
    for late in (briefing.correct(referral_id, DEFERRED | seen), briefing.withdraw(referral_id, **seen)):
        assert (late.status, late.wrong_fields, late.body["onRecord"]["items"]) == (409, ["recordedAt"], [right])
    assert briefing.correct(referral_id, FOCUS | seen).body == right
    assert briefing.withdraw(referral_id, recordedAt=right["recordedAt"]).status == 201


def test_after_the_days_of_the_team_which_a_correction_does_not_renew_the_chain_manager_takes_a_decision_back(
    briefing: Briefing, weighing: RunningService
) -> None:
    referral_id = briefing.on_agenda()
    briefing.decide(referral_id, FOCUS)
    assert briefing.correct(referral_id, INFORMED).status == 201
    weighing.as_owner.execute(
        """UPDATE decisions_taken_back SET decision = decision || '{"recorded_at": "2026-01-02T10:00:00Z"}'"""
    )
    for late in (briefing.correct(referral_id, FOCUS), briefing.withdraw(referral_id)):
        assert (late.status, late.wrong_fields) == (409, ["tabling"])
        assert reasons(late) == ["could be corrected by the team until 2026-01-09; now the chain manager does it"]
    assert briefing.correct(referral_id, FOCUS, caller="manager").status == 201
    assert briefing.withdraw(referral_id, caller="manager").status == 201


def test_whoever_led_the_briefing_takes_a_decision_back_and_the_coordinator_if_nobody_known_did(
    briefing: Briefing,
) -> None:
    referral_id = briefing.on_agenda()
    briefing.decide(referral_id, FOCUS)
    assert briefing.withdraw(referral_id, caller="team").wrong_fields == ["tabling"], "a member of the team"
    briefing.led_by("A. de Vries")
    assert briefing.correct(referral_id, BILATERAL).status == 201, "nobody signs in under that name"
    briefing.led_by("team")
    assert briefing.withdraw(referral_id).wrong_fields == ["tabling"]
    assert briefing.correct(referral_id, FOCUS, caller="team").status == 201
    assert briefing.withdraw(referral_id, caller="team").status == 201


def test_taking_back_needs_a_reason(briefing: Briefing, weighing: RunningService) -> None:
    referral_id = briefing.on_agenda()
    briefing.decide(referral_id, BILATERAL)
    path, blank = f"/v1/referrals/{referral_id}/decisions/1", {"because": "  "}
    assert weighing.post(f"{path}/withdrawal", blank, "team").wrong_fields == ["because"]
    assert weighing.post(f"{path}/correction", FOCUS | blank, "team").wrong_fields == ["because"]


def test_why_a_decision_was_taken_back_stands_sealed_in_the_database(
    briefing: Briefing, weighing: RunningService
) -> None:
    referral_id = briefing.on_agenda()
    briefing.decide(referral_id, BILATERAL)
    briefing.withdraw(referral_id)
    assert briefing.referral(referral_id).body["decisionsTakenBack"][0]["because"] == WRONG["because"]
    written = "SELECT decisions_taken_back::text || sealed_texts::text FROM decisions_taken_back, sealed_texts"
    [(row,)] = weighing.as_service.execute(written).fetchall()
    assert WRONG["because"] not in row


def test_a_reason_from_before_it_was_sealed_is_still_read(briefing: Briefing, weighing: RunningService) -> None:
    referral_id = briefing.on_agenda()
    briefing.decide(referral_id, BILATERAL)
    briefing.withdraw(referral_id)
    weighing.as_owner.execute("UPDATE decisions_taken_back SET because = 'Vergissing', because_text = NULL")
    assert briefing.referral(referral_id).body["decisionsTakenBack"][0]["because"] == "Vergissing"


def test_only_a_decision_that_counts_can_be_taken_back(briefing: Briefing) -> None:
    referral_id = briefing.on_agenda()
    for refused in (briefing.correct(referral_id, FOCUS), briefing.withdraw(referral_id)):
        assert (refused.status, refused.wrong_fields) == (404, ["tabling"])
    assert briefing.withdraw(str(uuid4())).wrong_fields == ["referralId"]
    briefing.decide(referral_id, BILATERAL)
    assert briefing.withdraw(referral_id, caller="elsewhere").status == 404
    assert briefing.correct(referral_id, FOCUS, caller="director").status == 403
