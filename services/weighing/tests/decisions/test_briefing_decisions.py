"""After a briefing: the list of what was decided, as everybody who was there can read it."""

from typing import Any
from uuid import UUID, uuid4

from services.weighing.tests.briefing import BILATERAL, DEFERRED, FOCUS, NEXT_TUESDAY, TUESDAY, Briefing
from shared.testing.service import Answer, RunningService

HERE = {"subRegion": "Holland Rijnland"}


def decided(weighing: RunningService, on: str = TUESDAY, caller: str = "team", **wanted: str) -> Answer:
    return weighing.get(f"/v1/briefings/{on}/decisions", caller, **(HERE | wanted))


def on(answer: Answer) -> list[str]:
    """The referrals that were decided on, in the order of the list."""
    return [item["decision"]["referralId"] for item in answer.body["items"]]


def test_the_list_tells_on_whom_what_was_decided_and_who_recorded_it(
    briefing: Briefing, weighing: RunningService
) -> None:
    case_id, subject_id = uuid4(), str(uuid4())
    referral_id = briefing.on_agenda(case_id=case_id, subjectId=subject_id, sex="family", ageClass="unknown")
    recorded = briefing.decide(referral_id, FOCUS).body
    assert decided(weighing).body["items"] == [
        {
            "caseId": str(case_id),
            "subjectId": subject_id,
            "kind": "arrest_notice",
            "referrer": "nationale-politie",
            "receivedOn": "2015-03-05",
            "municipality": "Leiden",
            "ageClass": "unknown",
            "family": True,
            "decision": recorded,
            "decisionsTakenBack": [],
        }
    ]
    assert (recorded["recordedBy"], recorded["criteriaMet"]) == ("team", True)


def test_the_list_is_that_of_one_briefing_in_the_order_of_its_agenda(
    briefing: Briefing, weighing: RunningService
) -> None:
    received = ["2015-03-04", "2015-03-03", "2015-03-05"]
    second, first, third = [briefing.on_agenda(receivedOn=day) for day in received]
    briefing.decide_together({third: DEFERRED, second: BILATERAL, first: BILATERAL})
    south = briefing.on_agenda(municipality="Gouda", subRegion="Midden Holland")
    briefing.decide(south, BILATERAL | {"briefingOn": "2015-03-12"})
    briefing.decide(third, BILATERAL | {"briefingOn": NEXT_TUESDAY})
    assert on(decided(weighing)) == [first, second, third]
    assert on(decided(weighing, NEXT_TUESDAY)) == [third]
    assert on(decided(weighing, "2015-03-12")) == []
    assert on(decided(weighing, "2015-03-12", subRegion="Midden Holland")) == [south]
    page = decided(weighing, limit="2")
    assert (on(page), page.body["next"]) == ([first, second], second)
    assert on(decided(weighing, limit="2", cursor=second)) == [third]
    assert decided(weighing, cursor=str(uuid4())).wrong_fields == ["cursor"]


def test_what_is_corrected_stands_corrected_and_what_is_withdrawn_is_gone(
    briefing: Briefing, weighing: RunningService
) -> None:
    corrected, withdrawn = (briefing.on_agenda() for _ in range(2))
    briefing.decide_together({corrected: BILATERAL, withdrawn: BILATERAL})
    right = briefing.correct(corrected, FOCUS).body
    briefing.withdraw(withdrawn)
    [item] = decided(weighing).body["items"]
    assert item["decision"] == right
    assert [before["decision"]["decision"] for before in item["decisionsTakenBack"]] == ["bilateral"]


def test_the_list_is_for_the_team_of_the_house_alone(briefing: Briefing, weighing: RunningService) -> None:
    briefing.decide(briefing.on_agenda(), BILATERAL)
    assert decided(weighing, caller="elsewhere").body["items"] == []
    assert decided(weighing, caller="director").status == 403
    assert decided(weighing, "2015-02-30").wrong_fields == ["briefingOn"]


def suggested(weighing: RunningService, *criteria: str, caller: str = "team") -> Answer:
    return weighing.post("/v1/suggestions", {"criteria": list(criteria)}, caller)


def test_criteria_suggest_a_case_meeting_before_the_team_decides(weighing: RunningService) -> None:
    together = ("several_life_domains", "several_chains", "affects_surroundings")
    assert suggested(weighing, *together[:2]).body == {"criteriaMet": False}
    assert suggested(weighing, *together).body == {"criteriaMet": True}
    assert suggested(weighing, together[0], "nonsense").wrong_fields == ["criteria[1]"]
    assert suggested(weighing, caller="director").status == 403


def on_record(answer: Answer) -> list[dict[str, Any]]:
    assert answer.status == 409
    recorded: list[dict[str, Any]] = answer.body["onRecord"]["items"]
    return recorded


def test_who_decides_after_somebody_else_is_shown_that_decision_and_overwrites_nothing(briefing: Briefing) -> None:
    referral_id = briefing.on_agenda()
    recorded = briefing.decide(referral_id, FOCUS).body
    late = briefing.decide(referral_id, BILATERAL)
    assert (on_record(late), late.wrong_fields) == ([recorded], ["briefingOn"])
    assert briefing.referral(referral_id).body["earlierDecisions"] == [recorded]


def test_of_several_decisions_those_that_others_took_meanwhile_are_shown_and_none_is_recorded(
    briefing: Briefing,
) -> None:
    free, here, before = (briefing.on_agenda() for _ in range(3))
    recorded = [briefing.decide(id, FOCUS).body for id in (here, before)]
    late = briefing.decide_together(dict.fromkeys((free, here, before), BILATERAL))
    assert on_record(late) == recorded
    assert late.wrong_fields == ["decisions[1].briefingOn", "decisions[2].briefingOn"]
    assert briefing.agenda() == [free]


def test_a_decision_at_an_earlier_briefing_is_shown_too(briefing: Briefing) -> None:
    referral_id = briefing.on_agenda()
    briefing.decide(referral_id, DEFERRED)
    last = briefing.decide(referral_id, FOCUS | {"briefingOn": NEXT_TUESDAY}).body
    assert on_record(briefing.decide(referral_id, BILATERAL | {"briefingOn": "2015-03-24"})) == [last]


def test_a_slip_beside_a_conflict_is_named_with_it(briefing: Briefing) -> None:
    decided_before, unknown = briefing.on_agenda(), str(UUID(int=1))
    recorded = briefing.decide(decided_before, FOCUS).body
    answer = briefing.decide_together({unknown: BILATERAL, decided_before: BILATERAL})
    assert (on_record(answer), answer.wrong_fields) == (
        [recorded],
        ["decisions[0].referralId", "decisions[1].briefingOn"],
    )
