"""The decisions of a whole briefing in one call: all of them or none."""

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
    body_of,
)
from shared.testing.service import RunningService

WRONG = BILATERAL | {"decision": "no_follow_up", "attendees": ["halt", "de-buren"]}


def test_the_decisions_of_a_briefing_are_each_recorded_answered_and_announced_as_one_alone(briefing: Briefing) -> None:
    bilateral, deferred, focus, alone = (briefing.on_agenda() for _ in range(4))
    answer = briefing.decide_together({bilateral: BILATERAL, deferred: DEFERRED, focus: FOCUS})
    assert answer.status == 201
    items = answer.body["items"]
    assert [(item["referralId"], item["opensTable"], item["comesBackOn"]) for item in items] == [
        (bilateral, None, None),
        (deferred, None, NEXT_TUESDAY),
        (focus, "focus", None),
    ]
    by_itself = briefing.decide(alone, FOCUS).body
    assert items[2] == by_itself | {"referralId": focus, "recordedAt": items[2]["recordedAt"]}
    for item in items:
        assert briefing.referral(item["referralId"]).body["earlierDecisions"] == [item]
    assert briefing.agenda(NEXT_TUESDAY) == [deferred]
    *_, together, one_alone = (event["data"] for event in briefing.weighed())
    assert without_ids(together) == without_ids(one_alone)


def without_ids(data: dict[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in data.items() if name not in ("referralId", "subjectId")}


def test_one_wrong_decision_among_many_leaves_nothing_recorded(briefing: Briefing) -> None:
    referral_ids = [briefing.on_agenda() for _ in range(4)]
    decided = dict.fromkeys(referral_ids, BILATERAL) | {referral_ids[2]: BILATERAL | {"legalGround": "none"}}
    answer = briefing.decide_together(decided)
    assert (answer.status, answer.wrong_fields) == (422, ["decisions[2].legalGround"])
    assert sorted(briefing.agenda()) == sorted(referral_ids)
    assert briefing.weighed() == []


def test_everything_that_is_wrong_is_named_by_its_path_at_once(briefing: Briefing) -> None:
    good, wrong, weighed, of_later = (briefing.on_agenda() for _ in range(4))
    briefing.decide(weighed, BILATERAL)
    briefing.decide(of_later, DEFERRED)
    decided = {good: BILATERAL, str(uuid4()): BILATERAL, wrong: WRONG, weighed: FOCUS, of_later: BILATERAL}
    answer = briefing.decide_together(decided)
    assert (answer.status, sorted(answer.wrong_fields)) == (
        409,
        [
            "decisions[1].referralId",
            "decisions[2].attendees",
            "decisions[2].attendees[1]",
            "decisions[2].reason",
            "decisions[3].briefingOn",
            "decisions[4].briefingOn",
        ],
    )
    assert len(briefing.weighed()) == 2


def test_decisions_of_the_wrong_form_are_refused_field_by_field(briefing: Briefing) -> None:
    good = body_of(BILATERAL)
    answer = briefing.post_decisions(
        [good | {"referralId": "mine"}, good | {"referralId": str(uuid4()), "attendees": ["halt", 3]}, BILATERAL]
    )
    assert (answer.status, sorted(answer.wrong_fields)) == (
        400,
        [
            "decisions[0].referralId",
            "decisions[1].attendees[1]",
            "decisions[2].briefingOn",
            "decisions[2].referralId",
        ],
    )


def test_a_referral_that_stands_there_twice_is_refused(briefing: Briefing) -> None:
    first, second = (briefing.on_agenda() for _ in range(2))
    again = [body_of(BILATERAL) | {"referralId": id} for id in (first, second, first)]
    answer = briefing.post_decisions(again)
    assert (answer.status, answer.wrong_fields) == (400, ["decisions[2].referralId"])
    assert briefing.weighed() == []


def test_one_to_two_hundred_decisions_go_together(briefing: Briefing) -> None:
    for number in (0, 201):
        answer = briefing.post_decisions([body_of(BILATERAL) | {"referralId": str(uuid4())} for _ in range(number)])
        assert (answer.status, answer.wrong_fields) == (400, ["decisions"])


def test_what_is_no_date_names_no_briefing(briefing: Briefing) -> None:
    answer = briefing.decide_together({str(uuid4()): BILATERAL}, "2015-02-30")
    assert (answer.status, answer.wrong_fields) == (400, ["briefingOn"])


def test_the_same_decisions_once_more_give_the_same_answer_and_announce_nothing(briefing: Briefing) -> None:
    decided = {briefing.on_agenda(): DEFERRED, briefing.on_agenda(): FOCUS}
    first = briefing.decide_together(decided)
    assert briefing.decide_together(decided) == first
    briefing.decide_together(dict.fromkeys(list(decided)[:1], BILATERAL), NEXT_TUESDAY)
    assert briefing.decide_together(decided) == first
    assert len(briefing.weighed()) == 3


def test_what_of_a_briefing_is_recorded_already_goes_with_what_is_not(briefing: Briefing) -> None:
    before, after = (briefing.on_agenda() for _ in range(2))
    recorded = briefing.decide(before, DEFERRED)
    answer = briefing.decide_together({after: BILATERAL, before: DEFERRED})
    assert (answer.status, answer.body["items"][1]) == (201, recorded.body)
    assert [event["data"]["referralId"] for event in briefing.weighed()] == [before, after]


def test_two_referrals_of_one_case_are_announced_in_the_order_in_which_they_were_given(briefing: Briefing) -> None:
    case_id, subject_id = uuid4(), str(uuid4())
    referral_ids = [briefing.on_agenda(case_id=case_id, subjectId=subject_id) for _ in range(3)]
    given = sorted(referral_ids, reverse=True)
    assert briefing.decide_together(dict.fromkeys(given, FOCUS)).status == 201
    weighed = briefing.weighed()
    assert [event["data"]["referralId"] for event in weighed] == given
    assert {event["subject"] for event in weighed} == {str(case_id)}


def test_a_team_decides_together_on_referrals_of_its_own_house_alone(briefing: Briefing) -> None:
    decided = {briefing.on_agenda(): BILATERAL}
    answer = briefing.decide_together(decided, TUESDAY, "elsewhere")
    assert (answer.status, answer.wrong_fields) == (404, ["house"])
    assert briefing.decide_together(decided, TUESDAY, "director").status == 403
    assert briefing.weighed() == []


def test_decisions_made_together_are_counted_once_each(briefing: Briefing, weighing: RunningService) -> None:
    def counted() -> float:
        return weighing.metric("weighing_decisions_total", house=HOUSE, decision="bilateral")

    before = counted()
    decided = {briefing.on_agenda(): BILATERAL, briefing.on_agenda(): BILATERAL}
    for _ in range(2):
        briefing.decide_together(decided)
    assert counted() == before + 2


def test_the_audit_log_tells_each_referral_that_was_decided_on_with_its_case(briefing: Briefing) -> None:
    cases = [uuid4() for _ in range(3)]
    bilateral, deferred, focus = (briefing.on_agenda(case_id=case_id) for case_id in cases)
    assert briefing.decide_together({bilateral: BILATERAL, deferred: DEFERRED, focus: FOCUS}).status == 201
    assert briefing.service.audited("decide_together") == [
        ("referrals", referral_id, case_id, 201, "team")
        for referral_id, case_id in zip((bilateral, deferred, focus), cases, strict=True)
    ]


def test_the_audit_log_tells_decisions_on_one_referral_with_its_case(briefing: Briefing) -> None:
    case_id = uuid4()
    referral_id = briefing.on_agenda(case_id=case_id)
    briefing.decide(referral_id, BILATERAL)
    briefing.correct(referral_id, FOCUS)
    briefing.withdraw(referral_id)
    assert briefing.withdraw(referral_id, 7).status == 404
    assert [briefing.service.audited(each) for each in ("decide", "correct", "withdraw")] == [
        [("referrals", referral_id, case_id, 201, "team")],
        [("referrals", f"{referral_id}/1", case_id, 201, "coordinator")],
        [
            ("referrals", f"{referral_id}/1", case_id, 201, "coordinator"),
            ("referrals", f"{referral_id}/7", None, 404, "coordinator"),
        ],
    ]
