"""Two records of one person: weighing shows what is known of both, until they are separated."""

from uuid import UUID, uuid4

from services.weighing.tests.briefing import BILATERAL, FOCUS, Briefing
from shared.aliases.tests.merging import Merge
from shared.testing.service import RunningService


def test_merged_records_show_each_others_referrals_and_decisions_until_they_are_separated(
    briefing: Briefing, weighing: RunningService
) -> None:
    records = [(uuid4(), uuid4()), (uuid4(), uuid4())]
    referrals = [briefing.on_agenda(case_id=case_id, subjectId=str(subject_id)) for subject_id, case_id in records]
    decisions = [briefing.decide(*each).body for each in zip(referrals, (BILATERAL, FOCUS), strict=True)]
    briefing.on_agenda()
    before = [of_case(weighing, case_id) for _, case_id in records]
    in_detail = [briefing.referral(referral_id).body for referral_id in referrals]
    merge = Merge(weighing, records[0], records[1])
    merge.begin()
    for (_, case_id), (_, other) in (records, records[::-1]):
        case = weighing.get(f"/v1/cases/{case_id}").body
        assert case["caseIds"] == [str(case_id), str(other)]
        assert {each["referralId"] for each in case["referrals"]} == set(referrals)
        assert sorted(case["decisions"], key=lambda each: referrals.index(each["referralId"])) == decisions
    for referral_id in referrals:
        earlier = briefing.referral(referral_id).body["earlierDecisions"]
        assert {each["referralId"] for each in earlier} == set(referrals)
    merge.end()
    assert [of_case(weighing, case_id) for _, case_id in records] == before
    assert [briefing.referral(referral_id).body for referral_id in referrals] == in_detail


def of_case(weighing: RunningService, case_id: UUID) -> object:
    return weighing.get(f"/v1/cases/{case_id}").body
