"""What weighing knows of one case: each referral with what was asked, and every decision."""

from uuid import UUID, uuid4

import pytest

from services.weighing.agenda import lookups
from services.weighing.tests.briefing import BILATERAL, FOCUS, NEXT_TUESDAY, Briefing
from shared.testing.service import RunningService
from shared.testing.waiting import wait_until


def test_a_case_has_its_referrals_the_newest_first_and_the_decisions_once(
    briefing: Briefing, weighing: RunningService
) -> None:
    case_id, subject_id = uuid4(), str(uuid4())
    first = briefing.on_agenda(case_id=case_id, subjectId=subject_id)
    wrong = briefing.decide(first, BILATERAL).body
    right = briefing.correct(first, FOCUS).body
    second = briefing.on_agenda(case_id=case_id, subjectId=subject_id, receivedOn="2015-03-12")
    later = briefing.decide(second, BILATERAL | {"briefingOn": NEXT_TUESDAY}).body
    briefing.on_agenda()
    case = weighing.get(f"/v1/cases/{case_id}").body
    assert (case["caseId"], case["decisions"]) == (str(case_id), [right, later])
    assert [taken_back["decision"] for taken_back in case["decisionsTakenBack"]] == [wrong]
    in_detail = [briefing.referral(referral_id).body for referral_id in (second, first)]
    on_subject = ("earlierDecisions", "decisionsTakenBack", "followUps")
    assert case["referrals"] == [
        {name: value for name, value in found.items() if name not in on_subject} for found in in_detail
    ]


def test_a_case_leaves_out_what_was_withdrawn_or_sealed_before_the_team_decided(
    briefing: Briefing, weighing: RunningService
) -> None:
    case_id = uuid4()
    decided, gone, kept = [briefing.on_agenda(case_id=case_id, receivedOn=f"2015-03-0{day}") for day in (2, 3, 4)]
    briefing.decide(decided, BILATERAL)
    for referral_id in (decided, gone):
        told = {"referralId": referral_id, "subjectId": str(uuid4()), "withdrawnOn": "2015-03-06"}
        briefing.send("referrals.withdrawn.v1", told, case_id=case_id)

    def shown() -> list[str]:
        return [each["referralId"] for each in weighing.get(f"/v1/cases/{case_id}").body["referrals"]]

    assert wait_until(lambda: shown() == [kept, decided], 10)


def test_a_case_shows_so_many_referrals(
    briefing: Briefing, weighing: RunningService, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(lookups, "MOST_OF_A_CASE", 2)
    case_id: UUID = uuid4()
    days = ["2015-03-03", "2015-03-05", "2015-03-04"]
    _, newest, before = [briefing.on_agenda(case_id=case_id, receivedOn=day) for day in days]
    case = weighing.get(f"/v1/cases/{case_id}").body
    assert [referral["referralId"] for referral in case["referrals"]] == [newest, before]


def test_a_case_of_another_house_is_as_one_that_does_not_exist(briefing: Briefing, weighing: RunningService) -> None:
    case_id = uuid4()
    briefing.on_agenda(case_id=case_id)
    elsewhere, unknown = weighing.get(f"/v1/cases/{case_id}", "elsewhere"), weighing.get(f"/v1/cases/{uuid4()}")
    assert (elsewhere.status, elsewhere.body) == (unknown.status, unknown.body) == (404, unknown.body)
    assert weighing.get(f"/v1/cases/{case_id}", "director").status == 403
