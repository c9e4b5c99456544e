"""The team's decisions over HTTP, and what is announced of them."""

from typing import Any
from uuid import uuid4

from services.weighing.tests.briefing import (
    BILATERAL,
    DEFERRED,
    FOCUS,
    HOUSE,
    NEXT_TUESDAY,
    TUESDAY,
    Briefing,
)
from shared.testing.service import RunningService


def test_a_decision_for_a_case_meeting_is_recorded_and_announced_whole(briefing: Briefing) -> None:
    case_id, subject_id = uuid4(), str(uuid4())
    referral_id = briefing.on_agenda(case_id=case_id, subjectId=subject_id)
    answer = briefing.decide(referral_id, FOCUS)
    assert (answer.status, answer.body["opensTable"], answer.body["criteriaMet"]) == (201, "focus", True)
    [weighed] = briefing.weighed()
    assert (weighed["subject"], weighed["house"], weighed["time"]) == (str(case_id), HOUSE, "2015-03-10T12:00:00Z")
    assert weighed["data"] == {
        "referralId": referral_id,
        "subjectId": subject_id,
        "municipality": "Leiden",
        "subRegion": "Holland Rijnland",
        "referrer": "nationale-politie",
        "briefingOn": TUESDAY,
        "tabling": 1,
        "decision": "focus",
        "opensTable": "focus",
        "attendees": ["nationale-politie", "openbaar-ministerie"],
        "criteria": ["several_life_domains", "several_chains", "affects_surroundings"],
        "legalGround": "covenant",
    }


def test_the_history_of_a_referral_keeps_all_of_a_decision(briefing: Briefing) -> None:
    referral_id = briefing.on_agenda()
    answer = briefing.decide(referral_id, FOCUS)
    history = briefing.referral(referral_id).body
    assert history["earlierDecisions"] == [answer.body]
    assert history["earlierDecisions"][0]["informationUsed"] == ["openbaar-ministerie"]
    assert history["tableOn"] is None


def test_too_few_criteria_are_pointed_out_and_the_team_decides_all_the_same(briefing: Briefing) -> None:
    answer = briefing.decide(briefing.on_agenda(), FOCUS | {"criteria": ["several_chains"]})
    assert (answer.status, answer.body["criteriaMet"]) == (201, False)


def test_a_deferred_referral_comes_back_at_a_later_briefing(briefing: Briefing) -> None:
    referral_id = briefing.on_agenda()
    answer = briefing.decide(referral_id, DEFERRED | {"comesBackOn": "2015-03-20"})
    assert (answer.body["tabling"], answer.body["comesBackOn"]) == (1, "2015-03-24")
    assert briefing.weighed()[0]["data"]["comesBackOn"] == "2015-03-24"
    assert briefing.agenda(NEXT_TUESDAY) == []
    assert briefing.agenda("2015-03-24") == [referral_id]
    second = briefing.decide(referral_id, BILATERAL | {"briefingOn": "2015-03-24"})
    assert (second.status, second.body["tabling"]) == (201, 2)
    assert [event["data"]["tabling"] for event in briefing.weighed()] == [1, 2]
    assert len(briefing.referral(referral_id).body["earlierDecisions"]) == 2


def test_the_same_decision_once_more_gives_the_same_answer_and_announces_nothing(briefing: Briefing) -> None:
    referral_id = briefing.on_agenda()
    first = briefing.decide(referral_id, DEFERRED)
    assert briefing.decide(referral_id, DEFERRED) == first
    briefing.decide(referral_id, BILATERAL | {"briefingOn": NEXT_TUESDAY})
    assert briefing.decide(referral_id, DEFERRED) == first
    assert len(briefing.weighed()) == 2


def test_a_decision_is_final(briefing: Briefing) -> None:
    referral_id = briefing.on_agenda()
    briefing.decide(referral_id, BILATERAL)
    other = briefing.decide(referral_id, FOCUS)
    assert (other.status, other.wrong_fields) == (409, ["briefingOn"])
    assert briefing.decide(referral_id, BILATERAL | {"briefingOn": NEXT_TUESDAY}).status == 409
    assert briefing.decide(referral_id, BILATERAL | {"attendees": ["halt", "dji"]}).status == 409
    assert len(briefing.weighed()) == 1


def test_a_refused_decision_names_every_wrong_field_and_changes_nothing(briefing: Briefing) -> None:
    referral_id = briefing.on_agenda()
    wrong: dict[str, Any] = {"decision": "no_follow_up", "attendees": ["halt", "de-buren"], "legalGround": "none"}
    answer = briefing.decide(referral_id, BILATERAL | wrong)
    assert (answer.status, sorted(answer.wrong_fields)) == (
        422,
        ["attendees", "attendees[1]", "legalGround", "reason"],
    )
    assert briefing.weighed() == []
    assert briefing.agenda() == [referral_id]


def test_a_command_of_the_wrong_form_is_refused_field_by_field(briefing: Briefing) -> None:
    referral_id = briefing.on_agenda()
    answer = briefing.decide(referral_id, {"briefingOn": "2015-02-30", "decision": " ", "chair": "x", "attendees": 3})
    assert (answer.status, sorted(answer.wrong_fields)) == (
        400,
        ["attendees", "briefingOn", "chair", "decision", "legalGround"],
    )


def test_a_team_decides_on_referrals_of_its_own_house_alone(briefing: Briefing) -> None:
    referral_id = briefing.on_agenda()
    assert briefing.decide(referral_id, BILATERAL, "elsewhere").status == 404
    assert briefing.decide(referral_id, BILATERAL, "director").status == 403
    assert briefing.decide(str(uuid4()), BILATERAL).status == 404
    assert briefing.weighed() == []


def test_a_decision_is_counted_once(briefing: Briefing, weighing: RunningService) -> None:
    def counted() -> float:
        return weighing.metric("weighing_decisions_total", house=HOUSE, decision="bilateral")

    before = counted()
    referral_id = briefing.on_agenda()
    for _ in range(2):
        briefing.decide(referral_id, BILATERAL)
    assert counted() == before + 1


WEIGHED: dict[str, Any] = {
    "criteriaNotMet": ["serious_local_safety_problem"],
    "criteriaUnknown": ["municipality_lacks_means"],
    "clientAtTable": {"wanted": False, "contraIndications": ["safety_risk"], "caseHolderConsulted": True},
}


def test_all_that_the_team_weighed_is_recorded_and_its_motive_is_told_by_no_event(
    briefing: Briefing, weighing: RunningService
) -> None:
    referral_id = briefing.on_agenda()
    whole = FOCUS | WEIGHED | {"motive": "Alleen samen komt hier iets van."}
    recorded = briefing.decide(referral_id, whole).body
    assert recorded | WEIGHED == recorded
    assert recorded["motive"] == whole["motive"]
    assert briefing.referral(referral_id).body["earlierDecisions"] == [recorded]
    assert briefing.decide(referral_id, whole).body == recorded
    assert briefing.decide(referral_id, whole | {"motive": "Anders."}).status == 409
    [weighed] = briefing.weighed()
    assert weighed["data"] | WEIGHED == weighed["data"]
    assert "motive" not in weighed["data"]
    [(stored,)] = weighing.as_service.execute("SELECT details::text FROM decision_details").fetchall()
    assert "samen komt" not in stored


def test_the_motive_of_a_decision_that_is_corrected_stays_with_it(briefing: Briefing) -> None:
    referral_id = briefing.on_agenda()
    briefing.decide(referral_id, FOCUS | {"motive": "Te vlug geschreven."})
    briefing.correct(referral_id, FOCUS | WEIGHED | {"motive": "Met de partners overlegd."})
    history = briefing.referral(referral_id).body
    assert [each["motive"] for each in history["earlierDecisions"]] == ["Met de partners overlegd."]
    assert history["decisionsTakenBack"][0]["decision"]["motive"] == "Te vlug geschreven."
    assert history["decisionsTakenBack"][0]["decision"]["clientAtTable"] is None


def test_a_ground_counts_from_its_law_on_and_information_is_used_of_who_gave_any(briefing: Briefing) -> None:
    """The Wgs came into force on 1 March 2025. DJI was not asked; the municipality was, and has not answered."""
    before, since = briefing.on_agenda(), briefing.on_agenda(receivedOn="2025-02-27")
    used = {"legalGround": "wgs", "informationUsed": ["dji", "gemeente-leiden", "nationale-politie"]}
    refused = briefing.decide(before, BILATERAL | used)
    assert refused.wrong_fields == ["legalGround", "informationUsed[0]", "informationUsed[1]"]
    right = {"briefingOn": "2025-03-04", "legalGround": "wgs", "informationUsed": ["nationale-politie"]}
    assert briefing.decide(since, BILATERAL | right).status == 201
